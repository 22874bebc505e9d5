/**
 * A breaker for each provider and site: where several connections in a row meet the same bad day, the
 * rest are not sent into it. Pure; what is kept survives the worker.
 */
import { jitterBound, wakeWindow, type Pace } from './schedule.ts';
import type { Verdict } from './verdict.ts';

/** One provider's bad day, as it is kept. */
export interface HostTrouble {
  /** How many times in a row it was found to go on. */
  readonly times: number;
  /** Nobody is sent there before, epoch ms; then one connection tries for all. */
  readonly until: number;
}

/** By the key of the provider and site. */
export type HostTroubles = Readonly<Record<string, HostTrouble>>;

/** So many failures in a row, of different connections, are the provider's and not theirs. */
export const FAILURES_TO_OPEN = 5;
/** So many that try for all may fail: one may be ill by itself. */
export const PROBES_TO_OPEN = 2;

/** An entry that nobody came back to is forgotten. */
const FORGOTTEN_AFTER_MS = 24 * 60 * 60 * 1000;

/**
 * What a verdict says of the provider as a whole: it does not answer, it does, or nothing (a browser
 * that is offline, a request that was never sent).
 */
export function saysOfHost(verdict: Verdict): 'down' | 'up' | null {
  switch (verdict.kind) {
    case 'provider-trouble':
      return verdict.trouble === 'refused' ? 'up' : 'down';
    case 'offline':
    case 'permission-missing':
    case 'unreadable':
      return null;
    // Of these some are found without asking anybody.
    case 'misconfigured':
      return null;
    case 'valid':
    case 'rejected':
    case 'limited':
    case 'unsaved':
      return 'up';
  }
}

/**
 * The breaker opens, or stays open after a failed try: a random wait under a bound that doubles, at
 * most half a period, so that nobody who was put off learns of a revocation later than within one.
 */
export function opened(before: HostTrouble | undefined, pace: Pace, now: number): HostTrouble {
  const times = (before?.times ?? 0) + 1;
  const most = (pace.periodMs - wakeWindow(pace.periodMs)) / 2;
  const bound = jitterBound(times, most);
  return { times, until: now + Math.min(most, 30_000 + Math.max(0, bound - 30_000) * pace.chance) };
}

/** When those are asked who were put off: spread over a quarter of a period behind the one that tries. */
export function putOffUntil({ until }: HostTrouble, pace: Pace): number {
  return until + 1_000 + Math.min(pace.periodMs / 4, 5 * 60_000) * pace.chance;
}

/** Without the entries that nobody came back to. */
export function remembered(troubles: HostTroubles, now: number): HostTroubles {
  const kept = Object.entries(troubles).filter(
    ([, { until }]) => until > now - FORGOTTEN_AFTER_MS && until < now + FORGOTTEN_AFTER_MS,
  );
  return kept.length === Object.keys(troubles).length ? troubles : Object.fromEntries(kept);
}
