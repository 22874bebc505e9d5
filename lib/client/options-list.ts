/** The list of connections as its filters, order and open evidence make it. */
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { countsOf, NO_COUNTS, type Connection, type HealthCounts } from '../domain/connection.ts';
import type { HealthKind } from '../domain/health.ts';
import { ALL, providersInUse, select, type Query, type SortColumn } from '../domain/query.ts';
import { createChecks, type ChecksById } from './options-checks.ts';
import type { Records } from './options-records.ts';
import type { ListRoute, Router } from './route.ts';

export interface ProviderCount {
  readonly id: string;
  readonly name: string;
  readonly count: number;
}

export interface ConnectionList {
  readonly isLoaded: ReadonlySignal<boolean>;
  readonly query: ReadonlySignal<Query>;
  /** How many there are in the chosen environment, whatever the filters say. */
  readonly total: ReadonlySignal<number>;
  readonly counts: ReadonlySignal<HealthCounts>;
  readonly providers: ReadonlySignal<readonly ProviderCount[]>;
  readonly rows: ReadonlySignal<readonly Connection[]>;
  /** Those whose evidence is open. */
  readonly expanded: ReadonlySignal<ReadonlySet<string>>;
  readonly checks: ReadonlySignal<ChecksById>;
  readonly isFiltered: ReadonlySignal<boolean>;
  readonly toggle: (id: string) => void;
  readonly sortBy: (column: SortColumn) => void;
  readonly search: (text: string) => void;
  readonly filterHealth: (kind: HealthKind | null) => void;
  readonly clearFilters: () => void;
  /** Where a choice of provider leads. */
  readonly routeOfProvider: (providerId: string | null) => ListRoute;
}

export function createList(records: Records, router: Router): ConnectionList {
  const query = computed(() => router.list.value.query);
  /** The beginning of the list, as long as it is all that is there and all that is asked for. */
  const beginning = computed(() => {
    const first = records.first.value;
    const isAsked =
      isWholeList(query.value) &&
      first?.settings.environmentId === records.settings.value.environmentId;
    const isThere = records.connections.value === null && isAsked && first.connections.length > 0;
    return isThere ? first : null;
  });
  const inEnvironment = computed(() => {
    const { environmentId } = records.settings.value;
    const all = records.connections.value ?? beginning.value?.connections ?? [];
    return environmentId === null
      ? all
      : all.filter((connection) => connection.environmentId === environmentId);
  });
  const counts = computed(() =>
    beginning.value === null
      ? countHealth(inEnvironment.value)
      : countsOf(beginning.value.totals, records.settings.value.environmentId),
  );
  const expanded = signal<ReadonlySet<string>>(new Set());
  const change = (changes: Partial<Query>, step: 'go' | 'replace'): void => {
    const route = router.list.value;
    router[step]({ ...route, query: { ...route.query, ...changes } });
  };
  return {
    isLoaded: computed(() => records.connections.value !== null || beginning.value !== null),
    query,
    total: computed(() => Object.values(counts.value).reduce((sum, n) => sum + n, 0)),
    counts,
    providers: computed(() => providersInUse(inEnvironment.value)),
    rows: computed(() => select(inEnvironment.value, query.value)),
    expanded,
    checks: createChecks(
      records,
      computed(() => [...expanded.value]),
    ),
    isFiltered: computed(
      () =>
        query.value.text.trim() !== '' ||
        query.value.health !== null ||
        query.value.providerId !== null,
    ),
    toggle(id) {
      const next = new Set(expanded.value);
      if (!next.delete(id)) next.add(id);
      expanded.value = next;
    },
    sortBy(column) {
      change(nextSort(query.value, column), 'replace');
    },
    // Each letter is not a step that "Back" should take.
    search: (text) => change({ text }, 'replace'),
    filterHealth: (health) => change({ health }, 'go'),
    clearFilters: () => change({ text: '', health: null, providerId: null }, 'go'),
    routeOfProvider: (providerId) => ({
      ...router.list.value,
      query: { ...query.value, providerId },
    }),
  };
}

function isWholeList(query: Query): boolean {
  return Object.entries(ALL).every(([name, value]) => query[name as keyof Query] === value);
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
  for (const { health } of connections) counts[health.kind] += 1;
  return counts;
}
