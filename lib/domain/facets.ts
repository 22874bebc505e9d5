/** How many connections each choice of a filter would show, the other filters being as they are. Pure. */
import {
  addToCounts,
  NO_COUNTS,
  sortName,
  type Connection,
  type HealthCounts,
} from './connection.ts';
import {
  failedFilter,
  hasFilters,
  hasWords,
  haystacksOf,
  kindsOf,
  NO_FLOWS,
  searchWords,
  type Filter,
  type FlowsOf,
  type Query,
  type StatusChoice,
  type SyncKind,
} from './query.ts';
import { ascending, sortedBy } from './sorted-by.ts';
import { tagKey } from './tag.ts';

/** One choice and how many connections it would show. */
export interface FacetCount {
  readonly id: string;
  readonly name: string;
  readonly count: number;
}

export interface Facets {
  /** Those in use, by name; 0 where the other filters leave nothing. */
  readonly providers: readonly FacetCount[];
  /** What "All providers" would show. */
  readonly ofAllProviders: number;
  readonly health: HealthCounts;
  readonly ofAllHealth: number;
  readonly sync: Readonly<Record<SyncKind, number>>;
  readonly ofAllSync: number;
  /** Those in use, by name, whatever their case; `id` is the tag in small letters. */
  readonly tags: readonly FacetCount[];
  /** Those that use one of the connections, by name. */
  readonly flows: readonly FacetCount[];
  readonly ofAllFlows: number;
}

/** How many a choice of status would show. */
export function countOfStatus({ health }: Pick<Facets, 'health'>, choice: StatusChoice): number {
  return kindsOf(choice).reduce((sum, kind) => sum + health[kind], 0);
}

type Counted = Map<string, { readonly id: string; readonly name: string; count: number }>;

/**
 * Counts in one pass: what fails no filter counts everywhere, what fails one counts there alone, and what
 * the text does not find nowhere.
 */
export function countFacets(
  connections: readonly Connection[],
  query: Query,
  flowsOf: FlowsOf = NO_FLOWS,
): Facets {
  const inUse = inUseOf(connections);
  const providers = noneOf(inUse.providers);
  const tags = noneOf(inUse.tags);
  const flows: Counted = new Map();
  const health = { ...NO_COUNTS };
  const sync = { on: 0, paused: 0 };
  let [ofAllProviders, ofAllHealth, ofAllSync, ofAllFlows] = [0, 0, 0, 0];
  const words = searchWords(query.text);
  const isFiltered = hasFilters(query);
  const haystacks = words.length === 0 ? null : haystacksOf(connections);
  for (const [at, connection] of connections.entries()) {
    const isFound = hasWords(haystacks?.[at] ?? '', words);
    const failed = isFound && isFiltered ? failedFilter(connection, query, flowsOf) : null;
    const byFlow = isFound ? counts(failed, 'flow') : 0;
    for (const { id, name } of flowsOf(connection.id)) add(flows, id, name, byFlow);
    // Most are not, and what is in use is known: the rest of them is not even looked at.
    if (!isFound || failed === 'many') continue;
    const byProvider = counts(failed, 'provider');
    add(providers, connection.providerId, connection.provider.name, byProvider);
    ofAllProviders += byProvider;
    const byHealth = counts(failed, 'health');
    addToCounts(health, connection.health, byHealth);
    ofAllHealth += byHealth;
    const bySync = counts(failed, 'sync');
    sync[connection.sync.kind] += bySync;
    ofAllSync += bySync;
    ofAllFlows += byFlow;
    // Where all tags must be there, a further one narrows down what is shown already.
    const byTag = query.tagsMatch === 'all' && failed === 'tags' ? 0 : counts(failed, 'tags');
    for (const tag of connection.tags) add(tags, inUse.tagKeys.get(tag) ?? '', tag, byTag);
  }
  return {
    providers: byName(providers),
    ofAllProviders,
    health,
    ofAllHealth,
    sync,
    ofAllSync,
    tags: byName(tags),
    flows: byName(flows),
    ofAllFlows,
  };
}

/** What the connections of a list have, whatever is asked for. */
interface InUse {
  /** Names by ids. */
  readonly providers: ReadonlyMap<string, string>;
  /** Each as it is first spelled, by its key. */
  readonly tags: ReadonlyMap<string, string>;
  /** The key of each spelling. */
  readonly tagKeys: ReadonlyMap<string, string>;
}

const knownInUse = new WeakMap<readonly Connection[], InUse>();

/** Kept for each list: it does not change, and each letter counts it again. */
function inUseOf(connections: readonly Connection[]): InUse {
  const known = knownInUse.get(connections);
  if (known !== undefined) return known;
  const providers = new Map<string, string>();
  const tags = new Map<string, string>();
  const tagKeys = new Map<string, string>();
  for (const connection of connections) {
    if (!providers.has(connection.providerId))
      providers.set(connection.providerId, connection.provider.name);
    for (const tag of connection.tags) {
      if (tagKeys.has(tag)) continue;
      const key = tagKey(tag);
      tagKeys.set(tag, key);
      if (!tags.has(key)) tags.set(key, tag);
    }
  }
  const inUse = { providers, tags, tagKeys };
  knownInUse.set(connections, inUse);
  return inUse;
}

function noneOf(names: ReadonlyMap<string, string>): Counted {
  return new Map(Array.from(names, ([id, name]) => [id, { id, name, count: 0 }]));
}

/** What a connection adds to the choices of a filter. */
function counts(failed: ReturnType<typeof failedFilter>, filter: Filter): 0 | 1 {
  return failed === null || failed === filter ? 1 : 0;
}

function add(to: Counted, id: string, name: string, by: number): void {
  const entry = to.get(id);
  if (entry === undefined) to.set(id, { id, name, count: by });
  else entry.count += by;
}

function byName(counted: Counted): FacetCount[] {
  return sortedBy(counted.values(), ({ name }) => sortName(name), ascending);
}
