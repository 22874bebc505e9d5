import type { Ports } from './ports.ts';

/** Sets the one alarm to the moment when the next check is due. */
export async function planWake(ports: Ports): Promise<void> {
  const db = await ports.database();
  const first = await db.transaction('connections').store.index('byDue').openKeyCursor();
  const at = first === null ? null : Math.max(first.key, ports.now() + 1_000);
  // A browser that refuses the alarm must not spoil what was done before; each start tries again.
  await ports.wakeAt(at).catch(() => undefined);
}
