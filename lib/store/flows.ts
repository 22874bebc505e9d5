import { byName, type Flow } from '../domain/flow.ts';
import type { Database, WriteTransaction } from './database.ts';

/** Every flow, by name. */
export async function readFlows(db: Database): Promise<readonly Flow[]> {
  return byName(await db.getAll('flows'));
}

/** How many flows use at least one of some connections. Costs what these use, not what is kept. */
export async function countFlowsOf(db: Database, ids: readonly string[]): Promise<number> {
  const index = db.transaction('flows').store.index('byConnection');
  const keys = await Promise.all(ids.map((id) => index.getAllKeys(id)));
  return new Set(keys.flat()).size;
}

/** Takes a connection that is gone for good out of the flows that used it. */
export async function forgetConnection(tx: WriteTransaction, id: string): Promise<void> {
  const store = tx.objectStore('flows');
  const using = await store.index('byConnection').getAll(id);
  await Promise.all(
    using.map((flow) =>
      store.put({ ...flow, connectionIds: flow.connectionIds.filter((one) => one !== id) }),
    ),
  );
}
