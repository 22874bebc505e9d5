import { activityAbout } from '../domain/activity.ts';
import { countsOf, heardCountsOf, NO_COUNTS, type Connection } from '../domain/connection.ts';
import { badgeFace, isEnding, isLoud, planEndNotices, planNotices } from '../domain/notice.ts';
import type { NoticePlan, Shown } from '../domain/notice.ts';
import { quietUntil } from '../domain/quiet-hours.ts';
import { noteActivity } from '../store/activity.ts';
import { commit } from '../store/commit.ts';
import { failpoint } from '../store/failpoint.ts';
import type { Database } from '../store/database.ts';
import { editKept } from '../store/kept.ts';
import { readKept, readSettings, readTotals } from '../store/read.ts';
import { isReadable } from '../store/readable.ts';
import { countFlowsOf } from '../store/flows.ts';
import type { Ports } from './ports.ts';
import { unusualFace } from './unusual-face.ts';

/**
 * Draws the badge from the kept totals. A browser that cannot draw it stops nothing: what it shows
 * is written already, and drawn at the next start.
 */
export function drawBadge(ports: Ports): Promise<void> {
  // One after the other: of two at once, the one that had read the older totals could draw last.
  return ports.lock('badge', async () => {
    const db = await ports.database();
    const [totals, settings] = await Promise.all([readTotals(db), readSettings(db)]);
    const { environmentId } = settings;
    const face = (await unusualFace(ports)) ?? badgeFace(heardCountsOf(totals, environmentId));
    await ports.drawBadge(face, countsOf(totals, environmentId)).catch(() => undefined);
  });
}

/** Draws that nothing can be written, until something could be: in its turn, as all faces are. */
export function drawFullBadge(ports: Ports): Promise<void> {
  return ports.lock('badge', () =>
    ports.drawBadge({ kind: 'full' }, NO_COUNTS).catch(() => undefined),
  );
}

/**
 * Says what has changed and has not been said: badge, notifications. What is to be told was written
 * with the change itself, so a worker that dies before this tells it at its next start. In quiet
 * hours notifications are only withdrawn; what is new stays untold until they are over.
 */
export async function tell(ports: Ports): Promise<void> {
  await drawBadge(ports);
  // What could not be told stays written as untold, and is told next time.
  await ports.lock('notices', () => tellNotices(ports)).catch(() => undefined);
}

async function tellNotices(ports: Ports): Promise<void> {
  const db = await ports.database();
  const now = ports.now();
  const [untold = [], untoldEnds = []] = await Promise.all([
    readKept(db, 'untold'),
    readKept(db, 'untoldEnds'),
  ]);
  if (untold.length + untoldEnds.length === 0) return;
  const [shown = {}, shownEnds = {}, settings] = await Promise.all([
    readKept(db, 'notifications'),
    readKept(db, 'endNotifications'),
    readSettings(db),
  ]);
  const isQuiet = quietUntil(settings.quietHours, now) !== null;
  const ids = [...untold, ...untoldEnds, ...members(shown), ...members(shownEnds)];
  const found = await readThese(db, ids);
  const broken = those(found, isLoud);
  const ending = those(found, isEnding);
  const group = await groupId([...untold, ...untoldEnds]);
  const news = isQuiet ? [] : untold;
  const brokeNow = planNotices(news, broken, shown, `group:${group}`);
  const endNow = planEndNotices(isQuiet ? [] : untoldEnds, ending, shownEnds, `ends:${group}`);
  await failpoint('tell-planned');
  for (const id of [...brokeNow.withdraw, ...endNow.withdraw]) await ports.notifier.withdraw(id);
  const isShown = !isQuiet && settings.notifications;
  const isEndShown = !isQuiet && settings.endNotices;
  if (isShown) await show(ports, db, brokeNow);
  if (isEndShown) await show(ports, db, endNow);
  await failpoint('tell-shown');
  // Broken and silent for now; what is not broken any more has nothing left to be told.
  const held = isQuiet ? new Set(untold.filter((id) => broken.has(id))) : null;
  await commit(db, {
    also: async (tx) => {
      // What was added while the notifications were shown is told next time.
      await editKept(tx, 'untold', (later = []) =>
        later.filter((id) => !untold.includes(id) || held?.has(id) === true),
      );
      await editKept(tx, 'notifications', () => brokeNow.shown);
      if (!isQuiet)
        await editKept(tx, 'untoldEnds', (later = []) =>
          later.filter((id) => !untoldEnds.includes(id)),
        );
      await editKept(tx, 'endNotifications', () => endNow.shown);
      if (isShown) await noteShown(tx, brokeNow, 'broke', now);
      if (isEndShown) await noteShown(tx, endNow, 'ends', now);
      await failpoint('tell-writing', tx);
    },
  });
  await failpoint('tell-written');
  ports.announce({ kinds: ['activity'], checking: null });
}

async function show(ports: Ports, db: Database, plan: NoticePlan): Promise<void> {
  for (const notice of plan.show) {
    const stopped = notice.about === 'ends' ? [] : notice.connections.map(({ id }) => id);
    await ports.notifier.show(notice, await countFlowsOf(db, stopped));
  }
}

/** Only those that are new: one that lost a member was shown before. */
async function noteShown(
  tx: Parameters<typeof noteActivity>[0],
  plan: NoticePlan,
  about: 'broke' | 'ends',
  now: number,
): Promise<void> {
  const fresh = plan.show.filter(({ id }) => plan.fresh.includes(id));
  const lines = fresh.flatMap((one) =>
    activityAbout(one.connections, { kind: 'notified', about }, now),
  );
  await noteActivity(tx, lines);
}

function members(shown: Shown): string[] {
  return Object.values(shown).flat();
}

async function readThese(db: Database, ids: readonly string[]): Promise<Connection[]> {
  const { store } = db.transaction('connections');
  const found = await Promise.all([...new Set(ids)].map((id) => store.get(id)));
  return found.filter((one) => isReadable('connections', one));
}

function those(
  found: readonly Connection[],
  isMeant: (connection: Connection) => boolean,
): ReadonlyMap<string, Connection> {
  return new Map(found.filter(isMeant).map((one) => [one.id, one]));
}

/** The same for the same news: a worker that told it and died is followed by one that replaces it. */
async function groupId(untold: readonly string[]): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(untold.join()));
  const bytes = [...new Uint8Array(digest, 0, 12)];
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
