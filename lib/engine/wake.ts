import { firstEnd } from '../store/deletions.ts';
import type { Ports } from './ports.ts';

/** Sets the one alarm to the moment when the next check is due, a deletion is to be finished, or the
 * vault locks by itself. */
export async function planWake(ports: Ports): Promise<void> {
  const db = await ports.database();
  // While the vault is locked nothing is due.
  const isLocked = await ports.vault.isLocked();
  const first = await db.transaction('connections').store.index('byDue').openKeyCursor();
  const nextCheck = isLocked ? null : (first?.key ?? null);
  const all = [nextCheck, await firstEnd(db), await ports.vault.locksAt()];
  const moments = all.filter((moment) => moment !== null);
  const at = moments.length === 0 ? null : Math.max(Math.min(...moments), ports.now() + 1_000);
  // A browser that refuses the alarm must not spoil what was done before; each start tries again.
  await ports.wakeAt(at).catch(() => undefined);
}
