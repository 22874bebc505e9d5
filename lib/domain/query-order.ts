/** In which order a list shows its connections. Pure. */
import { sortName, type Connection } from './connection.ts';
import { NO_FLOWS, type FlowsOf, type Query, type SortColumn } from './query.ts';
import { sortedBy } from './sorted-by.ts';

/**
 * Connections in the order of a query; ties keep the order of urgency and name.
 * @param found in the order of the store's lists: by urgency, then name
 */
export function inOrder(
  found: readonly Connection[],
  query: Pick<Query, 'sort' | 'descending'>,
  outside: Outside = { flowsOf: NO_FLOWS, environment: ({ environmentId }) => environmentId },
): readonly Connection[] {
  if (query.sort === 'urgency') return query.descending ? found.toReversed() : found;
  const keyOf = keyFor(query.sort, outside);
  const sign = query.descending ? -1 : 1;
  return sortedBy(found, keyOf, (a, b) => sign * compareKeys(a, b));
}

function keyFor(
  column: Exclude<SortColumn, 'urgency'>,
  { flowsOf, environment }: Outside,
): (connection: Connection) => Key {
  if (column === 'environment') return environment;
  return column === 'flows' ? ({ id }) => flowsOf(id).length : keysOf(column);
}

type Key = string | number | null;
/** Those whose key is in the record itself. */
type KeyedColumn = Exclude<SortColumn, 'urgency' | 'flows' | 'environment'>;

/** What lists go by that is not in the record: its flows, and what its environment is called. */
export interface Outside {
  readonly flowsOf: FlowsOf;
  readonly environment: (connection: Connection) => string;
}

/** Records do not change, so a key is made once for each. */
const sortKeys = new Map<KeyedColumn, WeakMap<Connection, Key>>();

function keysOf(column: KeyedColumn): (connection: Connection) => Key {
  const known = sortKeys.get(column) ?? new WeakMap<Connection, Key>();
  sortKeys.set(column, known);
  const make = comparison(column);
  return (connection) => {
    const key = known.get(connection);
    if (key !== undefined) return key;
    const made = make(connection);
    known.set(connection, made);
    return made;
  };
}

function comparison(column: KeyedColumn): (connection: Connection) => Key {
  switch (column) {
    case 'provider':
      return (c) => sortName(c.provider.name);
    case 'name':
      return (c) => sortName(c.name);
    case 'identity':
      return (c) => (c.identity === null ? null : sortName(c.identity.label));
    case 'accounts':
      return (c) => accountCount(c);
    case 'identity-id':
      return (c) => (c.identity === null ? null : sortName(c.identity.id));
    case 'tags':
      return (c) => (c.tags.length === 0 ? null : sortName(c.tags.join(' ')));
    case 'sync':
      return (c) => (c.sync.kind === 'on' ? null : c.sync.since);
    case 'created':
      return (c) => c.createdAt;
    case 'authorized':
      return (c) => c.authorizedAt;
  }
}

/** Unknown numbers sort before none. */
function accountCount({ accounts }: Connection): number | null {
  if (accounts.kind === 'none') return 0;
  return accounts.kind === 'ready' ? accounts.items.length : null;
}

/** Nothing sorts before something. */
function compareKeys(a: Key, b: Key): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
}
