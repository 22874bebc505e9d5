/**
 * Notices that a credential ends: 14, 7 and 1 days before, once each. Which one was given is kept
 * with the connection, so that no restart gives it again. Pure.
 */
import type { Connection } from './connection.ts';
import type { Health } from './health.ts';
import { isHeard } from './snooze.ts';

/** A connection that ends soon. */
export type EndingConnection = Connection & {
  readonly health: Extract<Health, { kind: 'expiring' }>;
};

/** The last notice that was given, and about which end; another end begins anew. */
export interface EndNoticed {
  readonly endsAt: number;
  readonly days: number;
}

/** Days before the end, the nearest first. */
export const NOTICE_DAYS = [1, 7, 14] as const;

const DAY_MS = 24 * 60 * 60 * 1000;
/** What lives shorter than this ends all the time, and a notice each time would be noise. */
const LIFE_MIN_MS = 3 * DAY_MS;

/**
 * The notice that is due.
 * @returns `null` where none is: too early, given already, over, or not to be heard of
 */
export function dueEndNotice(connection: Connection, now: number): EndNoticed | null {
  const { health, authorizedAt, endNoticed } = connection;
  if (health.kind !== 'expiring' || !isHeard(connection)) return null;
  const endsAt = health.expiresAt;
  if (endsAt <= now || endsAt - (authorizedAt ?? 0) < LIFE_MIN_MS) return null;
  const days = NOTICE_DAYS.find((one) => endsAt - now <= one * DAY_MS);
  if (days === undefined) return null;
  const isGiven = endNoticed?.endsAt === endsAt && endNoticed.days <= days;
  return isGiven ? null : { endsAt, days };
}
