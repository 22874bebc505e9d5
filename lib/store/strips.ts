/** The last 90 days of each connection. */
import type { ConnectionChange } from '../domain/connection.ts';
import { marked, markOf, type DayStrip } from '../domain/day-strip.ts';
import type { Database, WriteTransaction } from './database.ts';

/** Marks what changes by a commit; most change nothing, and cost nothing then. */
export async function markDays(
  tx: WriteTransaction,
  changes: readonly ConnectionChange[],
): Promise<void> {
  const store = tx.objectStore('strips');
  await Promise.all(
    changes.map(async (change) => {
      const mark = markOf(change);
      if (mark === null) return;
      const before = await store.get(mark.connectionId);
      const after = marked(before, mark);
      if (after !== before) await store.put(after);
    }),
  );
}

export function readStrip(db: Database, connectionId: string): Promise<DayStrip | undefined> {
  return db.get('strips', connectionId);
}
