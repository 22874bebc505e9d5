/** When the next check of a connection is due. Pure: chance comes in as a number. */
import type { Connection } from './connection.ts';
import { isSuspect } from './health.ts';
import type { Verdict } from './verdict.ts';

const MINUTE = 60_000;

/** A key that was refused is asked about again after this long before anything is said. */
export const CONFIRM_AFTER_MS = 5_000;

/** Metered calls are made so many times less often. */
const METERED_FACTOR = 12;

/** No connection that is in trouble is asked about again sooner. */
const BACK_OFF_MIN_MS = 30_000;

/** A refresh happens at most this long before the end of an access token, or a fifth of its life. */
const REFRESH_LEAD_MAX_MS = 15 * MINUTE;

export interface Pace {
  readonly periodMs: number;
  readonly isMetered: boolean;
  /** 0 ≤ chance < 1, drawn by the caller: spreads checks so that they do not march in step. */
  readonly chance: number;
}

/**
 * What falls due within this long is asked about in one waking: browsers wake a background no more
 * often than every half minute, and each waking costs a laptop more than a request.
 */
export function wakeWindow(periodMs: number): number {
  return Math.max(30_000, periodMs / 15);
}

/** The longest between two checks, so that with the window of the waking it is one period. */
function longest({ periodMs, isMetered }: Pace): number {
  return periodMs * (isMetered ? METERED_FACTOR : 1) - wakeWindow(periodMs);
}

/**
 * When to ask next, after a verdict.
 * @param notBefore what the provider asked for beside its answer, epoch ms
 * @returns epoch ms, or `null` when asking again can tell nothing new
 */
export function nextCheckAt(
  connection: Pick<Connection, 'health' | 'troubles' | 'methodKind'> &
    Partial<Pick<Connection, 'nextCheckAt'>>,
  verdict: Verdict | null,
  pace: Pace,
  now: number,
  notBefore: number | null = null,
): number | null {
  const { health } = connection;
  const wanted = ownTime(connection.nextCheckAt, pace, now) + longest(pace) * spread(pace);
  const steady = Math.max(wanted, notBefore ?? 0);
  switch (health.kind) {
    case 'unauthorized':
      return null;
    case 'reconnect':
      // A refused key may be accepted again (a mistake at the source undone); a dead grant never is.
      return health.reason === 'key-rejected' ? Math.max(steady, askedFor(verdict)) : null;
    case 'active':
    case 'expiring':
      // The news of an end stays through trouble, which is waited out all the same.
      return verdict?.kind === 'provider-trouble'
        ? backOff(connection, verdict, pace, now)
        : steady;
    case 'unverified':
      return health.doubt === 'suspect'
        ? now + CONFIRM_AFTER_MS
        : backOff(connection, verdict, pace, now);
  }
}

/**
 * The moment that the next check counts from: when this one was due, not when a waking came to it.
 * Otherwise whoever was asked in one waking would be asked together ever after.
 */
function ownTime(dueAt: number | null | undefined, { periodMs }: Pace, now: number): number {
  const isOnTime =
    typeof dueAt === 'number' && dueAt <= now && now - dueAt <= 2 * wakeWindow(periodMs);
  return isOnTime ? dueAt : now;
}

/** More than the window of a waking apart, so that those who fell together part again. */
function spread({ chance }: Pace): number {
  return 0.92 + 0.08 * chance;
}

/**
 * Full jitter: anywhere up to a bound that doubles with each failure, and never beyond one period.
 * What the provider asked for comes first, with some chance on top: those who were all told the same
 * moment must not all come at it.
 */
function backOff(
  { troubles }: Pick<Connection, 'troubles'>,
  verdict: Verdict | null,
  pace: Pace,
  now: number,
): number {
  // A call that costs is not made more often because it failed.
  const least = pace.isMetered ? pace.periodMs : BACK_OFF_MIN_MS;
  const bound = jitterBound(troubles, longest(pace));
  const wait = least + Math.max(0, bound - least) * pace.chance;
  const asked = askedFor(verdict);
  return Math.max(now + wait, asked === 0 ? 0 : asked + BACK_OFF_MIN_MS * pace.chance);
}

/** When the provider asked to be left alone until, epoch ms; 0 when it did not. */
function askedFor(verdict: Verdict | null): number {
  return verdict?.kind === 'provider-trouble' ? (verdict.retryAt ?? 0) : 0;
}

/** The bound that a random wait is drawn under after so many failures in a row. */
export function jitterBound(failures: number, mostMs: number): number {
  return Math.min(mostMs, MINUTE * 2 ** Math.min(failures, 10));
}

/** The first check of a connection that has just been proven, spread over one period. */
export function firstCheckAt(pace: Pace, now: number): number {
  return now + (pace.periodMs - wakeWindow(pace.periodMs)) * (0.5 + 0.5 * pace.chance);
}

/** What is overdue by more than this was not asked about because nobody was awake. */
const ASLEEP_AFTER_MS = 10 * MINUTE;

/** So many are asked about at once after a sleep without anybody calling it a storm. */
const AT_ONCE = 12;

/**
 * After a sleep, everything is due in the same second. The first few are asked about at once, the
 * others one after another over a short window: a quarter of a period, at most five minutes.
 * @param overdue in the order in which they are to be asked about
 * @returns when to ask about each of those that have to wait; empty when nobody slept
 */
export function spreadAfterSleep<C extends Pick<Connection, 'nextCheckAt'>>(
  overdue: readonly C[],
  periodMs: number,
  now: number,
): Map<C, number> {
  const hasSlept = overdue.some(({ nextCheckAt: at }) => (at ?? now) < now - ASLEEP_AFTER_MS);
  const waiting = hasSlept ? overdue.slice(AT_ONCE) : [];
  const window = Math.min(periodMs / 4, 5 * MINUTE);
  return new Map(waiting.map((one, place) => [one, now + (window * (place + 1)) / waiting.length]));
}

/** Who is asked about first when many wait: refused once, then a token that is about to end, then by age. */
export function byNeed(
  { health: a, nextCheckAt: aAt, grant: aGrant }: Waiting,
  { health: b, nextCheckAt: bAt, grant: bGrant }: Waiting,
  now: number,
): number {
  return need(a, aGrant, now) - need(b, bGrant, now) || (aAt ?? 0) - (bAt ?? 0);
}

type Waiting = Pick<Connection, 'health' | 'nextCheckAt' | 'grant'>;

function need(health: Connection['health'], grant: Connection['grant'], now: number): number {
  if (isSuspect(health)) return 0;
  const endsAt = grant?.accessEndsAt ?? null;
  return endsAt !== null && endsAt > now && endsAt - now < REFRESH_LEAD_MAX_MS ? 1 : 2;
}

/**
 * Whether an access token should be renewed before it is used: it ended, or is so near its end that
 * it may end on the way.
 * @param obtainedAt when the token was obtained, epoch ms
 */
export function needsRefresh(
  token: { readonly accessEndsAt: number | null; readonly obtainedAt: number },
  now: number,
): boolean {
  const { accessEndsAt, obtainedAt } = token;
  if (accessEndsAt === null) return false;
  const life = Math.max(0, accessEndsAt - obtainedAt);
  return accessEndsAt - now <= Math.min(REFRESH_LEAD_MAX_MS, life * 0.2);
}
