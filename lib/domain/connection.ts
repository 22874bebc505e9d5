import type { AccountChoice } from './account-choice.ts';
import type { EndNoticed } from './end-notice.ts';
import type { Health, HealthKind } from './health.ts';
import type { Accounts, Identity } from './identity.ts';
import type { Grant } from './grant.ts';

/** The longest note, in characters. */
export const NOTES_MAX = 5000;

/** Whether the flows of a connection run; says nothing about its credential. */
export type Sync = { readonly kind: 'on' } | { readonly kind: 'paused'; readonly since: number };

/** What a list shows for a provider, kept with the connection so that no list waits for the catalogue. */
export interface ProviderMark {
  readonly name: string;
  readonly text: string;
  readonly color: string;
  /** Hosts on which the person is at the provider, subdomains with them; none in older records. */
  readonly sites?: readonly string[];
}

/**
 * The person's own named link to one identity at one provider, in one environment. Holds no secret:
 * any page of ours may read it.
 */
export interface Connection {
  readonly id: string;
  readonly name: string;
  readonly providerId: string;
  readonly provider: ProviderMark;
  /** Which of the provider's ways to authorise: the id of one of its methods. */
  readonly methodId: string;
  readonly methodKind: 'oauth2' | 'key' | 'bearer' | 'basic';
  /** What the person filled in for the provider's parameters, its site among them. */
  readonly params: Readonly<Record<string, string>>;
  readonly environmentId: string;
  readonly tags: readonly string[];
  /** What the person wrote down about it. */
  readonly notes?: string;
  /** When a key or password ends, as the person stated it: no provider says so. Epoch ms. */
  readonly statedEndAt?: number;
  readonly identity: Identity | null;
  readonly accounts: Accounts;
  /** Which of its accounts the person uses; all of them until something was chosen. */
  readonly accountChoice?: AccountChoice;
  readonly grant: Grant | null;
  readonly health: Health;
  readonly sync: Sync;
  /** Never notified about; still counted by the badge. */
  readonly isMuted?: boolean;
  /** Neither notified about nor counted by the badge until then, epoch ms; ended by the background. */
  readonly snoozedUntil?: number;
  /** The last notice of its end. */
  readonly endNoticed?: EndNoticed;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Last time that the person authorised it; `null` until then. */
  readonly authorizedAt: number | null;
  /** When the next check is due; `null` when there is nothing to check. */
  readonly nextCheckAt: number | null;
  /** Until when its provider asked to be left alone, where the next check comes before that all the same. */
  readonly promisedUntil?: number;
  readonly checkedAt: number | null;
  /** What the provider said with its last full answer; that of another credential says nothing. */
  readonly told?: Told;
  /** Checks in a row that could not be judged; sets the back-off. */
  readonly troubles: number;
  /** A refresh was begun then and has not been stored yet; see the decision record on interrupted refreshes. */
  readonly refreshStartedAt: number | null;
  /** Grows with each change that a person makes; an edit says which one it saw. */
  readonly revision: number;
}

/** What a provider says beside its yes. */
export interface Told {
  /** When it said so in full, epoch ms. */
  readonly at: number;
  /** When the credential that it said this of was obtained; 0 where nothing ever renews it. */
  readonly obtainedAt: number;
  /** Given back with the next check, so that an unchanged answer costs neither side anything. */
  readonly etag?: string;
  /** When it ends the credential, epoch ms. */
  readonly endsAt?: number;
}

/** What is known of a connection before anybody has authorised it. */
export type Beginning = Pick<
  Connection,
  | 'id'
  | 'name'
  | 'providerId'
  | 'provider'
  | 'methodId'
  | 'methodKind'
  | 'params'
  | 'environmentId'
  | 'tags'
>;

/** A connection that nobody has authorised yet. */
export function unauthorized(beginning: Beginning, now: number): Connection {
  return {
    identity: null,
    accounts: { kind: 'loading' },
    grant: null,
    health: { kind: 'unauthorized' },
    sync: { kind: 'on' },
    createdAt: now,
    updatedAt: now,
    authorizedAt: null,
    nextCheckAt: null,
    checkedAt: null,
    troubles: 0,
    refreshStartedAt: null,
    revision: 1,
    // Last: engines take many times as long where fields follow a spread, and a file makes thousands.
    ...beginning,
  };
}

/** A connection after a change that a person made. */
export function touched(connection: Connection, now: number): Connection {
  return { ...connection, updatedAt: now, revision: connection.revision + 1 };
}

/** Whether a renewal was begun that no check has judged: its worker died, or could not write. */
export function isCutShort({ refreshStartedAt, checkedAt, health }: Connection): boolean {
  if (refreshStartedAt === null || health.kind === 'reconnect') return false;
  return (checkedAt ?? 0) < refreshStartedAt;
}

/** A name as lists sort it: case and accents do not matter, digits count as numbers. */
export function sortName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replace(/\d+/g, (digits) => digits.padStart(10, '0'))
    .slice(0, 200);
}

/** How many connections there are of each health, for one environment. */
export type HealthCounts = Readonly<Record<HealthKind, number>>;

export const NO_COUNTS: HealthCounts = {
  unauthorized: 0,
  active: 0,
  expiring: 0,
  unverified: 0,
  reconnect: 0,
};

/** Written out: a text out of the store is looked up anew each time it names a property, ten thousand times here. */
export function addToCounts(
  counts: Record<HealthKind, number>,
  { kind }: Health,
  by: number,
): void {
  switch (kind) {
    case 'active':
      counts.active += by;
      break;
    case 'reconnect':
      counts.reconnect += by;
      break;
    case 'expiring':
      counts.expiring += by;
      break;
    case 'unverified':
      counts.unverified += by;
      break;
    case 'unauthorized':
      counts.unauthorized += by;
  }
}

/** How many there are of any health. */
export function totalOf(counts: HealthCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** Kept by whoever writes connections, in the same transaction; never counted afresh on the popup's way. */
export interface Totals {
  readonly byEnvironment: CountsByEnvironment;
  /** Of those: how many are snoozed; absent where none is. */
  readonly snoozed?: CountsByEnvironment;
}
type CountsByEnvironment = Readonly<Record<string, HealthCounts>>;

/** The counts of one environment, or of all where `environmentId` is `null`. */
export function countsOf({ byEnvironment }: Totals, environmentId: string | null): HealthCounts {
  const chosen =
    environmentId === null
      ? Object.values(byEnvironment)
      : [byEnvironment[environmentId] ?? NO_COUNTS];
  return chosen.reduce((sum, counts) => addCounts(sum, counts, 1), NO_COUNTS);
}

/** The same without those that are snoozed: what the badge counts. */
export function heardCountsOf(totals: Totals, environmentId: string | null): HealthCounts {
  const snoozed = { byEnvironment: totals.snoozed ?? {} };
  return addCounts(countsOf(totals, environmentId), countsOf(snoozed, environmentId), -1);
}

function addCounts(a: HealthCounts, b: HealthCounts, by: 1 | -1): HealthCounts {
  return {
    unauthorized: a.unauthorized + by * b.unauthorized,
    active: a.active + by * b.active,
    expiring: a.expiring + by * b.expiring,
    unverified: a.unverified + by * b.unverified,
    reconnect: a.reconnect + by * b.reconnect,
  };
}

/** A connection before and after one change; `null` where it did not exist. */
export interface ConnectionChange {
  readonly before: Connection | null;
  readonly after: Connection | null;
}

/** The totals after changes; entries that fall to nothing are dropped. */
export function moveTotals(totals: Totals, changes: readonly ConnectionChange[]): Totals {
  const byEnvironment = moveCounts(totals.byEnvironment, changes, () => true);
  const isSnoozed = ({ snoozedUntil }: Connection): boolean => snoozedUntil !== undefined;
  const snoozed = moveCounts(totals.snoozed ?? {}, changes, isSnoozed);
  return Object.keys(snoozed).length === 0 ? { byEnvironment } : { byEnvironment, snoozed };
}

function moveCounts(
  from: CountsByEnvironment,
  changes: readonly ConnectionChange[],
  isCounted: (connection: Connection) => boolean,
): CountsByEnvironment {
  const next: Record<string, Record<HealthKind, number>> = {};
  for (const [id, counts] of Object.entries(from)) next[id] = { ...counts };
  const count = (connection: Connection | null, by: 1 | -1): void => {
    if (connection === null || !isCounted(connection)) return;
    const counts = (next[connection.environmentId] ??= { ...NO_COUNTS });
    counts[connection.health.kind] += by;
  };
  for (const { before, after } of changes) {
    count(before, -1);
    count(after, 1);
  }
  for (const [id, counts] of Object.entries(next))
    if (Object.values(counts).every((n) => n === 0)) delete next[id];
  return next;
}
