/** Where the vault's key comes from: a database of its own, or a passphrase. */
import { deleteDB, openDB, type IDBPDatabase } from 'idb';
import { PatchbayError } from '../domain/errors.ts';
import { KDF_ITERATIONS } from '../domain/kdf-iterations.ts';
import type { WrappedKey } from '../domain/vault-lock.ts';
import type { Sealed } from '../domain/vault-passkey.ts';
import { SALT_BYTES, sealingKey } from './passphrase-key.ts';

const KEY_DATABASE = 'patchbay-vault';
/** The key that is made on first use. */
export const FIRST_KEY = 'vault';
const IV_BYTES = 12;
const KEY_BYTES = 32;

export type Bytes = Uint8Array<ArrayBuffer>;
type KeyDatabase = IDBPDatabase<{ keys: { key: string; value: CryptoKey } }>;

async function withKeys<T>(run: (db: KeyDatabase) => Promise<T>): Promise<T> {
  const db: KeyDatabase = await openDB(KEY_DATABASE, 1, {
    upgrade: (database) => void database.createObjectStore('keys'),
  });
  try {
    return await run(db);
  } finally {
    db.close();
  }
}

/** A key that lies in the profile, by its name; made where there is none. */
export function plainKey(name: string): Promise<CryptoKey> {
  return withKeys(async (db) => {
    const stored = await db.get('keys', name);
    if (stored !== undefined) return stored;
    const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
      'encrypt',
      'decrypt',
    ]);
    // Two contexts may get here at once: the first to write wins, and both use what stands.
    const tx = db.transaction('keys', 'readwrite', { durability: 'strict' });
    const first = await tx.store.get(name);
    if (first === undefined) await tx.store.put(fresh, name);
    await tx.done;
    return first ?? fresh;
  });
}

/** Destroys every key that lies in the profile. */
export function destroyPlainKeys(): Promise<void> {
  return deleteDB(KEY_DATABASE);
}

/** Destroys every key that lies in the profile but this one; none where this one does not. */
export function destroyOtherPlainKeys(name: string): Promise<void> {
  return withKeys(async (db) => {
    const names = await db.getAllKeys('keys');
    if (!names.includes(name)) return;
    await Promise.all(names.filter((one) => one !== name).map((one) => db.delete('keys', one)));
  });
}

/** The bytes of a new key. */
export function newKeyBytes(): Bytes {
  return crypto.getRandomValues(new Uint8Array(KEY_BYTES));
}

export function importedKey(bytes: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

/** Seals bytes, bound to a name. */
export async function seal(key: CryptoKey, bytes: Bytes, name: string): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  return { iv, sealed: await crypto.subtle.encrypt(cipher(iv, name), key, bytes) };
}

/** @throws DOMException where the key, the name or the bytes are not those that were sealed */
export async function open(key: CryptoKey, { iv, sealed }: Sealed, name: string): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.decrypt(cipher(iv, name), key, sealed));
}

function cipher(iv: Bytes, name: string): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(name) };
}

type Wrapping = Pick<WrappedKey, 'keyId' | 'iterations' | 'salt' | 'iv' | 'wrapped'>;

/** Seals the bytes of a key under a passphrase. Takes some tenths of a second, as each guess does. */
export async function wrapKey(bytes: Bytes, passphrase: string, keyId: string): Promise<Wrapping> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const key = await sealingKey(passphrase, salt, KDF_ITERATIONS);
  const { iv, sealed: wrapped } = await seal(key, bytes, keyId);
  return { keyId, iterations: KDF_ITERATIONS, salt, iv, wrapped };
}

/** @throws PatchbayError `passphrase-wrong`, also where what is kept was damaged: nobody can tell */
export async function unwrapKey(kept: Wrapping, passphrase: string): Promise<Bytes> {
  const { keyId, iterations, salt, iv, wrapped } = kept;
  try {
    const key = await sealingKey(passphrase, salt, iterations);
    return await open(key, { iv, sealed: wrapped }, keyId);
  } catch (cause) {
    throw new PatchbayError('passphrase-wrong', null, { cause });
  }
}
