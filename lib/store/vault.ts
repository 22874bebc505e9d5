/**
 * The only door to secrets. They are sealed with AES-256-GCM under a key that stands in a database
 * of its own, which nothing else opens, or is sealed itself under a person's passphrase.
 *
 * Without a passphrase the key lies beside the data, so this protects against pages and extensions
 * that get at records, and not against software that reads the browser's profile (see
 * `docs/decisions/0002-what-is-encrypted.md`, `0020-vault-passphrase.md`).
 */
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
import type { KeyMemory } from './key-memory.ts';
import { openCurrentKey, type CurrentKey } from './vault-current-key.ts';
import { open, seal } from './vault-keys.ts';

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

export interface Vault extends Omit<CurrentKey, 'theKey'> {
  /**
   * Seals an entry, for a commit to write.
   * @throws PatchbayError `vault-locked`
   */
  seal<K extends EntryKind>(kind: K, id: string, entry: Entries[K]): Promise<SealedSecret>;
  /** @throws PatchbayError `vault-broken` when the entry cannot be opened; `vault-locked` */
  open<K extends EntryKind>(kind: K, id: string): Promise<Entries[K] | null>;
  /**
   * Several of a kind in one transaction; those that are missing or broken are `null`.
   * @throws PatchbayError `vault-locked`, and `vault-broken` when the key cannot be read, which says
   * nothing of any entry
   */
  openAll<K extends EntryKind>(kind: K, ids: readonly string[]): Promise<(Entries[K] | null)[]>;
}

/** The name under which an entry is stored. */
export function secretId(kind: EntryKind, id: string): string {
  return `${kind}:${id}`;
}

/**
 * Opens the vault. Without a passphrase the key is made on first use.
 * @param memory where the key is while it is unlocked
 */
export function openVault(database: () => Promise<Database>, memory: KeyMemory): Vault {
  const { theKey, ...current } = openCurrentKey(database, memory);

  async function unseal<K extends EntryKind>(kind: K, sealed: SealedSecret): Promise<Entries[K]> {
    const key = await theKey();
    try {
      const bytes = await open(key, sealed, sealed.id);
      return restore(JSON.parse(new TextDecoder().decode(bytes))) as Entries[K];
    } catch (cause) {
      throw new PatchbayError('vault-broken', kind, { cause });
    }
  }

  return {
    ...current,
    async seal(kind, id, entry) {
      const name = secretId(kind, id);
      const bytes = new TextEncoder().encode(JSON.stringify(expose(entry)));
      // Bound to its name, so that one entry cannot be passed off as another.
      return { id: name, ...(await seal(await theKey(), bytes, name)) };
    },
    async open(kind, id) {
      const sealed = await (await database()).get('secrets', secretId(kind, id));
      return sealed === undefined ? null : unseal(kind, sealed);
    },
    async openAll(kind, ids) {
      if (await current.isLocked()) throw new PatchbayError('vault-locked');
      await theKey();
      const store = (await database()).transaction('secrets').objectStore('secrets');
      const sealed = await Promise.all(ids.map((id) => store.get(secretId(kind, id))));
      return Promise.all(
        sealed.map((one) => (one === undefined ? null : unseal(kind, one).catch(() => null))),
      );
    },
  };
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
