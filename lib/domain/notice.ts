/**
 * What is worth telling a person: decided from before and after alone. A change is told once; a
 * state is never told again.
 */
import type { Connection, ConnectionChange, HealthCounts } from './connection.ts';
import type { EndingConnection } from './end-notice.ts';
import { isHeard } from './snooze.ts';

/** Whether something is to be said of it: it is broken, and the person wants to hear of it. */
export function isLoud(connection: Connection | null): connection is Connection {
  return connection?.health.kind === 'reconnect' && isHeard(connection);
}

/** The same of one that ends soon. */
export function isEnding(connection: Connection | null): connection is EndingConnection {
  return connection?.health.kind === 'expiring' && isHeard(connection);
}

/** Whether a committed change has something to say to the person, or takes something back. */
export function isWorthTelling({ before, after }: ConnectionChange): boolean {
  // To be heard of again is what the person did, and no news of the connection.
  if (before?.isMuted === true && after?.isMuted !== true && isLoud(after))
    return before.health.kind !== 'reconnect';
  return isLoud(before) !== isLoud(after) || (isEnding(before) && !isEnding(after));
}

/** A notification to show: one connection by name, or several in a group. */
export interface Notice {
  readonly id: string;
  readonly connections: readonly Connection[];
  /** What it says of them; that they broke where it is absent. */
  readonly about?: 'ends';
}

/** The notifications that are on show: which connections each speaks of, by its id. */
export type Shown = Readonly<Record<string, readonly string[]>>;

/** What has to happen to the notifications. */
export interface NoticePlan {
  readonly show: readonly Notice[];
  readonly withdraw: readonly string[];
  readonly shown: Shown;
  /** Those to show that were not on show before. */
  readonly fresh: readonly string[];
}

/**
 * Plans the notifications after some connections changed between broken and mended.
 * @param changedIds connections that broke, mended or went since the last plan
 * @param broken those of all connections that are broken now, by id
 * @param shown the notifications on show
 * @param groupId a fresh id for a group, should one be needed
 */
export function planNotices(
  changedIds: readonly string[],
  broken: ReadonlyMap<string, Connection>,
  shown: Shown,
  groupId: string,
): NoticePlan {
  const changed = new Set(changedIds);
  const next: Record<string, readonly string[]> = {};
  const withdraw: string[] = [];
  const show: Notice[] = [];
  const spokenOf = new Set<string>();
  for (const [id, members] of Object.entries(shown)) {
    const left = members.filter((member) => broken.has(member));
    if (left.length === 0) withdraw.push(id);
    else {
      next[id] = left;
      for (const member of left) spokenOf.add(member);
      if (left.length < members.length) show.push({ id, connections: pick(left, broken) });
    }
  }
  const news = [...changed].filter((id) => broken.has(id) && !spokenOf.has(id));
  const fresh: string[] = [];
  if (news.length > 0) {
    const id = news.length === 1 ? `connection:${news[0]}` : groupId;
    next[id] = news;
    fresh.push(id);
    show.push({ id, connections: pick(news, broken) });
  }
  return { show, withdraw, shown: next, fresh };
}

/**
 * The same about connections that end soon. A later notice of the same end takes the place of the
 * one before; one that lost a member is not shown again.
 */
export function planEndNotices(
  newIds: readonly string[],
  ending: ReadonlyMap<string, Connection>,
  shown: Shown,
  groupId: string,
): NoticePlan {
  const news = [...new Set(newIds)].filter((id) => ending.has(id));
  const next: Record<string, readonly string[]> = {};
  const withdraw: string[] = [];
  for (const [id, members] of Object.entries(shown)) {
    const left = members.filter((member) => ending.has(member) && !news.includes(member));
    if (left.length === 0) withdraw.push(id);
    else next[id] = left;
  }
  if (news.length === 0) return { show: [], withdraw, shown: next, fresh: [] };
  const id = news.length === 1 ? `ends:connection:${news[0]}` : groupId;
  next[id] = news;
  const show = [{ id, connections: pick(news, ending), about: 'ends' as const }];
  return { show, withdraw: withdraw.filter((one) => one !== id), shown: next, fresh: [id] };
}

function pick(ids: readonly string[], from: ReadonlyMap<string, Connection>): Connection[] {
  return ids.flatMap((id) => from.get(id) ?? []);
}

/** What the toolbar shows: a count in red, or a quiet mark that something ends soon. */
export type BadgeFace =
  /** Everything that was here is gone. */
  | { readonly kind: 'lost' }
  /** Nothing that is found out can be written down. */
  | { readonly kind: 'full' }
  /** Nothing is checked until the person unlocks: neither good news nor bad. */
  | { readonly kind: 'locked' }
  | { readonly kind: 'none' }
  | { readonly kind: 'expiring' }
  | { readonly kind: 'reconnect'; readonly count: number };

/** The face for the counts of the chosen environment. */
export function badgeFace(counts: HealthCounts): BadgeFace {
  if (counts.reconnect > 0) return { kind: 'reconnect', count: counts.reconnect };
  return counts.expiring > 0 ? { kind: 'expiring' } : { kind: 'none' };
}
