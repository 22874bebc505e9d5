/**
 * Jobs of the person that use connections: what stops when one of them breaks or goes. The person
 * keeps this register; Patchbay runs none of them. Pure.
 */
import { PatchbayError, type ErrorCode } from './errors.ts';
import type { HealthKind } from './health.ts';
import { searchKey, searchWords } from './query.ts';
import { ascending, sortedBy } from './sorted-by.ts';

/** A job that uses connections, as the person wrote it down. */
export interface Flow {
  readonly id: string;
  readonly name: string;
  /** Where it runs, for the person to open; as {@link flowAddress} has it. */
  readonly address: string | null;
  readonly note: string;
  /**
   * Each once. One that was deleted stays among them until its deletion is finished, so that Undo
   * brings it back with its flows.
   */
  readonly connectionIds: readonly string[];
  readonly createdAt: number;
  /** Grows when name, address or note change; an edit says which one it saw. */
  readonly revision: number;
}

export const FLOWS_MAX = 2000;
export const FLOW_NAME_MAX = 120;
export const FLOW_ADDRESS_MAX = 2000;
export const FLOW_NOTE_MAX = 2000;
/** How many connections one flow uses at the most. */
export const FLOW_CONNECTIONS_MAX = 500;

/**
 * An address as it is kept: http or https alone, without a user or password in it, since a secret
 * has no place in a record.
 * @returns `null` where it is none of that
 */
export function flowAddress(typed: string): string | null {
  const text = typed.trim();
  if (text.length > FLOW_ADDRESS_MAX || !URL.canParse(text)) return null;
  const { protocol, username, password, href } = new URL(text);
  const isWeb = protocol === 'https:' || protocol === 'http:';
  return isWeb && username === '' && password === '' && href.length <= FLOW_ADDRESS_MAX
    ? href
    : null;
}

/** What is wrong with a flow as it was typed; `null` when nothing is. An empty address is none. */
export function flowProblem({
  name,
  address,
}: Record<'name' | 'address', string>): ErrorCode | null {
  if (name.trim() === '' || name.trim().length > FLOW_NAME_MAX) return 'invalid-request';
  return address.trim() === '' || flowAddress(address) !== null ? null : 'flow-address-invalid';
}

/**
 * Whether a flow may stand beside the others.
 * @throws PatchbayError `flow-name-taken`, whatever the case, or `flows-full`
 */
export function mustFit(others: readonly Flow[], name: string): void {
  const key = searchKey(name);
  if (others.some((one) => searchKey(one.name) === key)) throw new PatchbayError('flow-name-taken');
  if (others.length >= FLOWS_MAX) throw new PatchbayError('flows-full');
}

/**
 * A flow with more connections, and without others; itself where that changes nothing.
 * @throws PatchbayError `flow-connections-full`
 */
export function rewired(
  flow: Flow,
  attach: readonly string[],
  detach: readonly string[] = [],
): Flow {
  const gone = new Set(detach);
  const connectionIds = [...new Set([...flow.connectionIds, ...attach])].filter(
    (id) => !gone.has(id),
  );
  if (connectionIds.length > Math.max(FLOW_CONNECTIONS_MAX, flow.connectionIds.length))
    throw new PatchbayError('flow-connections-full');
  const isSame =
    connectionIds.length === flow.connectionIds.length &&
    connectionIds.every((id, at) => id === flow.connectionIds[at]);
  return isSame ? flow : { ...flow, connectionIds };
}

/** Flows by name. */
export function byName(flows: readonly Flow[]): readonly Flow[] {
  return sortedBy(flows, ({ name }) => searchKey(name), ascending);
}

/** The flows of each connection, in the order given: counted once, however many rows ask. */
export function flowsByConnection(flows: readonly Flow[]): ReadonlyMap<string, readonly Flow[]> {
  const uses = new Map<string, Flow[]>();
  for (const flow of flows)
    for (const id of flow.connectionIds) {
      const known = uses.get(id);
      if (known === undefined) uses.set(id, [flow]);
      else known.push(flow);
    }
  return uses;
}

/** The flows that use one of these connections, each once, in the order given. */
export function dependents(flows: readonly Flow[], ids: ReadonlySet<string>): readonly Flow[] {
  return flows.filter(({ connectionIds }) => connectionIds.some((id) => ids.has(id)));
}

/** `stopped`: one of its connections needs reconnecting, or is being deleted. */
export type FlowState = 'unused' | 'stopped' | 'fine';

/** @param healthOf `undefined` for a connection that is being deleted */
export function flowState(
  { connectionIds }: Flow,
  healthOf: (id: string) => HealthKind | undefined,
): FlowState {
  if (connectionIds.length === 0) return 'unused';
  const isBroken = (id: string): boolean => (healthOf(id) ?? 'reconnect') === 'reconnect';
  return connectionIds.some(isBroken) ? 'stopped' : 'fine';
}

/**
 * The flows in which every word typed is found: in what was written down, or in a connection's name.
 * @param nameOf empty for a connection that is being deleted
 */
export function findFlows(
  flows: readonly Flow[],
  typed: string,
  nameOf: (id: string) => string,
): readonly Flow[] {
  const words = searchWords(typed);
  if (words.length === 0) return flows;
  return flows.filter(({ name, address, note, connectionIds }) => {
    const haystack = searchKey(
      [name, address ?? '', note, ...connectionIds.map(nameOf)].join('\n'),
    );
    return words.every((word) => haystack.includes(word));
  });
}
