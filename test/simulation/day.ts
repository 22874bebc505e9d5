/** A day in the life of many connections, and of a poller that knows no manners. */
import { chanceOf } from '../support/chance.ts';
import { SERVICES, type ServiceName } from './providers.ts';
import { MINUTE, simWorld, type SimWorld } from './world.ts';

const PERIOD_MINUTES = 15;
const DAY_MINUTES = 24 * 60;

/** What one kind of day is like: minutes asleep, and who has a bad time when. */
export interface Day {
  readonly name: string;
  readonly sleeps: readonly { readonly at: number; readonly minutes: number }[];
  readonly outages: readonly {
    readonly at: number;
    readonly minutes: number;
    readonly service: ServiceName;
    readonly fault: 'page-503' | 'limit-429' | 'timeout';
  }[];
}

export const DAYS: readonly Day[] = [
  { name: 'a calm day', sleeps: [], outages: [] },
  {
    name: 'two outages: one service down for three hours, another limits all for one',
    sleeps: [],
    outages: [
      { at: 120, minutes: 180, service: 'cloud', fault: 'page-503' },
      { at: 600, minutes: 60, service: 'keys', fault: 'limit-429' },
    ],
  },
  {
    name: 'a laptop: asleep for eight hours, then for half of each hour',
    sleeps: [
      { at: 0, minutes: 480 },
      ...Array.from({ length: 15 }, (_, hour) => ({ at: 510 + hour * 60, minutes: 30 })),
    ],
    outages: [],
  },
];

export interface DayCount {
  readonly total: number;
  /** Of these, renewals of tokens, without which half of the connections would end within the hour. */
  readonly renewals: number;
  readonly worstMinute: number;
  readonly wakes: number;
}

/** Half of them renew themselves, some are metered. */
function servicesOf(count: number): ServiceName[] {
  const [cloud, keys, meter] = SERVICES;
  return Array.from({ length: count }, (_, at) => (at % 20 === 0 ? meter : at % 2 ? cloud : keys));
}

/** Lives through a day with Patchbay. */
export async function liveDay(day: Day, count: number): Promise<DayCount> {
  const world = await simWorld({
    services: servicesOf(count),
    periodMinutes: PERIOD_MINUTES,
    chance: chanceOf(count),
  });
  try {
    const begunAt = world.now();
    const until = (minute: number): Promise<void> =>
      world.advance(Math.max(0, begunAt + minute * MINUTE - world.now()));
    for (const event of eventsOf(day)) {
      await until(event.at);
      await event.take(world);
    }
    await until(DAY_MINUTES);
    await world.inspect(day.name);
    if (world.violations.length > 0) throw new Error(world.violations.join('\n'));
    return {
      total: world.tally.requests,
      renewals: world.tally.renewals,
      worstMinute: Math.max(0, ...world.byMinute.values()),
      wakes: world.tally.wakes,
    };
  } finally {
    world.close();
  }
}

function eventsOf({ sleeps, outages }: Day) {
  return [
    ...sleeps.map(({ at, minutes }) => ({
      at,
      take: (world: SimWorld) => world.sleep(minutes * MINUTE),
    })),
    ...outages.map(({ at, minutes, service, fault }) => ({
      at,
      take: async (world: SimWorld) => world.fault(service, fault, minutes * MINUTE),
    })),
  ].toSorted((a, b) => a.at - b.at);
}

/** What a poller would do that asks all of them each period, and again once the laptop wakes. */
export function naiveDay({ sleeps }: Day, count: number): DayCount {
  const isAsleep = (minute: number): boolean =>
    sleeps.some(({ at, minutes }) => minute >= at && minute < at + minutes);
  let wakes = 0;
  let last = -PERIOD_MINUTES;
  for (let minute = 0; minute < DAY_MINUTES; minute++) {
    if (isAsleep(minute) || minute - last < PERIOD_MINUTES) continue;
    last = minute;
    wakes += 1;
  }
  return { total: wakes * count, renewals: 0, worstMinute: count, wakes };
}

const COLUMNS = [
  'connections',
  'the day',
  'requests',
  'of these renewals',
  'worst minute',
  'wakings',
  'naive: requests',
  'naive: worst minute',
  'naive: wakings',
];

/** One line of the table, cell by cell. */
export function rowOf(day: Day, count: number, ours: DayCount, naive: DayCount): string[] {
  return [
    count,
    day.name,
    ours.total,
    ours.renewals,
    ours.worstMinute,
    ours.wakes,
    naive.total,
    naive.worstMinute,
    naive.wakes,
  ].map(String);
}

/** The lines of a page as {@link rowOf} writes them. */
export function rowsIn(page: string): string[][] {
  return page
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** The page of the documentation. */
export function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = COLUMNS.map((head, at) =>
    Math.max(head.length, ...rows.map((row) => (row[at] ?? '').length)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  return [
    '# The requests of a day',
    '',
    '<!-- Written by test/simulation/day.test.ts: PATCHBAY_DEEP=1 npx vitest run --project unit test/simulation/day.test.ts -u -->',
    '',
    'What Patchbay sends in 24 simulated hours, with the real engine over simulated services, a period of 15 minutes and half of the connections renewing an hourly token; and what a poller would send that asks about all of them each period and knows no back-off. It renews nothing, so half of its connections would end within the hour.',
    '',
    'Patchbay asks a little more often than once a period, because an end must be seen within one: the next check counts with the random part and with the wait for the next waking. It wakes up to once a minute, where the naive poller wakes four times an hour and sends everything in one burst. Metered connections (one in twenty) are asked about twelve times less often.',
    '',
    line(COLUMNS),
    `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`,
    ...rows.map(line),
    '',
  ].join('\n');
}
