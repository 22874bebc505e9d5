import {
  FAILURES_TO_OPEN,
  opened,
  PROBES_TO_OPEN,
  putOffUntil,
  remembered,
  saysOfHost,
  type HostTrouble,
  type HostTroubles,
} from '../domain/breaker.ts';
import type { Pace } from '../domain/schedule.ts';
import type { Verdict } from '../domain/verdict.ts';

/** What one pass knows of the providers that have a bad day. */
export interface Breaker {
  /**
   * Whether a connection of this host may be asked about now.
   * @returns `null`: yes; or when to ask instead
   */
  readonly putOff: (host: string, pace: Pace) => number | null;
  /** Whether one connection tries for all: the others of the host wait for what it hears. */
  readonly isTrying: (host: string) => boolean;
  /** Told of each verdict. */
  readonly heard: (host: string, verdict: Verdict, pace: Pace) => void;
  /** Takes back what this pass heard: it was not the providers' doing. */
  readonly forget: () => void;
  readonly hasChanged: () => boolean;
  /** The kept record after what was heard; the same again when nothing was. */
  readonly after: (stored: HostTroubles | undefined) => HostTroubles | undefined;
}

/**
 * Opens the breaker of one pass.
 * @param stored what earlier passes, of whatever worker, found
 */
export function openBreaker(stored: HostTroubles, now: () => number): Breaker {
  const troubles = new Map<string, HostTrouble>(Object.entries(remembered(stored, now())));
  const failures = new Map<string, number>();
  const changed = new Set<string>();
  return {
    putOff(host, pace) {
      const trouble = troubles.get(host);
      return trouble === undefined || trouble.until <= now() ? null : putOffUntil(trouble, pace);
    },
    isTrying: (host) => troubles.has(host),
    heard(host, verdict, pace) {
      const said = saysOfHost(verdict);
      if (said === null) return;
      const trouble = troubles.get(host);
      if (said === 'up') {
        failures.delete(host);
        if (troubles.delete(host)) changed.add(host);
        return;
      }
      // What was under way when the breaker opened says nothing new.
      if (trouble !== undefined && trouble.until > now()) return;
      const count = (failures.get(host) ?? 0) + 1;
      failures.set(host, count);
      if (count < (trouble === undefined ? FAILURES_TO_OPEN : PROBES_TO_OPEN)) return;
      failures.delete(host);
      troubles.set(host, opened(trouble, pace, now()));
      changed.add(host);
    },
    forget: () => changed.clear(),
    hasChanged: () => changed.size > 0,
    after(before) {
      if (changed.size === 0) return before;
      const next: Record<string, HostTrouble> = { ...remembered(before ?? {}, now()) };
      for (const host of changed) {
        const trouble = troubles.get(host);
        if (trouble === undefined) delete next[host];
        else next[host] = trouble;
      }
      return next;
    },
  };
}
