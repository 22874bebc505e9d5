/**
 * What the history of a connection says beyond its present state: when the obvious step would not
 * help for long, or is not the fix at all. Pure.
 */
import type { CheckRecord } from './check-record.ts';
import type { Connection } from './connection.ts';

/** What a person should know before they press Reconnect, or wonder why they need not. */
export type Guidance =
  /** It broke soon after it had been reconnected: the cause is at the source. */
  | { readonly kind: 'relapse'; readonly lastedMs: number }
  /** Data does not move because a person stopped it. */
  | { readonly kind: 'paused' }
  /** It works: whatever looks old has another cause. */
  | { readonly kind: 'not-the-credential' };

/** A grant that ends again within this time did not end by chance. */
const SOON_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * @param checks newest first
 * @returns `null` where the state says it all
 */
export function guidanceFor(
  { health, sync }: Pick<Connection, 'health' | 'sync'>,
  checks: readonly CheckRecord[],
): Guidance | null {
  if (health.kind === 'reconnect') {
    const lastedMs = relapsedAfter(checks);
    return lastedMs === null ? null : { kind: 'relapse', lastedMs };
  }
  if (sync.kind === 'paused') return { kind: 'paused' };
  return health.kind === 'active' ? { kind: 'not-the-credential' } : null;
}

/** How long it lasted after it had been mended; `null` where it was not mended before, or lasted. */
function relapsedAfter(checks: readonly CheckRecord[]): number | null {
  const mended = checks.findIndex(
    ({ trigger, health }) => trigger === 'authorization' && health === 'active',
  );
  const isMending = checks.slice(mended + 1).some(({ health }) => health === 'reconnect');
  if (mended < 1 || !isMending) return null;
  const broke = checks.slice(0, mended).findLast(({ health }) => health === 'reconnect');
  const lastedMs = (broke?.at ?? Infinity) - (checks[mended]?.at ?? 0);
  return lastedMs <= SOON_MS ? lastedMs : null;
}
