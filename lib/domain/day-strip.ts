/**
 * The last 90 days of a connection: of each day the worst that was seen of it. Moved by the same
 * changes that move the connection, and only where a day's mark changes by them. Pure.
 */
import type { Connection, ConnectionChange } from './connection.ts';
import type { Doubt } from './health.ts';
import { changedAt } from './activity.ts';

/** From the best to the worst; `unwatched`: nobody asked, or nobody could. */
export const DAY_STATES = ['unwatched', 'good', 'paused', 'doubt', 'broken'] as const;
export type DayState = (typeof DAY_STATES)[number];

export const STRIP_DAYS = 90;

/** As stored: a digit a day, its place in {@link DAY_STATES}. */
export interface DayStrip {
  readonly connectionId: string;
  /** The day of the last digit, as {@link dayOf} numbers them. */
  readonly lastDay: number;
  readonly states: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** The calendar day of a moment in the time zone of the machine, as a number; days follow one another. */
export function dayOf(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY_MS;
}

/** Noon of such a day, epoch ms: for writing its date. */
export function noonOf(day: number): number {
  const date = new Date(day * DAY_MS);
  return new Date(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), 12).getTime();
}

/** What says nothing of the connection: this computer could not ask, or has not asked twice yet. */
const UNWATCHED: readonly Doubt[] = ['suspect', 'unchecked', 'offline', 'permission-missing'];

/** What a connection's record says of the day at which it was looked at. */
export function dayState({ health, sync }: Pick<Connection, 'health' | 'sync'>): DayState {
  switch (health.kind) {
    case 'unauthorized':
      return 'unwatched';
    case 'reconnect':
      return 'broken';
    case 'unverified':
      return UNWATCHED.includes(health.doubt) ? 'unwatched' : 'doubt';
    case 'active':
    case 'expiring':
      return sync.kind === 'paused' ? 'paused' : 'good';
  }
}

/** A mark to be made on a strip. */
export interface DayMark {
  readonly connectionId: string;
  readonly day: number;
  readonly state: DayState;
  /** What the days are that nobody looked at since the last mark. */
  readonly since: DayState;
}

/** The mark that a change makes; `null` for nearly all: the first look of a day, or a worse one, makes one. */
export function markOf({ before, after }: ConnectionChange): DayMark | null {
  if (after === null) return null;
  const state = dayState(after);
  const day = dayOf(changedAt(after));
  // Only the person can mend it, so it was broken whether or not anybody looked.
  const wasBroken = before?.health.kind === 'reconnect';
  const mark = {
    connectionId: after.id,
    day,
    state: wasBroken ? 'broken' : state,
    since: wasBroken ? 'broken' : 'unwatched',
  } as const;
  if (state === 'unwatched') return null;
  if (before === null) return mark;
  const isFirst =
    after.checkedAt !== before.checkedAt &&
    (before.checkedAt === null || dayOf(before.checkedAt) !== day);
  return isFirst || place(state) > place(dayState(before)) ? mark : null;
}

function place(state: DayState): number {
  return DAY_STATES.indexOf(state);
}

/** A strip with one more mark; of a day the worst stays. */
export function marked(strip: DayStrip | undefined, mark: DayMark): DayStrip {
  const { connectionId, day } = mark;
  const digit = String(place(mark.state));
  if (strip === undefined || day - strip.lastDay > STRIP_DAYS)
    return { connectionId, lastDay: day, states: digit };
  if (day > strip.lastDay) {
    const gap = String(place(mark.since)).repeat(day - strip.lastDay - 1);
    return { ...strip, lastDay: day, states: (strip.states + gap + digit).slice(-STRIP_DAYS) };
  }
  const at = strip.states.length - 1 - (strip.lastDay - day);
  if (at < 0 || Number(strip.states[at]) >= place(mark.state)) return strip;
  return { ...strip, states: strip.states.slice(0, at) + digit + strip.states.slice(at + 1) };
}

/** The last 90 days, oldest first, today the last; today is no better than the connection is now. */
export function lastDays(
  strip: DayStrip | undefined,
  connection: Connection,
  now: number,
): readonly DayState[] {
  const today = dayOf(now);
  const isBroken = connection.health.kind === 'reconnect';
  const lastDay = strip?.lastDay ?? today - STRIP_DAYS;
  const states = [...(strip?.states ?? '')].map((digit) => DAY_STATES[Number(digit)]);
  const days = Array.from({ length: STRIP_DAYS }, (_, at): DayState => {
    const day = today - STRIP_DAYS + 1 + at;
    if (day > lastDay) return isBroken && brokeBy(connection, day) ? 'broken' : 'unwatched';
    return states[states.length - 1 - (lastDay - day)] ?? 'unwatched';
  });
  const isOfToday = connection.checkedAt !== null && dayOf(connection.checkedAt) === today;
  const current = isOfToday ? dayState(connection) : 'unwatched';
  const last = days.at(-1) ?? 'unwatched';
  return place(current) > place(last) ? [...days.slice(0, -1), current] : days;
}

function brokeBy({ health }: Connection, day: number): boolean {
  return health.kind === 'reconnect' && dayOf(health.since) <= day;
}

/** How many days there are of each state. */
export function countDays(days: readonly DayState[]): Readonly<Record<DayState, number>> {
  const counts = { unwatched: 0, good: 0, paused: 0, doubt: 0, broken: 0 };
  for (const day of days) counts[day] += 1;
  return counts;
}
