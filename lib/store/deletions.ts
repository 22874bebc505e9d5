/** Connections that are going: out of every list, and not gone yet. */
import type { Connection } from '../domain/connection.ts';
import { ENDING, type Deletion, type DeletionBatch } from '../domain/deletion.ts';
import type { Database, WriteTransaction } from './database.ts';

/** What can still be undone, the oldest first. Reads one record of each batch, however large it is. */
export async function readBatches(db: Database, now: number): Promise<DeletionBatch[]> {
  const index = db.transaction('deletions').store.index('byEnd');
  const batches: DeletionBatch[] = [];
  const range = IDBKeyRange.lowerBound([now, []], true);
  for (
    let cursor = await index.openCursor(range, 'nextunique');
    cursor !== null;
    cursor = await cursor.continue()
  ) {
    const { batchId, revokes, endsAt } = cursor.value;
    if (batchId === ENDING) continue;
    batches.push({ id: batchId, count: await index.count(cursor.key), revokes, endsAt });
  }
  return batches;
}

/** When a batch is finished; `null` where it cannot be undone any more, or was. */
export async function endOfBatch(
  tx: WriteTransaction,
  id: string,
  now: number,
): Promise<number | null> {
  const index = tx.objectStore('deletions').index('byEnd');
  const range = IDBKeyRange.lowerBound([now, []], true);
  for (
    let cursor = await index.openKeyCursor(range, 'nextunique');
    cursor !== null;
    cursor = await cursor.continue()
  )
    if (cursor.key[1] === id) return cursor.key[0];
  return null;
}

/** When the first deletion is to be finished; `null` when none is under way. */
export async function firstEnd(db: Database): Promise<number | null> {
  const cursor = await db.transaction('deletions').store.index('byEnd').openKeyCursor();
  return cursor === null ? null : cursor.key[0];
}

/** Those of one provider that are going. */
export async function readGoingOf(db: Database, providerId: string): Promise<Deletion[]> {
  const all = await db.getAll('deletions');
  return all.filter(({ connection }) => connection.providerId === providerId);
}

/**
 * Changes a connection that is going, so that Undo brings it back with the change.
 * @returns whether it is going
 */
export async function editGoing(
  tx: WriteTransaction,
  id: string,
  change: (connection: Connection) => Connection,
): Promise<boolean> {
  const store = tx.objectStore('deletions');
  const stored = await store.get(id);
  if (stored === undefined) return false;
  await store.put({ ...stored, connection: change(stored.connection) });
  return true;
}
