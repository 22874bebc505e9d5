/** The small single records inside a write, so that none is read in one transaction and written in another. */
import type { Kept, KeptName, WriteTransaction } from './database.ts';
import { setAside } from './quarantine.ts';
import { isKeptReadable } from './readable.ts';

/** One of the small records as the transaction sees it. One that cannot be read is set aside. */
export async function keptIn<N extends KeptName>(
  tx: WriteTransaction,
  name: N,
): Promise<Kept[N] | undefined> {
  const found: unknown = await tx.objectStore('kept').get(name);
  if (isKeptReadable(name, found)) return found;
  if (found !== undefined) {
    await setAside(tx, 'kept', name, found);
    await tx.objectStore('kept').delete(name);
  }
  return undefined;
}

/**
 * Replaces one of the small records by what `edit` makes of it; the same again writes nothing,
 * `undefined` takes it away.
 */
export async function editKept<N extends KeptName>(
  tx: WriteTransaction,
  name: N,
  edit: (before: Kept[N] | undefined) => Kept[N] | undefined | Promise<Kept[N] | undefined>,
): Promise<void> {
  const before = await keptIn(tx, name);
  const after = await edit(before);
  if (after === before) return;
  if (after === undefined) await tx.objectStore('kept').delete(name);
  else await tx.objectStore('kept').put(after, name);
}
