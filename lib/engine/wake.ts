import { quietUntil } from '../domain/quiet-hours.ts';
import { firstEnd } from '../store/deletions.ts';
import type { Database } from '../store/database.ts';
import { readKept, readSettings } from '../store/read.ts';
import type { Ports } from './ports.ts';

/**
 * Sets the one alarm to the moment when the next check is due, a deletion is to be finished, a
 * snooze ends, or what was held back in quiet hours is to be told.
 */
export async function planWake(ports: Ports): Promise<void> {
  const db = await ports.database();
  const { store } = db.transaction('connections');
  const [due, snooze, end, quiet] = await Promise.all([
    store.index('byDue').openKeyCursor(),
    store.index('bySnoozeEnd').openKeyCursor(),
    firstEnd(db),
    heldUntil(db, ports.now()),
  ]);
  const all = [due?.key ?? null, snooze?.key ?? null, end, quiet];
  const moments = all.filter((moment) => moment !== null);
  const at = moments.length === 0 ? null : Math.max(Math.min(...moments), ports.now() + 1_000);
  // A browser that refuses the alarm must not spoil what was done before; each start tries again.
  await ports.wakeAt(at).catch(() => undefined);
}

async function heldUntil(db: Database, now: number): Promise<number | null> {
  const until = quietUntil((await readSettings(db)).quietHours, now);
  if (until === null) return null;
  const held = await Promise.all([readKept(db, 'untold'), readKept(db, 'untoldEnds')]);
  return held.some((ids) => (ids ?? []).length > 0) ? until : null;
}
