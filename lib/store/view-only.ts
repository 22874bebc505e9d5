import { NOTHING_MANAGED, viewOnlyOf, type ViewOnly } from '../domain/view-only.ts';
import type { Database } from './database.ts';
import { readKept } from './read.ts';

/** Whether changes are locked, by what the background last wrote down. */
export async function readViewOnly(db: Database): Promise<ViewOnly> {
  const [lock, managed] = await Promise.all([readKept(db, 'viewOnly'), readKept(db, 'managed')]);
  return viewOnlyOf(lock ?? null, managed ?? NOTHING_MANAGED);
}
