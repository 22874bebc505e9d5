/** What time alone brings about: snoozes that end, notices of ends, quiet hours that are over. */
import { HEALTH_ORDER } from '../domain/health.ts';
import { dueEndNotice } from '../domain/end-notice.ts';
import { unsnoozed } from '../domain/snooze.ts';
import { forgetOldActivity } from '../store/activity.ts';
import { commit, type ConnectionEdit } from '../store/commit.ts';
import { editKept } from '../store/kept.ts';
import { readSettings } from '../store/read.ts';
import { isReadable, readable } from '../store/readable.ts';
import type { Ports } from './ports.ts';
import { setAsideUnreadable } from './recovery.ts';
import { tell } from './tell.ts';

/** Does what is due by now, and tells it. Doing it again does nothing. */
export async function remind(ports: Ports): Promise<void> {
  await endSnoozes(ports);
  await noteEnds(ports);
  await tell(ports);
  await forgetOldActivity(await ports.database(), ports.now());
}

/** What is broken still when its snooze is over counts and is told again. */
async function endSnoozes(ports: Ports): Promise<void> {
  const db = await ports.database();
  const now = ports.now();
  const over = IDBKeyRange.upperBound(now);
  const all = await db.getAllFromIndex('connections', 'bySnoozeEnd', over);
  const found = all.filter((one) => isReadable('connections', one));
  if (found.length < all.length) await setAsideUnreadable(ports);
  const ids = found.map(({ id }) => id);
  if (ids.length === 0) return;
  const edit: ConnectionEdit = (stored) =>
    stored !== null && (stored.snoozedUntil ?? Infinity) <= now ? unsnoozed(stored) : stored;
  await commit(db, { connections: new Map(ids.map((id) => [id, edit])), at: now });
  ports.announce({ kinds: ['connections'], checking: null, ids });
}

/** That a notice is due is written together with which one it is, so that it comes once. */
async function noteEnds(ports: Ports): Promise<void> {
  const db = await ports.database();
  const now = ports.now();
  const { endNotices } = await readSettings(db);
  if (!endNotices) return;
  const place = HEALTH_ORDER.indexOf('expiring');
  const range = IDBKeyRange.bound([place], [place, []]);
  const ending = await db.getAllFromIndex('connections', 'byList', range);
  const ids = readable('connections', ending)
    .filter((one) => dueEndNotice(one, now) !== null)
    .map(({ id }) => id);
  if (ids.length === 0) return;
  const given: string[] = [];
  const edit: ConnectionEdit = (stored) => {
    const endNoticed = stored === null ? null : dueEndNotice(stored, now);
    if (stored === null || endNoticed === null) return stored;
    given.push(stored.id);
    return { ...stored, endNoticed };
  };
  await commit(db, {
    connections: new Map(ids.map((id) => [id, edit])),
    also: (tx) => editKept(tx, 'untoldEnds', (untold = []) => [...new Set([...untold, ...given])]),
  });
}
