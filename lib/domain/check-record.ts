import type { HealthKind } from './health.ts';
import type { VerdictKind } from './verdict.ts';

/**
 * One check as it is kept: the evidence behind a health. Holds what was asked and what came back,
 * never a secret; the provider's own words are cut and redacted before they get here.
 */
export interface CheckRecord {
  readonly connectionId: string;
  readonly at: number;
  /** Milliseconds until the answer was read. */
  readonly tookMs: number;
  readonly trigger: 'sweep' | 'person' | 'authorization' | 'silent';
  /** `GET api.example.com/me`: method, host and path, without a query. */
  readonly asked: string;
  /** HTTP status; `null` when no answer came. */
  readonly status: number | null;
  readonly verdict: VerdictKind;
  /** Why, as a code: a rejection, a trouble, an OAuth error code. */
  readonly reason: string | null;
  /** The provider's own words. */
  readonly words: string | null;
  readonly health: HealthKind;
}

/** How many checks are kept of one connection. */
export const CHECKS_KEPT = 50;
