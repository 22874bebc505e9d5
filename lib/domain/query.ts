/** Which connections a list shows, and in which order. Pure; the same for popup and options page. */
import type { Connection } from './connection.ts';
import { HEALTH_ORDER, type HealthKind } from './health.ts';
import { sortName } from './connection.ts';

export type SortColumn =
  | 'urgency'
  | 'provider'
  | 'name'
  | 'identity'
  | 'accounts'
  | 'identity-id'
  | 'environment'
  | 'created'
  | 'authorized';

export interface Query {
  readonly text: string;
  readonly health: HealthKind | null;
  readonly providerId: string | null;
  readonly tag: string | null;
  readonly sort: SortColumn;
  readonly descending: boolean;
}

export const ALL: Query = {
  text: '',
  health: null,
  providerId: null,
  tag: null,
  sort: 'urgency',
  descending: false,
};

/** A text as search compares it: without case, accents and invisible direction marks. */
export function searchKey(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{Diacritic}\p{Cf}]/gu, '')
    .toLowerCase();
}

/** Whether every word typed is somewhere in what a person knows a connection by. */
export function matchesText(connection: Connection, text: string): boolean {
  return hasWords(connection, wordsIn(text));
}

/** The words typed, as they are compared. */
function wordsIn(text: string): readonly string[] {
  return searchKey(text).split(/\s+/).filter(Boolean);
}

function hasWords(connection: Connection, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const haystack = haystackOf(connection);
  return words.every((word) => haystack.includes(word));
}

/** Records do not change, so each is prepared once: with ten thousand, a keystroke would feel it. */
const haystacks = new WeakMap<Connection, string>();

function haystackOf(connection: Connection): string {
  const known = haystacks.get(connection);
  if (known !== undefined) return known;
  const { name, provider, identity, tags, accounts } = connection;
  const haystack = searchKey(
    [
      name,
      provider.name,
      identity?.label ?? '',
      identity?.workspace ?? '',
      identity?.id ?? '',
      ...tags,
      ...(accounts.kind === 'ready' ? accounts.items.map((account) => account.label) : []),
    ].join('\n'),
  );
  haystacks.set(connection, haystack);
  return haystack;
}

/**
 * The connections that a query shows, in its order; ties keep the order of urgency and name.
 * @param connections in the order of the store's lists: by urgency, then name
 */
export function select(connections: readonly Connection[], query: Query): readonly Connection[] {
  const found = filtered(connections, query);
  if (query.sort === 'urgency') return query.descending ? found.toReversed() : found;
  const keyOf = keysOf(query.sort);
  const sign = query.descending ? -1 : 1;
  return found
    .map((connection) => ({ connection, key: keyOf(connection) }))
    .sort((a, b) => sign * compareKeys(a.key, b.key))
    .map(({ connection }) => connection);
}

function filtered(connections: readonly Connection[], query: Query): readonly Connection[] {
  const words = wordsIn(query.text);
  const { health, providerId, tag } = query;
  if (words.length === 0 && health === null && providerId === null && tag === null)
    return connections;
  return connections.filter(
    (connection) =>
      (health === null || connection.health.kind === health) &&
      (providerId === null || connection.providerId === providerId) &&
      (tag === null || connection.tags.includes(tag)) &&
      hasWords(connection, words),
  );
}

type Key = string | number | null;
type KeyedColumn = Exclude<SortColumn, 'urgency'>;

/** As with {@link haystacks}: a key is made once for each record. */
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
    case 'environment':
      return (c) => c.environmentId;
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

/** How many of the given connections each provider has, in the order of names. */
export function providersInUse(
  connections: readonly Connection[],
): { id: string; name: string; count: number }[] {
  const counts = new Map<string, { id: string; name: string; count: number }>();
  for (const { providerId, provider } of connections) {
    const entry = counts.get(providerId) ?? { id: providerId, name: provider.name, count: 0 };
    entry.count += 1;
    counts.set(providerId, entry);
  }
  return [...counts.values()].sort((a, b) => compareKeys(sortName(a.name), sortName(b.name)));
}

export const STATUS_CHOICES: readonly HealthKind[] = HEALTH_ORDER;
