import { byName, rewired, type Flow } from '../domain/flow.ts';
import type { Database, WriteTransaction } from './database.ts';
import { readable } from './readable.ts';

/** Every flow, by name. */
export async function readFlows(db: Database): Promise<readonly Flow[]> {
  return byName(readable('flows', await db.getAll('flows')));
}

/** How many flows use at least one of some connections. Costs what these use, not what is kept. */
export async function countFlowsOf(db: Database, ids: readonly string[]): Promise<number> {
  const { store } = db.transaction('flows');
  // Nobody has to write flows down, and very many connections may break at once.
  if ((await store.count()) === 0) return 0;
  const keys = await Promise.all(ids.map((id) => store.index('byConnection').getAllKeys(id)));
  return new Set(keys.flat()).size;
}

/**
 * Takes connections that are gone for good out of the flows that used them. All of them at once: a
 * flow that used two of them is written once.
 */
export async function forgetConnections(
  tx: WriteTransaction,
  ids: readonly string[],
): Promise<void> {
  const store = tx.objectStore('flows');
  if (ids.length === 0 || (await store.count()) === 0) return;
  const found = await Promise.all(ids.map((id) => store.index('byConnection').getAll(id)));
  const using = new Map(found.flat().map((flow) => [flow.id, flow]));
  await Promise.all([...using.values()].map((flow) => store.put(rewired(flow, [], ids))));
}
