/**
 * The queue "Reconnect all": what belongs into it, in which order, and what an outcome does to it.
 * Pure. The queue is moved in the transaction of whatever moves it, so it survives everything that
 * its connections survive.
 */
import type { Authorization } from './authorization.ts';
import { sortName, type Connection, type ConnectionChange } from './connection.ts';
import type { ErrorCode } from './errors.ts';

/** The queue as it is kept. */
export interface Repair {
  /** The environment that it was made for; `null`: all. */
  readonly environmentId: string | null;
  /** Made of connections that the person selected: no other one joins. */
  readonly isSelection?: boolean;
  /** Whether the next sign-in window opens without another click. */
  readonly continuesByItself: boolean;
  /** In the order of their turns. */
  readonly items: readonly RepairItem[];
  /** Whose turn it is: one that waits, or one that failed and has not been left; `null`: it has ended. */
  readonly currentId: string | null;
}

export interface RepairItem {
  /** The connection's own. */
  readonly id: string;
  readonly outcome: RepairOutcome;
}

export type RepairOutcome =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'mended' }
  /** It works again without the person: a check or a renewal found it well. */
  | { readonly kind: 'healed' }
  /** Left for another time; starting again brings it back. */
  | { readonly kind: 'later' }
  /** Left out on purpose, of what is started again too. */
  | { readonly kind: 'skipped' }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly detail: string | null };

export type RepairOutcomeKind = RepairOutcome['kind'];

/** What a person decides about the connection whose turn it is; `next` leaves one that failed. */
export type RepairDecision = 'later' | 'skip' | 'next';

/** How many came to each outcome. */
export type RepairTally = Readonly<Record<RepairOutcomeKind, number>>;

const WAITING: RepairOutcome = { kind: 'waiting' };

/** An attempt that ended so says nothing of the provider: its connection keeps its turn. */
const NOTHING_TRIED: readonly ErrorCode[] = [
  'window-busy',
  'interrupted',
  'exchange-interrupted',
  'not-started',
];

/** Doubts that signing in again would not settle, though a person can. */
const APART = ['misconfigured', 'limited', 'permission-missing'] as const;

/** Whether a new sign-in or a new key is what a connection asks for. */
export function asksForRepair({ health }: Connection): boolean {
  return health.kind === 'reconnect';
}

/** Whether a new credential makes a connection work, or keeps it working. */
export function gainsFromRepair({ health }: Connection): boolean {
  return (
    health.kind === 'reconnect' || health.kind === 'expiring' || health.kind === 'unauthorized'
  );
}

/** Whether a connection needs the person for something else than a new credential. */
export function standsApart({ health }: Connection): boolean {
  return health.kind === 'unverified' && APART.some((doubt) => doubt === health.doubt);
}

/** The connections that a queue is made of, in its order. */
export function repairable(
  connections: readonly Connection[],
  environmentId: string | null,
): readonly Connection[] {
  return inRepairOrder(
    connections.filter(
      (one) =>
        asksForRepair(one) && (environmentId === null || one.environmentId === environmentId),
    ),
  );
}

/**
 * By provider, then by site and person, so that one session of the browser serves all that it can.
 * Providers with sign-in windows come first: between them nothing has to be typed.
 */
export function inRepairOrder(connections: readonly Connection[]): readonly Connection[] {
  const withWindow = new Set(
    connections.filter((one) => one.methodKind === 'oauth2').map((one) => one.providerId),
  );
  return connections
    .map((connection) => ({ connection, key: orderKey(connection, withWindow) }))
    .sort((a, b) => compareKeys(a.key, b.key))
    .map(({ connection }) => connection);
}

function orderKey(one: Connection, withWindow: ReadonlySet<string>): readonly string[] {
  return [
    withWindow.has(one.providerId) ? '0' : '1',
    sortName(one.provider.name),
    one.providerId,
    JSON.stringify(Object.entries(one.params).sort(([a], [b]) => (a < b ? -1 : 1))),
    one.methodKind === 'oauth2' ? '0' : '1',
    sortName(one.identity?.label ?? ''),
    sortName(one.name),
    one.id,
  ];
}

function compareKeys(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((part, index) => part !== b[index]);
  if (at < 0) return 0;
  return (a[at] ?? '') < (b[at] ?? '') ? -1 : 1;
}

type Wish = Pick<Repair, 'environmentId' | 'isSelection' | 'continuesByItself'>;

/**
 * A queue of what asks for it or, where it is of a selection, of all that is given.
 * @returns `null` where that is nothing
 */
export function beginRepair(connections: readonly Connection[], wish: Wish): Repair | null {
  return wish.isSelection === true
    ? beginWith(inRepairOrder(connections), wish)
    : beginWith(repairable(connections, wish.environmentId), wish);
}

/**
 * A queue of what is {@link isLeft} of another one; `null`: nothing is.
 * @param connections of what is left, those that are still there
 */
export function beginWithLeft(repair: Repair, connections: readonly Connection[]): Repair | null {
  const left = new Set(repair.items.filter(isLeft).map(({ id }) => id));
  const { items: _before, currentId: _turn, ...wish } = repair;
  return beginWith(inRepairOrder(connections.filter(({ id }) => left.has(id))), wish);
}

function beginWith(connections: readonly Connection[], wish: Wish): Repair | null {
  if (connections.length === 0) return null;
  return { ...wish, ...atFirstWaiting(waiting(connections)) };
}

function waiting(connections: readonly Connection[]): readonly RepairItem[] {
  return connections.map(({ id }) => ({ id, outcome: WAITING }));
}

/**
 * A queue under way with what a person selected at its end; whose turn it is keeps it. What had its
 * turn before gets another one.
 */
export function joinRepair(repair: Repair, selected: readonly Connection[]): Repair {
  const ids = new Set(selected.map(({ id }) => id));
  const stays = ({ id, outcome }: RepairItem): boolean =>
    !ids.has(id) || id === repair.currentId || outcome.kind === 'waiting';
  const kept = repair.items.filter(stays);
  return { ...repair, items: withAdded(kept, inRepairOrder(selected)) };
}

/** Items with those of connections that are not among them yet. */
function withAdded(
  kept: readonly RepairItem[],
  connections: readonly Connection[],
): readonly RepairItem[] {
  const known = new Set(kept.map(({ id }) => id));
  return [...kept, ...waiting(connections.filter(({ id }) => !known.has(id)))];
}

/** Whether starting again brings an item back. */
export function isLeft({ outcome }: RepairItem): boolean {
  return outcome.kind === 'waiting' || outcome.kind === 'later' || outcome.kind === 'failed';
}

/** A queue that is gone on with: what broke since joins at its end, also what was mended before. */
export function rejoin(repair: Repair, connections: readonly Connection[]): Repair {
  const held = new Set(repair.items.map(({ id }) => id));
  const broken = repairable(connections, repair.environmentId).filter(
    ({ id }) => repair.isSelection !== true || held.has(id),
  );
  const ids = new Set(broken.map(({ id }) => id));
  const isWell = ({ outcome }: RepairItem): boolean =>
    outcome.kind === 'mended' || outcome.kind === 'healed';
  const kept = repair.items.filter((item) => !isWell(item) || !ids.has(item.id));
  const items = withAdded(kept, broken);
  const isStanding = kept.some(({ id }) => id === repair.currentId);
  return isStanding ? { ...repair, items } : { ...repair, ...atFirstWaiting(items) };
}

/** What the person decided; nothing changes where it is another one's turn meanwhile. */
export function decideRepair(repair: Repair, id: string, decision: RepairDecision): Repair {
  const item = currentOf(repair);
  if (item?.id !== id) return repair;
  if (decision === 'next')
    return item.outcome.kind === 'failed' ? { ...repair, ...atFirstWaiting(repair.items) } : repair;
  return settled(repair, id, { kind: decision === 'skip' ? 'skipped' : 'later' });
}

/** Ends a queue; what had no turn is left waiting. */
export function stopRepair(repair: Repair): Repair {
  return { ...repair, currentId: null };
}

/**
 * The queue after one commit.
 * @param changes of connections: what works again is healed, what is gone leaves
 * @param attempt that the commit wrote; where it ended, it decides about its connection
 * @returns the very same queue where nothing in it moved; `null` where all that it held is gone
 */
export function moveRepair(
  repair: Repair,
  changes: readonly ConnectionChange[],
  attempt: Authorization | null,
): Repair | null {
  const moved = changes.filter(leavesRepair).reduce((queue, { before, after }) => {
    if (before === null) return queue;
    if (after === null) return without(queue, before.id);
    return settled(queue, before.id, { kind: 'healed' });
  }, repair);
  if (moved.items.length === 0) return null;
  return attempt === null ? moved : afterAttempt(moved, attempt);
}

/** Whether a change may concern a queue: a connection is gone, or asks for a new credential no more. */
export function leavesRepair({ before, after }: ConnectionChange): boolean {
  if (before === null || after === null) return before !== null;
  return [asksForRepair, gainsFromRepair].some((asks) => asks(before) && !asks(after));
}

function afterAttempt(repair: Repair, { purpose, state }: Authorization): Repair {
  if (purpose.kind !== 'reconnect') return repair;
  const id = purpose.connectionId;
  if (state.kind === 'done' && state.connectionId === id)
    return settled(repair, id, { kind: 'mended' });
  // Only of the connection whose turn it is: another one may be tried elsewhere without losing its own.
  if (repair.currentId !== id) return repair;
  switch (state.kind) {
    // What was signed in to became a connection of its own, and this one is as it was.
    case 'done':
    case 'cancelled':
      return settled(repair, id, { kind: 'later' });
    case 'failed':
      return NOTHING_TRIED.includes(state.code)
        ? repair
        : put(repair, id, { kind: 'failed', code: state.code, detail: state.detail });
    default:
      return repair;
  }
}

/** The item whose turn it is. */
export function currentOf({ items, currentId }: Repair): RepairItem | null {
  return currentId === null ? null : (items.find(({ id }) => id === currentId) ?? null);
}

/** "3 of 14"; as many as there are once the queue has ended. */
export function progressOf({ items, currentId }: Repair): { at: number; total: number } {
  const total = items.length;
  return {
    at: currentId === null ? total : items.findIndex(({ id }) => id === currentId) + 1,
    total,
  };
}

/** How many came to what. */
export function tallyOf({ items }: Repair): RepairTally {
  const tally = { waiting: 0, mended: 0, healed: 0, later: 0, skipped: 0, failed: 0 };
  for (const { outcome } of items) tally[outcome.kind] += 1;
  return tally;
}

/** An outcome that ends a turn. */
function settled(repair: Repair, id: string, outcome: RepairOutcome): Repair {
  const next = put(repair, id, outcome);
  return repair.currentId === id ? { ...next, ...atFirstWaiting(next.items) } : next;
}

function put(repair: Repair, id: string, outcome: RepairOutcome): Repair {
  if (!repair.items.some((item) => item.id === id)) return repair;
  return {
    ...repair,
    items: repair.items.map((item) => (item.id === id ? { id, outcome } : item)),
  };
}

function without(repair: Repair, id: string): Repair {
  const items = repair.items.filter((item) => item.id !== id);
  if (items.length === repair.items.length) return repair;
  return repair.currentId === id ? { ...repair, ...atFirstWaiting(items) } : { ...repair, items };
}

function atFirstWaiting(items: readonly RepairItem[]): Pick<Repair, 'items' | 'currentId'> {
  return { items, currentId: items.find(({ outcome }) => outcome.kind === 'waiting')?.id ?? null };
}
