/**
 * Whose trouble it is when nobody answers: this machine's network, one provider, or nobody's. Pure.
 * A script sees one and the same failure for a cable, a name, a certificate and a portal; what tells
 * them apart are the other hosts that are asked anyway.
 */
import type { CheckRecord } from './check-record.ts';
import type { Connection } from './connection.ts';

/** What is known beside the connections, kept in one record for the pages. */
export interface NetworkTruth {
  /** While this machine reaches nobody: what is shown is what was last known. */
  readonly down: NetworkDown | null;
  /** Providers that let many connections down alike. */
  readonly providers: readonly ProviderTrouble[];
  /** How far this computer's clock is ahead of the world's, where it is far off. */
  readonly clockOffMs: number | null;
}

export interface NetworkDown {
  /** `offline`: the browser says so; `unreachable`: several hosts that answered before fall silent. */
  readonly kind: 'offline' | 'unreachable';
  readonly since: number;
  readonly tries: number;
  /** Nothing is asked by itself before. */
  readonly retryAt: number;
}

export interface ProviderTrouble {
  /** Of the provider and, where it has one, the site. */
  readonly key: string;
  readonly name: string;
  readonly count: number;
  readonly since: number;
}

export const NOTHING_WRONG: NetworkTruth = { down: null, providers: [], clockOffMs: null };

/** Which connections are asked at one place: of one provider and, where it has one, one site. */
export function placeOf({ providerId, params }: Pick<Connection, 'providerId' | 'params'>): string {
  return providerId + (params['site'] ?? '');
}

/** What one check says of the network. */
export type NetworkSign =
  /** The provider itself answered, whatever it said. */
  | 'answered'
  /** The browser knew that there is no network; nothing was sent. */
  | 'offline'
  /** No answer, or one that a portal could have given. */
  | 'silent'
  /** Nothing was asked. */
  | 'none';

export function networkSign({
  verdict,
  reason,
  status,
}: Pick<CheckRecord, 'verdict' | 'reason' | 'status'>): NetworkSign {
  switch (verdict) {
    case 'offline':
      return 'offline';
    case 'unreadable':
      return 'silent';
    case 'provider-trouble':
      return reason === 'unreachable' || reason === 'timeout' || reason === 'redirected'
        ? 'silent'
        : 'answered';
    case 'permission-missing':
      return 'none';
    default:
      return status === null ? 'none' : 'answered';
  }
}

/** What was heard of one provider or site in a pass. */
export interface Heard {
  readonly key: string;
  readonly sign: NetworkSign;
  /** Whether it was vouched for before: one that is down for days says nothing of today's network. */
  readonly isWitness: boolean;
}

/** How many that answered before must fall silent together. */
const WITNESSES_MIN = 2;

/**
 * Whether this machine's network is what is wrong.
 * @param wasDown what was known before: it stays so until somebody answers
 */
export function judgeNetwork(
  heard: readonly Heard[],
  wasDown: NetworkDown | null,
): NetworkDown['kind'] | null {
  if (heard.some(({ sign }) => sign === 'offline')) return 'offline';
  if (heard.some(({ sign }) => sign === 'answered')) return null;
  const silent = heard.filter(({ sign }) => sign === 'silent');
  const witnesses = new Set(silent.filter(({ isWitness }) => isWitness).map(({ key }) => key));
  if (wasDown !== null && silent.length > 0) return 'unreachable';
  return witnesses.size < WITNESSES_MIN ? null : 'unreachable';
}

const RETRY_FIRST_MS = 60_000;
const RETRY_MAX_MS = 15 * 60_000;

/**
 * The network after one more pass in which nobody answered.
 * @param periodMs nobody waits longer than half a period of checks: a network that is back and of which the
 * browser says nothing must not make a revocation known later than that
 */
export function stillDown(
  kind: NetworkDown['kind'],
  before: NetworkDown | null,
  chance: number,
  periodMs: number,
  now: number,
): NetworkDown {
  const tries = before?.tries ?? 0;
  const wait = Math.min(RETRY_MAX_MS, periodMs / 2, RETRY_FIRST_MS * 2 ** Math.min(tries, 10));
  return {
    kind,
    since: before?.since ?? now,
    tries: tries + 1,
    retryAt: now + wait * (0.5 + 0.5 * chance),
  };
}

/** How many connections of one provider fail before it is said of the provider. */
const ALIKE_MIN = 3;

/** What one pass heard of a provider or site: how many of its connections, and how many in vain. */
export interface ProviderHeard {
  readonly name: string;
  /** Accepted, refused or limited: the provider is at work. */
  readonly well: number;
  readonly ill: number;
}

/** The providers in trouble after a pass; one that is at work again leaves. */
export function movedTroubles(
  before: readonly ProviderTrouble[],
  heard: ReadonlyMap<string, ProviderHeard>,
  now: number,
): readonly ProviderTrouble[] {
  const known = new Map(before.map((one) => [one.key, one]));
  let hasMoved = false;
  for (const [key, { name, well, ill }] of heard) {
    const old = known.get(key);
    if (well > 0) hasMoved = known.delete(key) || hasMoved;
    else if (ill >= ALIKE_MIN && ill > (old?.count ?? 0)) {
      known.set(key, { key, name, count: ill, since: old?.since ?? now });
      hasMoved = true;
    }
  }
  return hasMoved ? [...known.values()] : before;
}

/** What one host's `Date` says of our clock. */
export interface ClockSample {
  readonly host: string;
  /** Ours less theirs. */
  readonly offMs: number;
}

/** Less is not worth a word: servers differ, and nothing here depends on it. */
const CLOCK_OFF_MIN_MS = 5 * 60_000;
const CLOCK_AGREE_MS = 2 * 60_000;

/**
 * How far our clock is off, by the word of at least two hosts that agree.
 * @returns `null` where it is right, or nobody can tell
 */
export function clockOff(samples: readonly ClockSample[]): number | null {
  const offs = samples.map(({ offMs }) => offMs).sort((a, b) => a - b);
  const middle = offs[Math.floor(offs.length / 2)] ?? 0;
  const agreeing = offs.filter((off) => Math.abs(off - middle) <= CLOCK_AGREE_MS);
  const isSaid = agreeing.length >= 2 && agreeing.length * 2 > offs.length;
  return isSaid && Math.abs(middle) >= CLOCK_OFF_MIN_MS ? middle : null;
}
