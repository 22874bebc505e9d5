/** Passkeys that open the vault, beside its passphrase: what is kept of each, and what pages see of it. */

/** What an authenticator is asked about; no two passkeys answer alike. */
export const PASSKEY_QUESTION = 'patchbay vault';
/** An answer of the WebAuthn extension `prf`, as secret as a passphrase. */
export const PASSKEY_ANSWER_BYTES = 32;

/** Base64url that can be read: browsers are asked for all passkeys at once, or for none. */
export const PASSKEY_ID = /^(?:[\w-]{4})*[\w-]{2,4}$/;

/** A passkey as its authenticator knows it. */
export interface PasskeyMark {
  /** Base64url, by {@link PASSKEY_ID}. */
  readonly id: string;
  readonly transports: readonly string[];
  /** What the person called it. */
  readonly name: string;
  readonly addedAt: number;
}

/** Bytes under AES-256-GCM. */
export interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly sealed: ArrayBuffer;
}

/**
 * Each has a pair of keys, so that another key of the vault can be sealed to it while it is not at
 * hand: the private one lies under the passkey's answer, the public one under the vault's key.
 */
export interface VaultPasskey extends PasskeyMark {
  readonly privateKey: Sealed;
  readonly publicKey: Sealed;
  /** The vault's key, sealed to the public key from a pair that was made for it alone. */
  readonly key: Sealed & { readonly from: Uint8Array<ArrayBuffer> };
}

/** Those of a list that can be read: a damaged one takes neither the others nor the passphrase down. */
export function readablePasskeys(kept: unknown): readonly VaultPasskey[] {
  return Array.isArray(kept) ? kept.filter(isPasskey) : [];
}

export function markOf({ id, transports, name, addedAt }: VaultPasskey): PasskeyMark {
  return { id, transports, name, addedAt };
}

function isPasskey(value: unknown): value is VaultPasskey {
  if (typeof value !== 'object' || value === null) return false;
  const one = value as Partial<Record<keyof VaultPasskey, unknown>>;
  return (
    typeof one.id === 'string' &&
    PASSKEY_ID.test(one.id) &&
    Array.isArray(one.transports) &&
    one.transports.every((transport) => typeof transport === 'string') &&
    typeof one.name === 'string' &&
    Number.isFinite(one.addedAt) &&
    isSealed(one.privateKey) &&
    isSealed(one.publicKey) &&
    isSealed(one.key) &&
    'from' in one.key &&
    one.key.from instanceof Uint8Array
  );
}

function isSealed(value: unknown): value is Sealed {
  if (typeof value !== 'object' || value === null) return false;
  const { iv, sealed } = value as Partial<Record<keyof Sealed, unknown>>;
  return iv instanceof Uint8Array && sealed instanceof ArrayBuffer;
}
