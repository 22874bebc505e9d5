/**
 * The vault's key, sealed to passkeys. It is sealed to a public key, so that a new one can be sealed
 * to each passkey while none is at hand, and whoever held the vault's key once cannot open the next.
 */
import { PatchbayError } from '../domain/errors.ts';
import type { PasskeyMark, Sealed, VaultPasskey } from '../domain/vault-passkey.ts';
import { importedKey, open, seal, type Bytes } from './vault-keys.ts';

const CURVE = { name: 'ECDH', namedCurve: 'P-256' };
const { subtle } = crypto;

/** The key of the vault, as its bytes, to use and by its name. */
export interface TheKey {
  readonly bytes: Bytes;
  readonly key: CryptoKey;
  readonly keyId: string;
}

/**
 * What is kept of a new passkey.
 * @param answer what its authenticator answered
 */
export async function newPasskey(
  mark: PasskeyMark,
  answer: Bytes,
  theKey: TheKey,
): Promise<VaultPasskey> {
  const pair = await newPair(true);
  const privateBytes = new Uint8Array(await subtle.exportKey('pkcs8', pair.privateKey));
  try {
    const answered = await derivedKey(answer, new Uint8Array(), mark.id);
    return {
      ...mark,
      privateKey: await seal(answered, privateBytes, mark.id),
      ...(await sealedTo(mark, await rawOf(pair.publicKey), theKey)),
    };
  } finally {
    privateBytes.fill(0);
  }
}

/** The same passkeys for another key of the vault; one whose public key was not put there by us goes. */
export async function sealedAnew(
  passkeys: readonly VaultPasskey[],
  before: CryptoKey,
  theKey: TheKey,
): Promise<VaultPasskey[]> {
  const anew = passkeys.map(async (one) => {
    const publicBytes = await open(before, one.publicKey, one.id).catch(() => null);
    return publicBytes === null ? [] : [{ ...one, ...(await sealedTo(one, publicBytes, theKey)) }];
  });
  return (await Promise.all(anew)).flat();
}

/** @throws PatchbayError `passkey-wrong`, also where what is kept was damaged: nobody can tell */
export async function openedBy(
  passkey: VaultPasskey,
  answer: Bytes,
  keyId: string,
): Promise<Bytes> {
  try {
    const answered = await derivedKey(answer, new Uint8Array(), passkey.id);
    const privateBytes = await open(answered, passkey.privateKey, passkey.id);
    const own = await subtle.importKey('pkcs8', privateBytes, CURVE, false, ['deriveBits']);
    privateBytes.fill(0);
    const { from } = passkey.key;
    return await open(await agreedKey(own, await publicKey(from), from), passkey.key, keyId);
  } catch (cause) {
    throw new PatchbayError('passkey-wrong', null, { cause });
  }
}

async function sealedTo(
  { id }: PasskeyMark,
  publicBytes: Bytes,
  { bytes, key, keyId }: TheKey,
): Promise<Pick<VaultPasskey, 'publicKey' | 'key'>> {
  const once = await newPair(false);
  const from = await rawOf(once.publicKey);
  const agreed = await agreedKey(once.privateKey, await publicKey(publicBytes), from);
  const sealed: Sealed = await seal(agreed, bytes, keyId);
  return { publicKey: await seal(key, publicBytes, id), key: { ...sealed, from } };
}

/** @param isKept whether its private key can be taken out; the public one can in any case */
function newPair(isKept: boolean): Promise<CryptoKeyPair> {
  return subtle.generateKey(CURVE, isKept, ['deriveBits']);
}

async function rawOf(key: CryptoKey): Promise<Bytes> {
  return new Uint8Array(await subtle.exportKey('raw', key));
}

function publicKey(bytes: Bytes): Promise<CryptoKey> {
  return subtle.importKey('raw', bytes, CURVE, false, []);
}

/** What two pairs agree on; `from` is the public key that was made for this once. */
async function agreedKey(own: CryptoKey, other: CryptoKey, from: Bytes): Promise<CryptoKey> {
  const shared = new Uint8Array(await subtle.deriveBits({ name: 'ECDH', public: other }, own, 256));
  try {
    return await derivedKey(shared, from, 'agreed');
  } finally {
    shared.fill(0);
  }
}

async function derivedKey(secret: Bytes, salt: Bytes, use: string): Promise<CryptoKey> {
  const from = await subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits']);
  const info = new TextEncoder().encode(`patchbay vault ${use}`);
  const how = { name: 'HKDF', hash: 'SHA-256', salt, info };
  const bits = new Uint8Array(await subtle.deriveBits(how, from, 256));
  try {
    return await importedKey(bits);
  } finally {
    bits.fill(0);
  }
}
