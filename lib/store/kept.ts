/** The small single records inside a write, so that none is read in one transaction and written in another. */
import type { Kept, KeptName, WriteTransaction } from './database.ts';

/** One of the small records as the transaction sees it. */
export function keptIn<N extends KeptName>(
  tx: WriteTransaction,
  name: N,
): Promise<Kept[N] | undefined> {
  return tx.objectStore('kept').get(name) as Promise<Kept[N] | undefined>;
}

/** Replaces one of the small records by what `edit` makes of it. */
export async function editKept<N extends KeptName>(
  tx: WriteTransaction,
  name: N,
  edit: (before: Kept[N] | undefined) => Kept[N],
): Promise<void> {
  await tx.objectStore('kept').put(edit(await keptIn(tx, name)), name);
}
