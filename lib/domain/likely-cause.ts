/**
 * Why a connection probably broke, read off its history: access that ends by itself after a time
 * that its provider states, a token that nothing renews, a changed password, or a cause at the source
 * that comes back. Where no pattern fits, nothing is guessed. Pure.
 */
import type { Activity, Happening } from './activity.ts';
import type { Connection } from './connection.ts';
import { sameIdentity } from './identity.ts';

/** When access ends by itself, as a provider definition states. */
export interface Lapse {
  readonly afterS: number;
  readonly since: 'grant' | 'use';
  /** Under which condition, in the definition's words; `null`: under any. */
  readonly when: string | null;
  readonly source: string;
}

export type LikelyCause =
  | { readonly kind: 'together'; readonly count: number }
  | { readonly kind: 'lapse' | 'idle'; readonly lapse: Lapse; readonly lastedMs: number }
  | { readonly kind: 'short-token'; readonly lastedMs: number }
  | { readonly kind: 'again'; readonly times: number };

/** What is known of a connection that broke. */
export interface BrokenHistory {
  readonly brokeAt: number;
  readonly authorizedAt: number | null;
  /** The last time that the provider accepted it; `null` where it never did. */
  readonly verifiedAt: number | null;
  /** Whether it could have renewed itself, and whether its end was known; `null` without a grant. */
  readonly grant: { readonly isRenewable: boolean; readonly isEndKnown: boolean } | null;
  readonly lapses: readonly Lapse[];
  /** When other connections of the same account broke. */
  readonly othersBrokeAt: readonly number[];
  /** The times between an authorisation and the break that followed, of those before this one. */
  readonly earlier: readonly { readonly authorizedAt: number; readonly brokeAt: number }[];
  /** Whether it had broken before it was authorised last. */
  readonly isRepeated: boolean;
}

/** What a history says of a connection that broke. */
export interface Diagnosis {
  readonly cause: LikelyCause | null;
  /** How long it lasted after it had been mended, where that was not long; else `null`. */
  readonly relapsedAfterMs: number | null;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** What happens to a whole account is found out within one pass, or two. */
const TOGETHER_MS = 20 * MINUTE_MS;
/** An end is found out when the access token before it is over too, and the next check comes. */
const LATE_MS = 6 * HOUR_MS;
/** Clocks differ, and an access token may be refused shortly before. */
const EARLY_SHARE = 0.01;
const SHORT_TOKEN_MS = { from: 30 * MINUTE_MS, to: 100 * MINUTE_MS };
const SOON_MS = 7 * DAY_MS;
const AGAIN_WITHIN_MS = 30 * DAY_MS;

/** The cause, and whether it broke again soon: the cause is at the source then, whatever it is. */
export function diagnosisOf(history: BrokenHistory): Diagnosis {
  const cause = likelyCause(history);
  const { authorizedAt, brokeAt, isRepeated } = history;
  const lastedMs = isRepeated && authorizedAt !== null ? brokeAt - authorizedAt : Infinity;
  if (lastedMs > SOON_MS) return { cause, relapsedAfterMs: null };
  // A relapse says that already.
  return { cause: cause?.kind === 'again' ? null : cause, relapsedAfterMs: lastedMs };
}

/** @returns `null` where no pattern fits */
export function likelyCause(history: BrokenHistory): LikelyCause | null {
  const { brokeAt, authorizedAt, verifiedAt, grant, lapses } = history;
  const count = history.othersBrokeAt.filter((at) => near(at, brokeAt, TOGETHER_MS)).length;
  if (count > 0) return { kind: 'together', count };
  const lastedMs = authorizedAt === null ? null : brokeAt - authorizedAt;
  if (lastedMs !== null && grant !== null && !grant.isRenewable && !grant.isEndKnown) {
    const { from, to } = SHORT_TOKEN_MS;
    if (lastedMs >= from && lastedMs <= to) return { kind: 'short-token', lastedMs };
  }
  const lapse = lapses.find((one) => lastedMs !== null && hasLapsed(one, lastedMs));
  if (lapse !== undefined && lastedMs !== null) return { kind: 'lapse', lapse, lastedMs };
  const idleMs = verifiedAt === null ? 0 : brokeAt - verifiedAt;
  const idle = lapses.find(({ since, afterS }) => since === 'use' && idleMs >= afterS * 1000);
  if (idle !== undefined) return { kind: 'idle', lapse: idle, lastedMs: idleMs };
  return again(history, lastedMs);
}

function near(a: number, b: number, within: number): boolean {
  return Math.abs(a - b) <= within;
}

function hasLapsed({ since, afterS }: Lapse, lastedMs: number): boolean {
  const lifeMs = afterS * 1000;
  return (
    since === 'grant' && lastedMs >= lifeMs * (1 - EARLY_SHARE) && lastedMs <= lifeMs + LATE_MS
  );
}

function again({ earlier, brokeAt }: BrokenHistory, lastedMs: number | null): LikelyCause | null {
  if (lastedMs === null || lastedMs > SOON_MS) return null;
  const before = earlier.filter(
    (one) => brokeAt - one.brokeAt <= AGAIN_WITHIN_MS && one.brokeAt - one.authorizedAt <= SOON_MS,
  );
  return before.length === 0 ? null : { kind: 'again', times: before.length + 1 };
}

/**
 * What is known of a connection that broke; `null` where it is not broken, or where what broke it is
 * known already.
 * @param lines its activity, the newest first
 * @param all every connection
 */
export function historyOf(
  connection: Connection,
  lines: readonly Activity[],
  all: readonly Connection[],
  lapses: readonly Lapse[],
): BrokenHistory | null {
  const { id, providerId, identity, health, authorizedAt, grant } = connection;
  if (health.kind !== 'reconnect' || health.reason === 'interrupted') return null;
  const isSame = (other: Connection): boolean =>
    other.id !== id &&
    other.providerId === providerId &&
    identity !== null &&
    other.identity !== null &&
    sameIdentity(identity, other.identity);
  return {
    brokeAt: health.since,
    authorizedAt,
    verifiedAt: health.verifiedAt,
    grant: grant && { isRenewable: grant.isRenewable, isEndKnown: grant.accessEndsAt !== null },
    lapses,
    othersBrokeAt: all
      .filter(isSame)
      .flatMap((other) => (other.health.kind === 'reconnect' ? [other.health.since] : [])),
    earlier: livesOf(lines).filter(({ brokeAt }) => brokeAt < (authorizedAt ?? 0)),
    isRepeated: lines.some(
      ({ happening, at }) => isBreakAtSource(happening) && at < (authorizedAt ?? 0),
    ),
  };
}

/** What was lost here says nothing of the source. */
function isBreakAtSource(happening: Happening): boolean {
  return happening.kind === 'broke' && happening.reason !== 'interrupted';
}

/** Each authorisation with the break that followed. */
function livesOf(lines: readonly Activity[]): { authorizedAt: number; brokeAt: number }[] {
  const lives: { authorizedAt: number; brokeAt: number }[] = [];
  let authorizedAt: number | null = null;
  for (const { happening, at } of lines.toReversed()) {
    const isAnew =
      happening.kind === 'connected' ||
      happening.kind === 'reauthorized' ||
      (happening.kind === 'mended' && happening.how !== 'by-itself');
    if (isAnew) authorizedAt = at;
    else if (happening.kind === 'broke' && authorizedAt !== null) {
      if (isBreakAtSource(happening)) lives.push({ authorizedAt, brokeAt: at });
      authorizedAt = null;
    }
  }
  return lives;
}

/**
 * The end of a grant by a rule that holds under any condition.
 * @returns epoch ms, or `null` where there is none
 */
export function inferredEnd(
  grantedAt: number | null,
  lapses: readonly Pick<Lapse, 'afterS' | 'since' | 'when'>[],
): number | null {
  const ends = lapses
    .filter(({ since, when }) => since === 'grant' && when === null)
    .map(({ afterS }) => (grantedAt ?? 0) + afterS * 1000);
  return grantedAt === null || ends.length === 0 ? null : Math.min(...ends);
}
