import { countsOf, type Connection } from '../domain/connection.ts';
import { badgeFace, planNotices } from '../domain/notice.ts';
import { commit } from '../store/commit.ts';
import { editKept } from '../store/kept.ts';
import { readKept, readSettings, readTotals } from '../store/read.ts';
import { countFlowsOf } from '../store/flows.ts';
import type { Ports } from './ports.ts';
import { unusualFace } from './unusual-face.ts';

/**
 * Draws the badge from the kept totals. A browser that cannot draw it stops nothing: what it shows
 * is written already, and drawn at the next start.
 */
export async function drawBadge(ports: Ports): Promise<void> {
  const db = await ports.database();
  const [totals, settings] = await Promise.all([readTotals(db), readSettings(db)]);
  const counts = countsOf(totals, settings.environmentId);
  const face = (await unusualFace(ports)) ?? badgeFace(counts);
  await ports.drawBadge(face, counts).catch(() => undefined);
}

/**
 * Says what has changed and has not been said: badge, notifications. What is to be told was written
 * with the change itself, so a worker that dies before this tells it at its next start.
 */
export async function tell(ports: Ports): Promise<void> {
  await drawBadge(ports);
  // What could not be told stays written as untold, and is told next time.
  await ports.lock('notices', () => tellNotices(ports)).catch(() => undefined);
}

async function tellNotices(ports: Ports): Promise<void> {
  const db = await ports.database();
  const untold = (await readKept(db, 'untold')) ?? [];
  if (untold.length === 0) return;
  const [shown, settings] = await Promise.all([readKept(db, 'notifications'), readSettings(db)]);
  const ids = new Set([...untold, ...Object.values(shown ?? {}).flat()]);
  const store = db.transaction('connections').store;
  const found = await Promise.all([...ids].map((id) => store.get(id)));
  const broken = new Map<string, Connection>();
  for (const connection of found)
    if (connection?.health.kind === 'reconnect') broken.set(connection.id, connection);
  const plan = planNotices(untold, broken, shown ?? {}, `group:${ports.newId()}`);
  for (const id of plan.withdraw) await ports.notifier.withdraw(id);
  if (settings.notifications)
    for (const notice of plan.show) {
      const stopped = notice.connections.map(({ id }) => id);
      await ports.notifier.show(notice, await countFlowsOf(db, stopped));
    }
  await commit(db, {
    also: async (tx) => {
      // What was added while the notifications were shown is told next time.
      await editKept(tx, 'untold', (later = []) => later.filter((id) => !untold.includes(id)));
      await editKept(tx, 'notifications', () => plan.shown);
    },
  });
}
