import type { KeptVault } from '../domain/vault-lock.ts';
import { commit } from './commit.ts';
import type { Database, SealedSecret } from './database.ts';
import { editKept } from './kept.ts';
import { open, seal } from './vault-keys.ts';

/** Something was sealed meanwhile: what was prepared is not the whole any more. */
class Moved extends Error {}

interface Prepared {
  readonly was: SealedSecret;
  readonly next: SealedSecret;
}

/**
 * Seals every secret under another key and writes down which, in one transaction: at each moment all
 * of them are under the key that is written down. Encryption would outlive the transaction, so it is
 * done before, and again for what was sealed meanwhile.
 */
export async function resealAll(
  db: Database,
  from: CryptoKey,
  to: CryptoKey,
  kept: KeptVault,
): Promise<void> {
  let prepared: ReadonlyMap<string, Prepared> = new Map();
  for (;;) {
    const known = prepared;
    const stored = await db.getAll('secrets');
    prepared = new Map(
      await Promise.all(
        stored.map(async (was) => {
          const before = known.get(was.id);
          const isKnown = before !== undefined && isSame(before.was, was);
          return [was.id, isKnown ? before : { was, next: await resealed(was, from, to) }] as const;
        }),
      ),
    );
    try {
      await write(db, prepared, kept);
      return;
    } catch (thrown) {
      if (!(thrown instanceof Moved)) throw thrown;
    }
  }
}

async function write(
  db: Database,
  prepared: ReadonlyMap<string, Prepared>,
  kept: KeptVault,
): Promise<void> {
  await commit(db, {
    also: async (tx) => {
      const store = tx.objectStore('secrets');
      const all = await store.getAll();
      const isWhole =
        all.length === prepared.size &&
        all.every((one) => {
          const known = prepared.get(one.id);
          return known !== undefined && isSame(known.was, one);
        });
      if (!isWhole) throw new Moved();
      await Promise.all([...prepared.values()].map(({ next }) => store.put(next)));
      await editKept(tx, 'vault', () => kept);
    },
  });
}

/** No two seals have the same vector. */
function isSame(a: SealedSecret, b: SealedSecret): boolean {
  return String(a.iv) === String(b.iv);
}

/** What cannot be opened stays what it is. */
async function resealed(was: SealedSecret, from: CryptoKey, to: CryptoKey): Promise<SealedSecret> {
  try {
    return { id: was.id, ...(await seal(to, await open(from, was, was.id), was.id)) };
  } catch {
    return was;
  }
}
