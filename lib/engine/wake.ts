import { isSuspect } from '../domain/health.ts';
import { wakeWindow } from '../domain/schedule.ts';
import { firstEnd } from '../store/deletions.ts';
import { readSettings } from '../store/read.ts';
import type { Ports } from './ports.ts';

/**
 * Sets the one alarm to the moment when checks are due or a deletion is to be finished. Checks wait a
 * little, so that what falls due soon after is asked about in the same waking.
 */
export async function planWake(ports: Ports): Promise<void> {
  const db = await ports.database();
  const first = await db.transaction('connections').store.index('byDue').openCursor();
  const { periodMinutes } = await readSettings(db);
  const due = first?.value.nextCheckAt ?? null;
  const now = ports.now();
  const isUrgent = first !== null && (isSuspect(first.value.health) || (due ?? 0) <= now);
  const check = due === null || isUrgent ? due : due + wakeWindow(periodMinutes * 60_000);
  const moments = [check, await firstEnd(db)].filter((moment) => moment !== null);
  const at = moments.length === 0 ? null : Math.max(Math.min(...moments), now + 1_000);
  // A browser that refuses the alarm must not spoil what was done before; each start tries again.
  await ports.wakeAt(at).catch(() => undefined);
}
