/** The queue "Reconnect all", moved with what it is about. */
import type { Authorization } from '../domain/authorization.ts';
import type { Connection, ConnectionChange } from '../domain/connection.ts';
import { HEALTH_ORDER } from '../domain/health.ts';
import { leavesRepair, moveRepair, type Repair } from '../domain/repair.ts';
import type { WriteTransaction } from './database.ts';
import { editKept } from './kept.ts';

/** Moves the queue, where there is one, by what else a transaction writes. */
export async function keepRepair(
  tx: WriteTransaction,
  changes: readonly ConnectionChange[],
  attempt: Authorization | null,
): Promise<void> {
  const isReconnect = attempt?.purpose.kind === 'reconnect';
  // Most commits concern no queue, and shall not even look for one.
  if (!isReconnect && !changes.some(leavesRepair)) return;
  await editRepair(tx, (repair) => repair && moveRepair(repair, changes, attempt));
}

/**
 * Changes the queue as it is stored at the moment of writing; `null`: there is none.
 * @param edit may wait for reads of the same transaction, and for nothing else
 */
export async function editRepair(
  tx: WriteTransaction,
  edit: (repair: Repair | null) => Repair | null | Promise<Repair | null>,
): Promise<void> {
  await editKept(tx, 'repair', async (repair) => (await edit(repair ?? null)) ?? undefined);
}

/** Every connection that asks to be reconnected, of all environments. */
export function readBroken(tx: WriteTransaction): Promise<Connection[]> {
  const place = HEALTH_ORDER.indexOf('reconnect');
  const range = IDBKeyRange.bound([place], [place, []]);
  return tx.objectStore('connections').index('byList').getAll(range);
}

/** Those of some connections that are there. */
export async function readStanding(
  tx: WriteTransaction,
  ids: readonly string[],
): Promise<Connection[]> {
  const store = tx.objectStore('connections');
  const found = await Promise.all(ids.map((id) => store.get(id)));
  return found.filter((one) => one !== undefined);
}
