import type { Health, HealthKind } from './health.ts';
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

/**
 * The check that a health rests on, as far as it is kept: a provider's bad day moves no connection away
 * from an end that was told, and the answers of that day did not decide it.
 * @param checks newest first
 */
export function decidingCheck(
  { kind }: Health,
  checks: readonly CheckRecord[],
): CheckRecord | undefined {
  switch (kind) {
    case 'reconnect': {
      // Of an earlier break, there is nothing to be shown.
      const before = checks.findIndex(({ health }) => health !== 'reconnect');
      const since = before === -1 ? checks : checks.slice(0, before);
      return since.find(({ verdict }) => verdict === 'rejected');
    }
    case 'expiring':
      return checks.find(({ verdict }) => verdict === 'valid');
    default:
      return checks[0];
  }
}

/**
 * Whether the check that a health rests on was kept once and is not any more. Where the secrets were
 * deleted there was none: the newest one is of the time before.
 * @param checks newest first
 */
export function isDecidingGone(health: Health, checks: readonly CheckRecord[]): boolean {
  const [newest] = checks;
  if (newest === undefined || decidingCheck(health, checks) !== undefined) return false;
  const isInterrupted = health.kind === 'reconnect' && health.reason === 'interrupted';
  return !isInterrupted || newest.health === 'reconnect';
}
