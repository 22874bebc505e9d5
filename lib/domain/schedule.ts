/** When the next check of a connection is due. Pure: chance comes in as a number. */
import type { Connection } from './connection.ts';
import type { Verdict } from './verdict.ts';

const MINUTE = 60_000;

/** A key that was refused is asked about again after this long before anything is said. */
export const CONFIRM_AFTER_MS = 5_000;

/** Metered calls are made so many times less often. */
const METERED_FACTOR = 12;

/** A refresh happens at most this long before the end of an access token, or a fifth of its life. */
const REFRESH_LEAD_MAX_MS = 15 * MINUTE;

export interface Pace {
  readonly periodMs: number;
  readonly isMetered: boolean;
  /** 0 ≤ chance < 1, drawn by the caller: spreads checks so that they do not march in step. */
  readonly chance: number;
}

/**
 * When to ask next, after a verdict.
 * @returns epoch ms, or `null` when asking again can tell nothing new
 */
export function nextCheckAt(
  connection: Pick<Connection, 'health' | 'troubles' | 'methodKind'>,
  verdict: Verdict | null,
  pace: Pace,
  now: number,
): number | null {
  const { health } = connection;
  const period = pace.periodMs * (pace.isMetered ? METERED_FACTOR : 1);
  const steady = now + period * (0.9 + 0.1 * pace.chance);
  switch (health.kind) {
    case 'unauthorized':
      return null;
    case 'reconnect':
      // A refused key may be accepted again (a mistake at the source undone); a dead grant never is.
      return health.reason === 'key-rejected' ? steady : null;
    case 'active':
    case 'expiring':
      return steady;
    case 'unverified': {
      if (health.doubt === 'suspect') return now + CONFIRM_AFTER_MS;
      const asked = verdict?.kind === 'provider-trouble' ? (verdict.retryAt ?? 0) : 0;
      const backOff = Math.min(period, MINUTE * 2 ** Math.min(connection.troubles, 10));
      return Math.max(asked, now + backOff * (0.5 + 0.5 * pace.chance));
    }
  }
}

/** The first check of a connection that has just been proven, spread over one period. */
export function firstCheckAt(pace: Pace, now: number): number {
  return now + pace.periodMs * (0.5 + 0.5 * pace.chance);
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

/** Which of the given connections are due, longest overdue first. */
export function due<C extends Pick<Connection, 'nextCheckAt'>>(
  connections: readonly C[],
  now: number,
): C[] {
  return connections
    .filter(({ nextCheckAt: at }) => at !== null && at <= now)
    .sort((a, b) => (a.nextCheckAt ?? 0) - (b.nextCheckAt ?? 0));
}
