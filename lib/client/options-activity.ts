/** What happened, as the page "Activity" shows it: a part of it at a time, following every commit. */
import { computed, effect, signal, untracked, type ReadonlySignal } from '@preact/signals';
import { ALL_ACTIVITY, type Activity, type ActivityFilter } from '../domain/activity.ts';
import type { Connection } from '../domain/connection.ts';
import { dayOf, lastDays, type DayState, type DayStrip } from '../domain/day-strip.ts';
import { codeOf, type ErrorCode } from '../domain/errors.ts';
import { ascending, sortedBy } from '../domain/sorted-by.ts';
import type { ChangedKind } from '../rpc/changes.ts';
import { readActivity } from '../store/activity.ts';
import { readStrip } from '../store/strips.ts';
import { oneAtATime } from './one-at-a-time.ts';
import type { OptionsDeps } from './options-deps.ts';
import type { Records } from './options-records.ts';
import type { Router } from './route.ts';

/** What happened on one day, the newest first. */
export interface ActivityDay {
  readonly day: number;
  readonly lines: readonly Activity[];
}

export interface ActivityLog {
  readonly filter: ReadonlySignal<ActivityFilter>;
  /** The newest day first; `null` until it was read. */
  readonly days: ReadonlySignal<readonly ActivityDay[] | null>;
  /** Whether there is more than is shown. */
  readonly hasMore: ReadonlySignal<boolean>;
  readonly trouble: ReadonlySignal<ErrorCode | null>;
  /** Those of the connections that there are, by name. */
  readonly providers: ReadonlySignal<readonly { readonly id: string; readonly name: string }[]>;
  readonly narrow: (filter: Partial<ActivityFilter>) => void;
  readonly more: () => Promise<void>;
  /** The last 90 days of a connection whose details are open, the oldest first. */
  readonly stripOf: (connection: Connection, now: number) => readonly DayState[];
}

const PAGE_SIZE = 100;
/** Commits of these may have written a line. */
const FOLLOWED: readonly ChangedKind[] = ['activity', 'connections', 'deletions', 'settings'];

export function createActivity(
  { database, onChange }: Pick<OptionsDeps, 'database' | 'onChange'>,
  router: Router,
  records: Pick<Records, 'connections'>,
  openedId: ReadonlySignal<string | null>,
): ActivityLog {
  const filter = computed(() => {
    const route = router.route.value;
    return route.kind === 'activity' ? route.filter : ALL_ACTIVITY;
  });
  const isShown = computed(() => router.route.value.kind === 'activity');
  const lines = signal<readonly Activity[] | null>(null);
  const hasMore = signal(false);
  const trouble = signal<ErrorCode | null>(null);
  let wanted = PAGE_SIZE;
  const load = oneAtATime(async () => {
    try {
      const page = await readActivity(await database(), filter.peek(), null, wanted);
      lines.value = page.lines;
      hasMore.value = page.before !== null;
      trouble.value = null;
    } catch (thrown) {
      trouble.value = codeOf(thrown);
    }
  });
  effect(() => {
    void filter.value;
    if (!isShown.value) return;
    wanted = PAGE_SIZE;
    untracked(() => void load());
  });
  onChange(({ kinds }) => {
    if (isShown.value && kinds.some((kind) => FOLLOWED.includes(kind))) void load();
  });
  return {
    filter,
    days: computed(() => lines.value && byDay(lines.value)),
    hasMore,
    trouble,
    providers: computed(() => providersOf(records.connections.value ?? [])),
    narrow(narrower) {
      router.replace({ kind: 'activity', filter: { ...filter.value, ...narrower } });
    },
    more() {
      wanted += PAGE_SIZE;
      return load();
    },
    stripOf: createStrip(database, records, openedId),
  };
}

function byDay(lines: readonly Activity[]): ActivityDay[] {
  const days: { day: number; lines: Activity[] }[] = [];
  for (const line of lines) {
    const day = dayOf(line.at);
    const last = days.at(-1);
    if (last?.day === day) last.lines.push(line);
    else days.push({ day, lines: [line] });
  }
  return days;
}

function providersOf(
  connections: readonly Connection[],
): readonly { readonly id: string; readonly name: string }[] {
  const names = new Map(connections.map((one) => [one.providerId, one.provider.name]));
  const all = [...names].map(([id, name]) => ({ id, name }));
  return sortedBy(all, ({ name }) => name.toLowerCase(), ascending);
}

function createStrip(
  database: OptionsDeps['database'],
  records: Pick<Records, 'connections'>,
  openedId: ReadonlySignal<string | null>,
): ActivityLog['stripOf'] {
  const strip = signal<DayStrip | undefined>(undefined);
  const read = oneAtATime(async () => {
    const id = openedId.peek();
    strip.value = id === null ? undefined : await readStrip(await database(), id);
  });
  effect(() => {
    // A commit that marked a day has changed its connection too.
    void records.connections.value;
    void openedId.value;
    // What cannot be read is said by the records, which read the same database.
    untracked(() => void read().catch(() => undefined));
  });
  return (connection, now) => {
    const { value } = strip;
    return lastDays(value?.connectionId === connection.id ? value : undefined, connection, now);
  };
}
