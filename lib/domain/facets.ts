/** How many connections each choice of a filter would show, the other filters being as they are. Pure. */
import { NO_COUNTS, sortName, type Connection, type HealthCounts } from './connection.ts';
import {
  failedFilter,
  hasFilters,
  hasWords,
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
  const providers: Counted = new Map();
  const tags: Counted = new Map();
  const tagKeys = new Map<string, string>();
  const flows: Counted = new Map();
  const health = { ...NO_COUNTS };
  const sync = { on: 0, paused: 0 };
  let [ofAllProviders, ofAllHealth, ofAllSync, ofAllFlows] = [0, 0, 0, 0];
  const words = searchWords(query.text);
  const isFiltered = hasFilters(query);
  for (const connection of connections) {
    const failed = !hasWords(connection, words)
      ? 'many'
      : isFiltered
        ? failedFilter(connection, query, flowsOf)
        : null;
    const byProvider = counts(failed, 'provider');
    add(providers, connection.providerId, connection.provider.name, byProvider);
    ofAllProviders += byProvider;
    const byHealth = counts(failed, 'health');
    health[connection.health.kind] += byHealth;
    ofAllHealth += byHealth;
    const bySync = counts(failed, 'sync');
    sync[connection.sync.kind] += bySync;
    ofAllSync += bySync;
    const byFlow = counts(failed, 'flow');
    for (const { id, name } of flowsOf(connection.id)) add(flows, id, name, byFlow);
    ofAllFlows += byFlow;
    // Where all tags must be there, a further one narrows down what is shown already.
    const byTag = query.tagsMatch === 'all' && failed === 'tags' ? 0 : counts(failed, 'tags');
    for (const tag of connection.tags) {
      // Made once for each spelling: the same few come thousands of times.
      const key = tagKeys.get(tag) ?? tagKey(tag);
      tagKeys.set(tag, key);
      add(tags, key, tag, byTag);
    }
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
