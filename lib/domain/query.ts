/** Which connections a list shows, and in which order. Pure; the same for popup and options page. */
import type { Connection, Sync } from './connection.ts';
import { HEALTH_ORDER, urgency, type HealthKind } from './health.ts';
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

export type SyncKind = Sync['kind'];
export type TagsMatch = 'any' | 'all';

export interface Query {
  readonly text: string;
  readonly health: HealthKind | null;
  readonly providerId: string | null;
  /** None: any. Case does not matter. */
  readonly tags: readonly string[];
  /** Whether one of the tags is enough. */
  readonly tagsMatch: TagsMatch;
  readonly sync: SyncKind | null;
  /** `null`: as the settings say. */
  readonly environmentId: string | null;
  readonly sort: SortColumn;
  readonly descending: boolean;
}

export const ALL: Query = {
  text: '',
  health: null,
  providerId: null,
  tags: [],
  tagsMatch: 'any',
  sync: null,
  environmentId: null,
  sort: 'urgency',
  descending: false,
};

/** A text as search compares it: without case, accents and invisible direction marks. */
export function searchKey(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{Diacritic}\p{Cf}]/gu, '')
    .toLowerCase()
    .replaceAll('ς', 'σ');
}

/** The words of what was typed, as search compares them. */
export function searchWords(text: string): string[] {
  return searchKey(text).split(/\s+/).filter(Boolean);
}

/** Whether every word typed is somewhere in what a person knows a connection by. */
export function matchesText(connection: Connection, text: string): boolean {
  const words = searchWords(text);
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
      ...(accounts.kind === 'ready' ? accounts.items.flatMap(({ id, label }) => [label, id]) : []),
    ].join('\n'),
  );
  haystacks.set(connection, haystack);
  return haystack;
}

/** Whether a connection passes the filters, the text included. */
export function matches(connection: Connection, query: Query): boolean {
  return failing(connection, query) === null;
}

export type Filter = 'provider' | 'health' | 'sync' | 'tags';

/**
 * What keeps a connection out: the one filter that it fails, `many` where there are several or the
 * text is not found, `null` where it passes.
 */
export function failing(connection: Connection, query: Query): Filter | 'many' | null {
  let failed: Filter | null = null;
  const fails = (filter: Filter, isPassed: boolean): boolean => {
    if (isPassed) return false;
    if (failed !== null) return true;
    failed = filter;
    return false;
  };
  const { health, providerId, sync } = query;
  if (
    fails('health', health === null || connection.health.kind === health) ||
    fails('provider', providerId === null || connection.providerId === providerId) ||
    fails('sync', sync === null || connection.sync.kind === sync) ||
    fails('tags', matchesTags(connection.tags, query)) ||
    !matchesText(connection, query.text)
  )
    return 'many';
  return failed;
}

function matchesTags(tags: readonly string[], { tags: wanted, tagsMatch }: Query): boolean {
  if (wanted.length === 0) return true;
  const has = (tag: string): boolean => tags.some((one) => one.toLowerCase() === tag.toLowerCase());
  return tagsMatch === 'all' ? wanted.every(has) : wanted.some(has);
}

/** The connections that a query shows, in its order; ties keep the order of urgency and name. */
export function select(connections: readonly Connection[], query: Query): Connection[] {
  const compare = comparison(query.sort);
  const sign = query.descending ? -1 : 1;
  return connections
    .filter((connection) => matches(connection, query))
    .map((connection) => ({ connection, key: compare(connection) }))
    .sort(
      (a, b) =>
        sign * compareKeys(a.key, b.key) || compareKeys(tie(a.connection), tie(b.connection)),
    )
    .map(({ connection }) => connection);
}

type Key = string | number | null | (string | number | null)[];

function comparison(column: SortColumn): (connection: Connection) => Key {
  switch (column) {
    case 'urgency':
      return (c) => urgency(c.health);
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

function tie(connection: Connection): Key {
  return [urgency(connection.health), sortName(connection.name), connection.id];
}

/** Nothing sorts before something. */
function compareKeys(a: Key, b: Key): number {
  if (Array.isArray(a) && Array.isArray(b)) {
    for (let at = 0; at < a.length; at++) {
      const order = compareKeys(a[at] ?? null, b[at] ?? null);
      if (order !== 0) return order;
    }
    return 0;
  }
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
}

export const STATUS_CHOICES: readonly HealthKind[] = HEALTH_ORDER;
export const SYNC_CHOICES: readonly SyncKind[] = ['on', 'paused'];
