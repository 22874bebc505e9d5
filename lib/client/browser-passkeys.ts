import { PatchbayError, type ErrorCode } from '../domain/errors.ts';
import { PASSKEY_QUESTION } from '../domain/vault-passkey.ts';
import type { KnownPasskey, PasskeyAnswer, Passkeys } from './passkeys.ts';

/**
 * WebAuthn with its extension `prf`, under the id of this extension (docs/decisions/0026-vault-passkey.md).
 * The challenge proves nothing to anybody: what counts is the answer, which opens the vault or does not.
 */
export const browserPasskeys: Passkeys = {
  async work() {
    // Elsewhere an extension's own pages have no id of their own that passkeys could be bound to.
    if (location.protocol !== 'chrome-extension:' || !('PublicKeyCredential' in globalThis))
      return false;
    const capabilities = await PublicKeyCredential.getClientCapabilities?.().catch(() => undefined);
    return capabilities?.['extension:prf'] === true;
  },
  async make(name, known) {
    const made = await credentialOf(() =>
      navigator.credentials.create({
        publicKey: {
          rp: { name: 'Patchbay' },
          user: { id: random(16), name, displayName: name },
          challenge: random(32),
          pubKeyCredParams: [-7, -257].map((alg) => ({ type: 'public-key', alg })),
          authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
          excludeCredentials: known.map(described),
          extensions: { prf: { eval: question() } },
        },
      }),
    );
    const { id, response } = made;
    try {
      const { prf } = made.getClientExtensionResults();
      if (prf?.enabled !== true) throw new PatchbayError('passkey-unsupported');
      const transports =
        response instanceof AuthenticatorAttestationResponse ? response.getTransports() : [];
      // Some authenticators answer only when they are asked once more.
      const first = prf.results?.first;
      const { answer } =
        first === undefined
          ? await browserPasskeys.ask([{ id, transports }])
          : { answer: taken(first) };
      return { id, transports, answer };
    } catch (thrown) {
      browserPasskeys.drop([id]);
      throw thrown;
    }
  },
  async ask(known) {
    const given = await credentialOf(() =>
      navigator.credentials.get({
        publicKey: {
          challenge: random(32),
          allowCredentials: known.map(described),
          userVerification: 'required',
          extensions: { prf: { eval: question() } },
        },
      }),
    );
    const first = given.getClientExtensionResults().prf?.results?.first;
    if (first === undefined) throw new PatchbayError('passkey-unsupported');
    return { id: given.id, answer: taken(first) };
  },
  drop(ids) {
    // Passkeys outlive a policy that took WebAuthn away.
    if (!('PublicKeyCredential' in globalThis)) return;
    for (const credentialId of ids)
      void PublicKeyCredential.signalUnknownCredential?.({
        rpId: location.host,
        credentialId,
      }).catch(() => undefined);
  },
};

const CODES: Readonly<Record<string, ErrorCode>> = {
  InvalidStateError: 'passkey-taken',
  NotSupportedError: 'passkey-unsupported',
  SecurityError: 'passkey-unsupported',
};

/** Whatever was closed, refused, timed out or is not at hand looks the same: browsers do not say. */
async function credentialOf(run: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  const given = await run().catch((cause: unknown) => {
    const name = cause instanceof Error ? cause.name : '';
    throw new PatchbayError(CODES[name] ?? 'passkey-none', null, { cause });
  });
  if (given instanceof PublicKeyCredential) return given;
  throw new PatchbayError('passkey-none');
}

/** The answer as numbers, with nothing left behind. */
function taken(answer: BufferSource): PasskeyAnswer['answer'] {
  const bytes = ArrayBuffer.isView(answer)
    ? new Uint8Array(answer.buffer, answer.byteOffset, answer.byteLength)
    : new Uint8Array(answer);
  const numbers = [...bytes];
  bytes.fill(0);
  return numbers;
}

function question(): AuthenticationExtensionsPRFValues {
  return { first: new TextEncoder().encode(PASSKEY_QUESTION) };
}

function described({ id, transports }: KnownPasskey): PublicKeyCredentialDescriptor {
  const standard = atob(id.replaceAll('-', '+').replaceAll('_', '/'));
  return {
    type: 'public-key',
    id: Uint8Array.from(standard, (character) => character.charCodeAt(0)),
    transports: [...transports] as AuthenticatorTransport[],
  };
}

function random(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length));
}
