/** Which connections a list shows. Pure; the same for popup and options page. */
import type { ColumnId } from './columns.ts';
import type { Connection, Sync } from './connection.ts';
import { HEALTH_ORDER, type HealthKind } from './health.ts';
import { knownAccounts } from './identity.ts';
import { hasTag } from './tag.ts';

export type SortColumn =
  | 'urgency'
  | 'provider'
  | 'name'
  | 'identity'
  | 'accounts'
  | 'identity-id'
  | 'environment'
  | 'tags'
  | 'flows'
  | 'sync'
  | 'created'
  | 'authorized';

export type SyncKind = Sync['kind'];
export type TagsMatch = 'any' | 'all';

/**
 * Several states under one name. What is about to end is in both: it works, and asks for the person.
 */
export const STATUS_GROUPS = {
  working: ['active', 'expiring', 'unverified'],
  attention: ['reconnect', 'expiring', 'unauthorized'],
} as const satisfies Readonly<Record<string, readonly HealthKind[]>>;

export type StatusGroup = keyof typeof STATUS_GROUPS;
export type StatusChoice = StatusGroup | HealthKind;

/** The states that a choice shows. */
export function kindsOf(choice: StatusChoice): readonly HealthKind[] {
  return choice in STATUS_GROUPS ? STATUS_GROUPS[choice as StatusGroup] : [choice as HealthKind];
}

export interface Query {
  readonly text: string;
  readonly health: StatusChoice | null;
  readonly providerId: string | null;
  /** None: any. Case does not matter. */
  readonly tags: readonly string[];
  /** Whether one of the tags is enough. */
  readonly tagsMatch: TagsMatch;
  readonly sync: SyncKind | null;
  /** One that uses them. */
  readonly flowId: string | null;
  /** `null`: as the settings say; {@link ALL_ENVIRONMENTS}: every one, whatever they say. */
  readonly environmentId: string | null;
  readonly sort: SortColumn;
  readonly descending: boolean;
  /** Whether connections of one provider stand together under a head of their own. */
  readonly isGrouped: boolean;
}

/** Stands where an environment is named, for all of them; no environment has this id. */
export const ALL_ENVIRONMENTS = 'all';

export const ALL: Query = {
  text: '',
  health: null,
  providerId: null,
  tags: [],
  tagsMatch: 'any',
  sync: null,
  flowId: null,
  environmentId: null,
  sort: 'urgency',
  descending: false,
  isGrouped: false,
};

/** Characters that search compares one for one, but for their case: most texts, and no work. */
const PLAIN = /^[\n -\]_a-~]*$/;

export function isPlain(text: string): boolean {
  return PLAIN.test(text);
}

/** A text as search compares it: without case, accents and invisible direction marks. */
export function searchKey(text: string): string {
  if (isPlain(text)) return text.toLowerCase();
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
  return hasWords(haystackOf(connection), searchWords(text));
}

/**
 * @param haystack one of {@link haystacksOf}
 * @param words as {@link searchWords} makes them
 */
export function hasWords(haystack: string, words: readonly string[]): boolean {
  // Written out, as filters are: a function made for each connection costs more than the search.
  for (const word of words) if (!haystack.includes(word)) return false;
  return true;
}

/** A text by which a connection is found. */
export interface SearchedText {
  readonly text: string;
  /** The column of the list that shows it; `null`: none does. */
  readonly column: ColumnId | null;
}

/** All that a search looks at in a connection. */
export function searchedTexts(connection: Connection): readonly SearchedText[] {
  const { name, provider, identity, tags, accounts } = connection;
  return [
    { text: name, column: 'name' },
    { text: provider.name, column: 'provider' },
    { text: identity?.label ?? '', column: 'identity' },
    { text: identity?.workspace ?? '', column: 'identity' },
    { text: identity?.id ?? '', column: 'identity-id' },
    ...tags.map((text) => ({ text, column: 'tags' }) as const),
    ...(knownAccounts(accounts)?.items ?? []).flatMap(({ id, label }) => [
      { text: label, column: null },
      { text: id, column: null },
    ]),
  ];
}

/** Records do not change, so each is prepared once: with ten thousand, a keystroke would feel it. */
const haystacks = new WeakMap<Connection, string>();

function haystackOf(connection: Connection): string {
  const known = haystacks.get(connection);
  if (known !== undefined) return known;
  const haystack = searchKey(
    searchedTexts(connection)
      .map(({ text }) => text)
      .join('\n'),
  );
  haystacks.set(connection, haystack);
  return haystack;
}

/** A letter looks through the same list as the one before it: its texts stand side by side. */
const haystacksOfList = new WeakMap<readonly Connection[], readonly string[]>();

/** What search looks at in each connection of a list, in the list's order. Kept, for lists do not change. */
export function haystacksOf(connections: readonly Connection[]): readonly string[] {
  const known = haystacksOfList.get(connections);
  if (known !== undefined) return known;
  const made = connections.map(haystackOf);
  haystacksOfList.set(connections, made);
  return made;
}

/** Makes what searching will need, ahead of the first letter. */
export function prepareSearch(connections: readonly Connection[]): void {
  for (const connection of connections) haystackOf(connection);
}

export type Filter = 'provider' | 'health' | 'sync' | 'tags' | 'flow';

/** Which flows use a connection, by its id. */
export type FlowsOf = (
  connectionId: string,
) => readonly { readonly id: string; readonly name: string }[];

export const NO_FLOWS: FlowsOf = () => [];

/**
 * Which filter keeps a connection out, whatever its texts say: the one that it fails, `many` where there
 * are several, `null` where it passes.
 * @param flowsOf asked for each connection where the query names a flow
 */
export function failedFilter(
  connection: Connection,
  query: Query,
  flowsOf: FlowsOf = NO_FLOWS,
): Filter | 'many' | null {
  // Written out: this runs ten thousand times at once.
  const { health, providerId, sync, flowId } = query;
  let failed: Filter | null = null;
  if (health !== null && !kindsOf(health).includes(connection.health.kind)) failed = 'health';
  if (providerId !== null && connection.providerId !== providerId) {
    if (failed !== null) return 'many';
    failed = 'provider';
  }
  if (sync !== null && connection.sync.kind !== sync) {
    if (failed !== null) return 'many';
    failed = 'sync';
  }
  if (!matchesTags(connection.tags, query)) {
    if (failed !== null) return 'many';
    failed = 'tags';
  }
  if (flowId !== null && !flowsOf(connection.id).some(({ id }) => id === flowId)) {
    if (failed !== null) return 'many';
    failed = 'flow';
  }
  return failed;
}

function matchesTags(tags: readonly string[], { tags: wanted, tagsMatch }: Query): boolean {
  if (wanted.length === 0) return true;
  const has = (tag: string): boolean => hasTag(tags, tag);
  return tagsMatch === 'all' ? wanted.every(has) : wanted.some(has);
}

/** What a query found, for the next one to begin with. */
export interface Finding {
  readonly among: readonly Connection[];
  readonly query: Query;
  readonly words: readonly string[];
  readonly found: readonly Connection[];
}

/**
 * The connections that a query shows, in the order in which they came.
 * @param before what was found last: a further letter is looked for in that alone
 */
export function find(
  among: readonly Connection[],
  query: Query,
  flowsOf: FlowsOf = NO_FLOWS,
  before: Finding | null = null,
): Finding {
  if (isUnfiltered(query)) return { among, query, words: [], found: among };
  const words = searchWords(query.text);
  const isNarrower =
    before !== null && before.among === among && isWithin(query, words, before.query, before.words);
  const list = isNarrower ? before.found : among;
  const searched = words.length === 0 ? list : withWords(list, words);
  const found = hasFilters(query)
    ? searched.filter((connection) => failedFilter(connection, query, flowsOf) === null)
    : searched;
  return { among, query, words, found };
}

function withWords(list: readonly Connection[], words: readonly string[]): readonly Connection[] {
  const haystacks = haystacksOf(list);
  const found: Connection[] = [];
  const foundHaystacks: string[] = [];
  for (let at = 0; at < list.length; at += 1) {
    const [connection, haystack] = [list[at], haystacks[at]];
    if (connection === undefined || haystack === undefined || !hasWords(haystack, words)) continue;
    found.push(connection);
    foundHaystacks.push(haystack);
  }
  haystacksOfList.set(found, foundHaystacks);
  return found;
}

/** Whether all that a query finds is found by the one before, too. */
function isWithin(
  query: Query,
  words: readonly string[],
  before: Query,
  wordsBefore: readonly string[],
): boolean {
  return (
    query.health === before.health &&
    query.providerId === before.providerId &&
    query.sync === before.sync &&
    // What uses a connection may have changed since.
    query.flowId === null &&
    before.flowId === null &&
    query.tags === before.tags &&
    query.tagsMatch === before.tagsMatch &&
    wordsBefore.every((one) => words.some((word) => word.includes(one)))
  );
}

/** Whether a query leaves nothing out. */
export function isUnfiltered(query: Query): boolean {
  return query.text.trim() === '' && !hasFilters(query);
}

/** Whether anything but its text leaves something out. */
export function hasFilters({ health, providerId, sync, flowId, tags }: Query): boolean {
  return (
    health !== null || providerId !== null || sync !== null || flowId !== null || tags.length > 0
  );
}

export const STATUS_CHOICES: readonly StatusChoice[] = ['working', 'attention', ...HEALTH_ORDER];
export const SYNC_CHOICES: readonly SyncKind[] = ['on', 'paused'];
