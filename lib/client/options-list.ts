/** The list of connections as its filters, order and open evidence make it. */
import { batch, computed, effect, signal, untracked, type ReadonlySignal } from '@preact/signals';
import {
  addToCounts,
  countsOf,
  NO_COUNTS,
  sortName,
  totalOf,
  type Connection,
  type HealthCounts,
} from '../domain/connection.ts';
import type { Environment } from '../domain/environment.ts';
import { countFacets, type Facets } from '../domain/facets.ts';
import { groupByProvider, itemsOf, type ListItem } from '../domain/groups.ts';
import {
  ALL,
  find,
  haystacksOf,
  isUnfiltered,
  prepareSearch,
  type Finding,
  type Query,
  type SortColumn,
} from '../domain/query.ts';
import { inOrder } from '../domain/query-order.ts';
import { toggled } from '../domain/toggled.ts';
import { environmentShown } from './environment-choice.ts';
import { environmentName } from './environments.ts';
import type { FlowRegister } from './flow-register.ts';
import { createChecks, type ChecksById } from './options-checks.ts';
import type { Records } from './options-records.ts';
import type { ListRoute, Router } from './route.ts';

export interface ConnectionList {
  readonly isLoaded: ReadonlySignal<boolean>;
  readonly query: ReadonlySignal<Query>;
  /** How many there are in the chosen environment, whatever the filters say. */
  readonly total: ReadonlySignal<number>;
  /** What "Check all" means; none: everything in the environment of the settings. */
  readonly idsToCheck: () => readonly string[];
  readonly counts: ReadonlySignal<HealthCounts>;
  /** How many each choice of each filter would show; of none until {@link isCounted}. */
  readonly facets: ReadonlySignal<Facets>;
  readonly isCounted: ReadonlySignal<boolean>;
  /** What the address names, or else the setting; `null`: all. */
  readonly environmentId: ReadonlySignal<string | null>;
  /** How many the query would show in the other environments; counted only where somebody looks. */
  readonly elsewhere: ReadonlySignal<number>;
  readonly rows: ReadonlySignal<readonly Connection[]>;
  /** {@link rows} as they stand in the table: with the heads of groups, without what is collapsed. */
  readonly items: ReadonlySignal<readonly ListItem[]>;
  readonly toggleGroup: (providerId: string) => void;
  readonly group: (isGrouped: boolean) => void;
  /** Those whose evidence is open. */
  readonly expanded: ReadonlySignal<ReadonlySet<string>>;
  readonly checks: ReadonlySignal<ChecksById>;
  readonly isFiltered: ReadonlySignal<boolean>;
  readonly toggle: (id: string) => void;
  readonly sortBy: (column: SortColumn) => void;
  readonly search: (text: string) => void;
  /** To be called when the person is about to search. */
  readonly prepareSearch: () => void;
  /** Changes filters as one step that "Back" takes back. */
  readonly filter: (changes: Partial<Query>) => void;
  /** The environment stays: it is where one looks, not what for. */
  readonly clearFilters: () => void;
  /** Where a choice of provider leads. */
  readonly routeOfProvider: (providerId: string | null) => ListRoute;
}

const NO_GROUPS: ReadonlySet<string> = new Set();

/** How many connections are prepared for searching at a time: a few milliseconds of work. */
const PREPARED_AT_ONCE = 1000;

/**
 * @param flows looked at where a query asks about them, and to count them
 * @param afterPaint calls back once what has changed can be seen; at once unless given
 */
export function createList(
  records: Records,
  router: Router,
  flows: Pick<FlowRegister, 'all' | 'trouble' | 'of'>,
  afterPaint: (run: () => void) => void = (run) => run(),
): ConnectionList {
  const query = computed(() => router.list.value.query);
  const environmentId = computed(() => environmentShown(query.value.environmentId, records));
  /** The beginning of the list, as long as it is all that is there and all that is asked for. */
  const beginning = computed(() => {
    const first = records.first.value;
    const isAsked =
      isWholeList(query.value) && first?.settings.environmentId === environmentId.value;
    const isThere = records.connections.value === null && isAsked && first.connections.length > 0;
    return isThere ? first : null;
  });
  const inEnvironment = computed(() => {
    const shown = environmentId.value;
    const all = records.connections.value ?? beginning.value?.connections ?? [];
    return shown === null ? all : all.filter((connection) => connection.environmentId === shown);
  });
  const counts = computed(() =>
    beginning.value === null
      ? countHealth(inEnvironment.value)
      : countsOf(beginning.value.totals, environmentId.value),
  );
  const { facets, isCounted } = followFacets(inEnvironment, query, records, flows, afterPaint);
  const prepare = (from: number): void => {
    const some = inEnvironment.peek().slice(from, from + PREPARED_AT_ONCE);
    prepareSearch(some);
    if (some.length > 0) afterPaint(() => prepare(from + PREPARED_AT_ONCE));
    else haystacksOf(inEnvironment.peek());
  };
  const expanded = signal<ReadonlySet<string>>(new Set());
  const collapsed = signal(NO_GROUPS);
  // What is found shall be seen, whatever was collapsed; afterwards the groups are as they were.
  const collapsedInSearch = signal(NO_GROUPS);
  const typed = computed(() => query.value.text.trim());
  effect(() => {
    void typed.value;
    collapsedInSearch.value = NO_GROUPS;
  });
  const collapsedNow = computed(() => (typed.value === '' ? collapsed : collapsedInSearch));
  // Looked at by the order alone that needs it, so that no other is made anew by it.
  const environmentKey = computed(() => environmentKeys(records.environments.value));
  let finding: Finding | null = null;
  const found = computed(() => {
    finding = find(inEnvironment.value, query.value, flows.of, finding);
    return finding.found;
  });
  const rows = computed(() =>
    inOrder(found.value, query.value, {
      flowsOf: flows.of,
      environment: (connection) => environmentKey.value(connection),
    }),
  );
  const isGrouped = computed(() => query.value.isGrouped);
  /** Until the flows were read, one that is asked for is not known to be used by nobody. */
  const canAskFlows = computed(
    () => query.value.flowId === null || flows.all.value !== null || flows.trouble.value !== null,
  );
  const items = computed<readonly ListItem[]>(() =>
    isGrouped.value ? itemsOf(groupByProvider(rows.value), collapsedNow.value.value) : rows.value,
  );
  const change = (changes: Partial<Query>, step: 'go' | 'replace'): void => {
    const route = router.list.value;
    router[step]({ ...route, query: { ...route.query, ...changes } });
  };
  return {
    isLoaded: computed(() =>
      records.connections.value === null ? beginning.value !== null : canAskFlows.value,
    ),
    query,
    total: computed(() => totalOf(counts.value)),
    idsToCheck: () =>
      environmentId.value === records.settings.value.environmentId
        ? []
        : inEnvironment.value.map(({ id }) => id),
    counts,
    facets,
    isCounted,
    prepareSearch: () => prepare(0),
    environmentId,
    elsewhere: computed(() => {
      const shown = environmentId.value;
      if (shown === null) return 0;
      const others = (records.connections.value ?? []).filter((one) => one.environmentId !== shown);
      return find(others, query.value, flows.of).found.length;
    }),
    rows,
    items,
    expanded,
    checks: createChecks(
      records,
      computed(() => [...expanded.value]),
    ),
    isFiltered: computed(() => !isUnfiltered(query.value)),
    toggle(id) {
      expanded.value = toggled(expanded.value, id);
    },
    toggleGroup(providerId) {
      const shown = collapsedNow.value;
      shown.value = toggled(shown.value, providerId);
    },
    group: (grouped) => change({ isGrouped: grouped }, 'replace'),
    sortBy(column) {
      change(nextSort(query.value, column), 'replace');
    },
    // Each letter is not a step that "Back" should take.
    search: (text) => change({ text }, 'replace'),
    filter: (changes) => change(changes, 'go'),
    clearFilters() {
      const { environmentId: named, sort, descending, isGrouped } = query.value;
      change({ ...ALL, environmentId: named, sort, descending, isGrouped }, 'go');
    },
    routeOfProvider: (providerId) => ({
      ...router.list.value,
      query: { ...query.value, providerId },
    }),
  };
}

/**
 * Counts again after each change, once the rows are to be seen: the numbers beside the filters may
 * come a frame later than what was searched for.
 */
function followFacets(
  connections: ReadonlySignal<readonly Connection[]>,
  query: ReadonlySignal<Query>,
  records: Pick<Records, 'connections'>,
  flows: Pick<FlowRegister, 'all' | 'trouble' | 'of'>,
  afterPaint: (run: () => void) => void,
): Pick<ConnectionList, 'facets' | 'isCounted'> {
  // Of the beginning alone they would be wrong; and all filters come at once, so that none moves.
  const isKnown = computed(
    () =>
      records.connections.value !== null &&
      (flows.all.value !== null || flows.trouble.value !== null),
  );
  const count = (): Facets =>
    countFacets(isKnown.value ? connections.value : [], query.value, flows.of);
  const facets = signal(untracked(count));
  const isCounted = signal(isKnown.peek());
  // In another order the numbers are the same.
  const filters = computed(() => {
    const { text, health, providerId, sync, flowId, tags, tagsMatch } = query.value;
    return JSON.stringify([text, health, providerId, sync, flowId, tags, tagsMatch]);
  });
  let isPlanned = false;
  effect(() => {
    void [filters.value, connections.value, isKnown.value, flows.all.value];
    if (isPlanned) return;
    isPlanned = true;
    afterPaint(() => {
      isPlanned = false;
      batch(() => {
        facets.value = untracked(count);
        isCounted.value = isKnown.peek();
      });
    });
  });
  return { facets, isCounted };
}

/** Environments by the names that a person sees. */
function environmentKeys(environments: readonly Environment[]): (connection: Connection) => string {
  const names = new Map(environments.map((one) => [one.id, sortName(environmentName(one))]));
  return ({ environmentId }) => names.get(environmentId) ?? environmentId;
}

/** Whether a query asks for all of an environment, in the order of the store's list. */
function isWholeList(query: Query): boolean {
  const { sort, descending, isGrouped } = query;
  return isUnfiltered(query) && sort === ALL.sort && !descending && !isGrouped;
}

/** Ascending, then descending, then back to the order of urgency. */
function nextSort(query: Query, column: SortColumn): Pick<Query, 'sort' | 'descending'> {
  if (query.sort !== column) return { sort: column, descending: false };
  return query.descending
    ? { sort: ALL.sort, descending: false }
    : { sort: column, descending: true };
}

function countHealth(connections: readonly Connection[]): HealthCounts {
  const counts = { ...NO_COUNTS };
  for (const { health } of connections) addToCounts(counts, health, 1);
  return counts;
}
