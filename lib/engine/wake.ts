import { HEALTH_ORDER, isSuspect } from '../domain/health.ts';
import { quietUntil } from '../domain/quiet-hours.ts';
import { wakeWindow } from '../domain/schedule.ts';
import { firstEnd } from '../store/deletions.ts';
import type { Database } from '../store/database.ts';
import { readKept, readSettings } from '../store/read.ts';
import { isReadable } from '../store/readable.ts';
import type { Ports } from './ports.ts';

/** Notices of ends are of days; so often is often enough where nothing else wakes the worker. */
const END_NOTICE_EVERY_MS = 6 * 60 * 60_000;

/**
 * Sets the one alarm to the moment when checks are due, a deletion is to be finished, a snooze ends,
 * what was held back in quiet hours is to be told, or the vault locks by itself. While it is locked
 * no check is due. Checks wait a little, so that what falls due
 * soon after is asked about in the same waking.
 */
export async function planWake(ports: Ports): Promise<void> {
  const db = await ports.database();
  const now = ports.now();
  const { store } = db.transaction('connections');
  const [first, snooze, end, quiet, { periodMinutes, endNotices }, network, isLocked, lock] =
    await Promise.all([
      store.index('byDue').openCursor(),
      store.index('bySnoozeEnd').openKeyCursor(),
      firstEnd(db),
      heldUntil(db, now),
      readSettings(db),
      readKept(db, 'network'),
      ports.vault.isLocked(),
      ports.vault.locksAt(),
    ]);
  const due = isLocked ? null : (first?.value.nextCheckAt ?? null);
  const isUrgent =
    (due ?? 0) <= now || (isReadable('connections', first?.value) && isSuspect(first.value.health));
  const check = due === null || isUrgent ? due : due + wakeWindow(periodMinutes * 60_000);
  // While this machine reaches nobody, what is due waits for the next try, or for the network.
  const retryAt = network?.down?.retryAt ?? 0;
  const all = [
    check === null ? null : Math.max(check, retryAt),
    snooze?.key ?? null,
    end,
    quiet,
    lock,
  ];
  // Ends are told of while the vault is locked too, and no check wakes the worker for them then.
  if (isLocked && endNotices && (await countExpiring(db)) > 0) all.push(now + END_NOTICE_EVERY_MS);
  const moments = all.filter((moment) => moment !== null);
  const at = moments.length === 0 ? null : Math.max(Math.min(...moments), now + 1_000);
  // A browser that refuses the alarm must not spoil what was done before; each start tries again.
  await ports.wakeAt(at).catch(() => undefined);
}

function countExpiring(db: Database): Promise<number> {
  const place = HEALTH_ORDER.indexOf('expiring');
  return db.countFromIndex('connections', 'byList', IDBKeyRange.bound([place], [place, []]));
}

async function heldUntil(db: Database, now: number): Promise<number | null> {
  const until = quietUntil((await readSettings(db)).quietHours, now);
  if (until === null) return null;
  const held = await Promise.all([readKept(db, 'untold'), readKept(db, 'untoldEnds')]);
  return held.some((ids) => (ids ?? []).length > 0) ? until : null;
}
