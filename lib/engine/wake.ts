import { firstEnd } from '../store/deletions.ts';
import { readKept } from '../store/read.ts';
import type { Ports } from './ports.ts';

/** Sets the one alarm to the moment when the next check is due or a deletion is to be finished. */
export async function planWake(ports: Ports): Promise<void> {
  const db = await ports.database();
  const first = await db.transaction('connections').store.index('byDue').openKeyCursor();
  // While this machine reaches nobody, what is due waits for the next try, or for the network.
  const retryAt = (await readKept(db, 'network'))?.down?.retryAt ?? 0;
  const due = first === null ? null : Math.max(first.key as number, retryAt);
  const moments = [due, await firstEnd(db)].filter((moment) => moment !== null);
  const at = moments.length === 0 ? null : Math.max(Math.min(...moments), ports.now() + 1_000);
  // A browser that refuses the alarm must not spoil what was done before; each start tries again.
  await ports.wakeAt(at).catch(() => undefined);
}
