import type { Ports } from './ports.ts';

/** Sets the one alarm to the moment when the next check is due. */
export async function planWake(ports: Ports): Promise<void> {
  const db = await ports.database();
  const first = await db.transaction('connections').store.index('byDue').openKeyCursor();
  await ports.wakeAt(first === null ? null : Math.max(first.key, ports.now() + 1_000));
}
