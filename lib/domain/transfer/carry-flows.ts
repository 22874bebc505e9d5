/** Flows that travel in a file with the connections that they use. Pure. */
import { FLOW_CONNECTIONS_MAX, FLOWS_MAX, rewired, type Flow } from '../flow.ts';
import { searchKey } from '../query.ts';
import type { CarriedFlow } from './connection-file.ts';

/** Those flows that use one of some connections, and of what they use these alone. */
export function carriedFlows(
  flows: readonly Flow[],
  connections: readonly { readonly id: string }[],
): CarriedFlow[] {
  const travels = new Set(connections.map(({ id }) => id));
  return flows.flatMap(({ id, name, address, note, connectionIds, createdAt }) => {
    const used = connectionIds.filter((one) => travels.has(one));
    return used.length === 0 ? [] : [{ id, name, address, note, connections: used, createdAt }];
  });
}

/** What is meant here by the flows of a file: one of the same id, else of the same name. */
export function flowsMeant(
  given: readonly CarriedFlow[],
  here: readonly Flow[],
): ReadonlyMap<string, string> {
  const ids = new Set(here.map(({ id }) => id));
  const byName = new Map(here.map(({ id, name }) => [searchKey(name), id]));
  const meant = new Map<string, string>();
  for (const { id, name } of distinct(given)) {
    const key = searchKey(name);
    const known = ids.has(id) ? id : (byName.get(key) ?? id);
    meant.set(id, known);
    if (!ids.has(known)) byName.set(key, known);
  }
  return meant;
}

export interface FlowsPlan {
  /** New ones, and those that are here and get connections. */
  readonly written: readonly Flow[];
  /** How many are left out because no more flows, or no more connections of one, can be kept. */
  readonly noRoom: number;
}

/**
 * What a file adds to the flows that are here. One that is here gets what arrives with this file and
 * nothing else: what was detached on purpose stays so. One that would use nothing does not come.
 * @param idsHere which connection here, or arriving, is meant by one of the file
 * @param arriving those that come with this file
 */
export function planFlows(
  given: readonly CarriedFlow[],
  here: readonly Flow[],
  idsHere: ReadonlyMap<string, string>,
  arriving: ReadonlySet<string>,
): FlowsPlan {
  const meant = flowsMeant(given, here);
  const known = new Map(here.map((flow) => [flow.id, flow]));
  const written = new Map<string, Flow>();
  let noRoom = 0;
  for (const one of distinct(given)) {
    const { id: idThere, name, address, note, connections, createdAt } = one;
    const id = meant.get(idThere) ?? idThere;
    const used = connections.flatMap((there) => idsHere.get(there) ?? []);
    const flow = known.get(id);
    const attached = flow === undefined ? used : used.filter((one) => arriving.has(one));
    if (attached.length === 0) continue;
    const text = { name, address, note };
    const before = flow ?? { id, ...text, connectionIds: [], createdAt, revision: 1 };
    const all = new Set([...before.connectionIds, ...attached]);
    if (all.size > FLOW_CONNECTIONS_MAX || (flow === undefined && known.size >= FLOWS_MAX)) {
      noRoom += 1;
      continue;
    }
    const after = rewired(before, attached);
    if (after === flow) continue;
    known.set(id, after);
    written.set(id, after);
  }
  return { written: [...written.values()], noRoom };
}

/** Whoever wrote a file may have used an id twice: the last of them counts. */
function distinct(given: readonly CarriedFlow[]): Iterable<CarriedFlow> {
  return new Map(given.map((one) => [one.id, one])).values();
}
