/**
 * The only door to secrets. They are sealed with AES-256-GCM under a key that stands in a database
 * of its own, which nothing else opens.
 *
 * The key lies beside the data, so this protects against pages and extensions that get at records,
 * and lets a passphrase take the key away later; it does not protect against software that reads the
 * browser's profile (see `docs/decisions/0002-what-is-encrypted.md`).
 */
import { openDB } from 'idb';
import {
  reveal,
  secret,
  type ClientCredential,
  type Credential,
  type Secret,
} from '../domain/credential.ts';
import { PatchbayError } from '../domain/errors.ts';
import type { PassphraseVerifier } from '../domain/view-only.ts';
import type { Database, SealedSecret } from './database.ts';
import { onDemand } from './on-demand.ts';

const KEY_DATABASE = 'patchbay-vault';
const KEY_NAME = 'vault';
const IV_BYTES = 12;

/** What a sign-in attempt has to remember, out of every page's sight. */
export interface AuthorizationSecrets {
  readonly state: Secret;
  readonly verifier: Secret | null;
  /** A proven credential that awaits the person's choice. */
  readonly credential: Credential | null;
  /** The client that a person brought for this attempt; kept for good once it has worked. */
  readonly client: ClientCredential | null;
}

/** What each kind of entry holds. */
interface Entries {
  readonly credential: Credential;
  readonly client: ClientCredential;
  readonly authorization: AuthorizationSecrets;
  readonly passphrase: PassphraseVerifier;
}
export type EntryKind = keyof Entries;

export interface Vault {
  /** Seals an entry, for a commit to write. */
  seal<K extends EntryKind>(kind: K, id: string, entry: Entries[K]): Promise<SealedSecret>;
  /** @throws PatchbayError `vault-broken` when the entry cannot be opened */
  open<K extends EntryKind>(kind: K, id: string): Promise<Entries[K] | null>;
  /**
   * Several of a kind in one transaction; those that are missing or broken are `null`.
   * @throws PatchbayError `vault-broken` when the key cannot be read, which says nothing of any entry
   */
  openAll<K extends EntryKind>(kind: K, ids: readonly string[]): Promise<(Entries[K] | null)[]>;
}

/** The name under which an entry is stored. */
export function secretId(kind: EntryKind, id: string): string {
  return `${kind}:${id}`;
}

/** Opens the vault. The key is made on first use. */
export function openVault(database: () => Promise<Database>): Vault {
  const theKey = onDemand(() =>
    readKey().catch((cause: unknown) => {
      throw new PatchbayError('vault-broken', 'key', { cause });
    }),
  );

  async function unseal<K extends EntryKind>(kind: K, sealed: SealedSecret): Promise<Entries[K]> {
    try {
      const bytes = await crypto.subtle.decrypt(
        { name: 'AES-GCM', iv: sealed.iv, additionalData: encode(sealed.id) },
        await theKey(),
        sealed.sealed,
      );
      return restore(JSON.parse(new TextDecoder().decode(bytes))) as Entries[K];
    } catch (cause) {
      throw new PatchbayError('vault-broken', kind, { cause });
    }
  }

  return {
    async seal(kind, id, entry) {
      const name = secretId(kind, id);
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
      const sealed = await crypto.subtle.encrypt(
        // Bound to its name, so that one entry cannot be passed off as another.
        { name: 'AES-GCM', iv, additionalData: encode(name) },
        await theKey(),
        encode(JSON.stringify(expose(entry))),
      );
      return { id: name, iv, sealed };
    },
    async open(kind, id) {
      const sealed = await (await database()).get('secrets', secretId(kind, id));
      return sealed === undefined ? null : unseal(kind, sealed);
    },
    async openAll(kind, ids) {
      await theKey();
      const store = (await database()).transaction('secrets').objectStore('secrets');
      const sealed = await Promise.all(ids.map((id) => store.get(secretId(kind, id))));
      return Promise.all(
        sealed.map((one) => (one === undefined ? null : unseal(kind, one).catch(() => null))),
      );
    },
  };
}

async function readKey(): Promise<CryptoKey> {
  const db = await openDB<{ keys: { key: string; value: CryptoKey } }>(KEY_DATABASE, 1, {
    upgrade: (database) => void database.createObjectStore('keys'),
  });
  try {
    const stored = await db.get('keys', KEY_NAME);
    if (stored !== undefined) return stored;
    const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
      'encrypt',
      'decrypt',
    ]);
    // Two contexts may get here at once: the first to write wins, and both use what stands.
    const tx = db.transaction('keys', 'readwrite', { durability: 'strict' });
    const first = await tx.store.get(KEY_NAME);
    if (first === undefined) await tx.store.put(fresh, KEY_NAME);
    await tx.done;
    return first ?? fresh;
  } finally {
    db.close();
  }
}

/** How a secret is marked inside the sealed text, so that it comes back as a secret. */
const MARK = '$secret';

function isSecret(value: unknown): value is Secret {
  return (
    typeof value === 'object' &&
    value !== null &&
    'toJSON' in value &&
    typeof value.toJSON === 'function'
  );
}

function expose(value: unknown): unknown {
  if (isSecret(value)) return { [MARK]: reveal(value) };
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, expose(inner)]));
}

function restore(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const marked: unknown = Reflect.get(value, MARK);
  if (typeof marked === 'string') return secret(marked);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, restore(inner)]));
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
