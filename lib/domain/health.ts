import type { Rejection, Trouble, Verdict } from './verdict.ts';

/** Why a connection that worked cannot be vouched for at the moment. */
export type Doubt =
  | Trouble
  | 'offline'
  | 'unreadable'
  | 'misconfigured'
  | 'limited'
  | 'permission-missing'
  /** Renewed, and this browser could not save it. */
  | 'unsaved'
  /** Came from a file and has not been asked about here yet. */
  | 'unchecked'
  /** Never stored: what is shown while the vault is locked and nothing is checked. */
  | 'locked'
  /** Refused once; asked again before anything is said. */
  | 'suspect';

/**
 * The state of a connection's credential. Moved by verdicts only, through {@link moveHealth};
 * `verifiedAt` is the last time that the provider said yes, and no failure wipes it.
 */
export type Health =
  | { readonly kind: 'unauthorized' }
  | { readonly kind: 'active'; readonly verifiedAt: number }
  | { readonly kind: 'expiring'; readonly expiresAt: number; readonly verifiedAt: number }
  | {
      readonly kind: 'unverified';
      readonly doubt: Doubt;
      readonly since: number;
      readonly verifiedAt: number | null;
    }
  | {
      readonly kind: 'reconnect';
      readonly reason: Rejection;
      readonly since: number;
      readonly verifiedAt: number | null;
    };

export type HealthKind = Health['kind'];

/** Whether it was refused once, and is to be asked about again before anything is said. */
export function isSuspect(health: Health): boolean {
  return health.kind === 'unverified' && health.doubt === 'suspect';
}

/** Whether its grant may be in use: nothing else of the same account is ended beside it. */
export function mayLive({ kind }: Health): boolean {
  return kind !== 'reconnect' && kind !== 'unauthorized';
}

/** Order of urgency: what is first in every list. */
export const HEALTH_ORDER = [
  'reconnect',
  'expiring',
  'unauthorized',
  'unverified',
  'active',
] as const satisfies readonly HealthKind[];

/** The place of a health in {@link HEALTH_ORDER}, 0 the most urgent. */
export function urgency(health: Health): number {
  return HEALTH_ORDER.indexOf(health.kind);
}

/** An end that is known is said this long before. */
const LEAD_MS = 14 * 24 * 60 * 60 * 1000;

/**
 * The end of a credential that cannot renew itself, once it is near enough to be worth saying: 14
 * days before, or a fifth of its life, the shorter.
 * @returns epoch ms, or `null` while there is time
 */
export function nearEnd(
  token: { readonly accessEndsAt: number | null; readonly obtainedAt: number },
  now: number,
): number | null {
  const { accessEndsAt, obtainedAt } = token;
  if (accessEndsAt === null) return null;
  const lead = Math.min(LEAD_MS, (accessEndsAt - obtainedAt) * 0.2);
  return accessEndsAt - now <= lead ? accessEndsAt : null;
}

/**
 * The end that a person stated for a key, once it is 14 days away.
 * @returns epoch ms, or `null` while there is time, and once it has passed: a key that the provider
 * accepts after its stated end has another one
 */
export function nearStatedEnd(statedEndAt: number | undefined, now: number): number | null {
  if (statedEndAt === undefined || statedEndAt <= now) return null;
  return statedEndAt - now <= LEAD_MS ? statedEndAt : null;
}

/** A health after the person stated another end; what is not vouched for stays as it is. */
export function restated(health: Health, statedEndAt: number | undefined, now: number): Health {
  if (health.kind !== 'active' && health.kind !== 'expiring') return health;
  return { ...living(nearStatedEnd(statedEndAt, now), now), verifiedAt: health.verifiedAt };
}

/** The last time that the provider vouched for the credential, epoch ms. */
export function verifiedAt(health: Health): number | null {
  return health.kind === 'unauthorized' ? null : health.verifiedAt;
}

/** The moment that its words tell, epoch ms: its end, when it broke, or when it was seen to work. */
export function momentOf(health: Health): number | null {
  switch (health.kind) {
    case 'expiring':
      return health.expiresAt;
    case 'reconnect':
      return health.since;
    case 'unverified':
      // Of this one it is said only what it lacks.
      return health.doubt === 'permission-missing' ? null : health.verifiedAt;
    default:
      return verifiedAt(health);
  }
}

/**
 * The next health after one verdict.
 *
 * - Only `rejected` ever leads to `reconnect`. A refused key must have been refused before
 *   (`health` is `unverified/suspect`, or already `reconnect`); the token endpoint's word stands at once.
 * - Trouble, offline and broken answers never move a connection to or away from `reconnect`.
 * @param now epoch ms
 */
export function moveHealth(health: Health, verdict: Verdict, now: number): Health {
  switch (verdict.kind) {
    case 'valid':
      return living(verdict.expiresAt, now);
    case 'rejected':
      return condemn(health, verdict.reason, now);
    case 'provider-trouble':
      return doubt(health, verdict.trouble, now);
    case 'limited':
      return doubt(health, 'limited', now);
    case 'offline':
    case 'unreadable':
    case 'misconfigured':
    case 'permission-missing':
    case 'unsaved':
      return doubt(health, verdict.kind, now);
  }
}

type Living = Extract<Health, { kind: 'active' | 'expiring' }>;

/** The health of a credential that the provider has just accepted; `endsAt` as {@link nearEnd} says. */
export function living(endsAt: number | null, now: number): Living {
  return endsAt === null
    ? { kind: 'active', verifiedAt: now }
    : { kind: 'expiring', expiresAt: endsAt, verifiedAt: now };
}

function condemn(health: Health, reason: Rejection, now: number): Health {
  if (health.kind === 'unauthorized') return health;
  if (health.kind === 'reconnect') return health;
  const isFinal = reason === 'revoked' || reason === 'interrupted';
  const isConfirmed = isFinal || (health.kind === 'unverified' && health.doubt === 'suspect');
  return isConfirmed
    ? { kind: 'reconnect', reason, since: now, verifiedAt: health.verifiedAt }
    : { kind: 'unverified', doubt: 'suspect', since: now, verifiedAt: health.verifiedAt };
}

function doubt(health: Health, reason: Doubt, now: number): Health {
  switch (health.kind) {
    case 'unauthorized':
    case 'reconnect':
      return health;
    case 'expiring':
      // The known end is news that a passing trouble must not hide.
      return health;
    case 'unverified':
      // Trouble between two refusals takes the first one back: they must follow one another.
      return health.doubt === reason ? health : { ...health, doubt: reason };
    case 'active':
      return { kind: 'unverified', doubt: reason, since: now, verifiedAt: health.verifiedAt };
  }
}
