/** What happened: written with what made it happen, kept for a while, read from the newest back. */
import type { IDBPObjectStore } from 'idb';
import {
  ACTIVITY_AGE_MAX_MS,
  ACTIVITY_MAX,
  isMeant,
  type Activity,
  type ActivityFilter,
} from '../domain/activity.ts';
import type { Database, PatchbayDb, StoreName, WriteTransaction } from './database.ts';

/** How many old lines one write takes away at the most. */
const TRIM_MAX = 50;
/** How many lines are taken over at a time. */
const CHUNK = 250;

/** Adds lines, and takes away what is over the bound. */
export async function noteActivity(
  tx: WriteTransaction,
  lines: readonly Activity[],
): Promise<void> {
  if (lines.length === 0) return;
  const store = tx.objectStore('activity');
  const ids = await Promise.all(lines.map((line) => store.add(line)));
  // Ids follow one another, so that nothing has to be counted.
  const surplus = Math.max(...ids) - ACTIVITY_MAX;
  if (surplus > 0) await store.delete(IDBKeyRange.upperBound(surplus));
  await trim(store, Math.max(...lines.map(({ at }) => at)));
}

/** Takes away what is too old, some of it at a time. */
async function trim<Names extends ArrayLike<StoreName>>(
  store: IDBPObjectStore<PatchbayDb, Names, 'activity', 'readwrite'>,
  now: number,
): Promise<void> {
  let cursor = await store.openCursor();
  for (let left = TRIM_MAX; cursor !== null && left > 0; left--) {
    if (cursor.value.at >= now - ACTIVITY_AGE_MAX_MS) return;
    await cursor.delete();
    cursor = await cursor.continue();
  }
}

/** Takes away what is too old, in a transaction of its own where there is any. */
export async function forgetOldActivity(db: Database, now: number): Promise<void> {
  const oldest = await db.transaction('activity').store.openCursor();
  if (oldest === null || oldest.value.at >= now - ACTIVITY_AGE_MAX_MS) return;
  const tx = db.transaction('activity', 'readwrite');
  await trim(tx.store, now);
  await tx.done;
}

/** A part of the list, and where the next one begins; `null` where nothing is left. */
export interface ActivityPage {
  readonly lines: readonly Activity[];
  readonly before: number | null;
}

/**
 * The newest lines of those asked for. Reads no more than it takes to find them.
 * @param before only lines with a smaller id; `null`: from the newest
 * @param limit how many at the most
 */
export async function readActivity(
  db: Database,
  filter: ActivityFilter,
  before: number | null,
  limit: number,
): Promise<ActivityPage> {
  const { store } = db.transaction('activity');
  const { connectionId } = filter;
  const ids =
    connectionId === null ? [] : await store.index('byConnection').getAllKeys(connectionId);
  const partBefore = async (end: number): Promise<Activity[]> =>
    connectionId === null
      ? (await store.getAll(IDBKeyRange.bound(end - CHUNK, end, false, true))).reverse()
      : all(
          ids
            .filter((id) => id < end)
            .slice(-CHUNK)
            .reverse(),
          (id) => store.get(id),
        );
  const lines: Activity[] = [];
  let end = before ?? ((await store.openKeyCursor(null, 'prev'))?.key ?? 0) + 1;
  for (;;) {
    const part = await partBefore(end);
    if (part.length === 0) return { lines, before: null };
    for (const line of part) {
      if (isMeant(line, filter)) {
        if (lines.length === limit) return { lines, before: end };
        lines.push(line);
      }
      end = line.id ?? 0;
    }
  }
}

async function all(
  ids: readonly number[],
  get: (id: number) => Promise<Activity | undefined>,
): Promise<Activity[]> {
  const found = await Promise.all(ids.map(get));
  return found.filter((line) => line !== undefined);
}
