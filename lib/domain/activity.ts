/**
 * What happened to connections, as the page "Activity" lists it: read off a record before and after
 * its change, so that nobody who changes one has to remember to say so. Pure; holds no secret and
 * nothing of what a provider said.
 */
import type { Authorization } from './authorization.ts';
import type { Connection, ConnectionChange } from './connection.ts';
import type { Doubt } from './health.ts';
import type { Rejection } from './verdict.ts';

/** What a person may have edited. */
export type EditedField = 'environment' | 'tags' | 'notes' | 'stated-end' | 'accounts';

/** `session`: by the session that the browser had, without a window. */
export type Mending = 'reconnected' | 'session' | 'key-replaced' | 'by-itself';

export type Happening =
  | {
      readonly kind:
        | 'connected'
        | 'imported'
        | 'copied'
        | 'deleted'
        | 'restored'
        /** Authorised anew although it worked. */
        | 'reauthorized'
        /** A doubt is over. */
        | 'verified'
        | 'paused'
        | 'resumed'
        | 'muted'
        | 'unmuted'
        | 'snooze-ended';
    }
  | { readonly kind: 'broke'; readonly reason: Rejection }
  | { readonly kind: 'mended'; readonly how: Mending }
  | { readonly kind: 'doubted'; readonly doubt: Doubt }
  | { readonly kind: 'ends-soon'; readonly endsAt: number }
  | { readonly kind: 'renamed'; readonly from: string }
  | { readonly kind: 'edited'; readonly fields: readonly EditedField[] }
  | { readonly kind: 'snoozed'; readonly until: number }
  /** A notification was shown. */
  | { readonly kind: 'notified'; readonly about: 'broke' | 'ends' };

export type HappeningKind = Happening['kind'];

/** One line of the activity. */
export interface Activity {
  /** Given by the store, growing; absent before. */
  readonly id?: number;
  readonly at: number;
  readonly happening: Happening;
  /** Those that it can be found by; of very many the first ones. */
  readonly connectionIds: readonly string[];
  /** How many connections it happened to. */
  readonly count: number;
  /** Of the first connection, as it was called then. */
  readonly name: string;
  readonly providerId: string;
  readonly providerName: string;
  readonly environmentId: string;
}

export const ACTIVITY_MAX = 10_000;
export const ACTIVITY_AGE_MAX_MS = 90 * 24 * 60 * 60 * 1000;

/** How many lines of one kind a single commit may write; more of them become one line. */
const EACH_MAX = 25;
/** A line that speaks of many is found by this many of them. */
const FOUND_BY_MAX = 100;

/** When a change was made, where nobody says so: the latest moment that its record knows. */
export function changedAt(connection: Connection): number {
  const { createdAt, updatedAt, checkedAt, authorizedAt } = connection;
  return Math.max(createdAt, updatedAt, checkedAt ?? 0, authorizedAt ?? 0);
}

/** What a commit knows of its changes beyond the records. */
export interface Circumstance {
  /** Epoch ms; needed where a connection goes or comes back. */
  readonly at?: number | undefined;
  readonly isUndo?: boolean | undefined;
  /** How connections came that nobody signed in to here. */
  readonly arrivedBy?: 'imported' | 'copied' | undefined;
  /** The attempt that brought the change about. */
  readonly putAuthorization?: Pick<Authorization, 'isSilent'> | undefined;
}

/** What happened in one commit; where the same happened to many, in one line. */
export function activityOf(
  changes: readonly ConnectionChange[],
  { at, isUndo = false, arrivedBy, putAuthorization }: Circumstance = {},
): Activity[] {
  const groups = new Map<string, Activity[]>();
  for (const { before, after } of changes) {
    const one = after ?? before;
    if (one === null) continue;
    const arrival = isUndo ? 'restored' : (arrivedBy ?? 'connected');
    const isSilent = putAuthorization?.isSilent === true;
    for (const happening of happenings(before, after, arrival, isSilent)) {
      const line = lineOf(one, happening, at ?? changedAt(one));
      const group = groups.get(happening.kind);
      if (group === undefined) groups.set(happening.kind, [line]);
      else group.push(line);
    }
  }
  return [...groups.values()].flatMap((lines) => (lines.length > EACH_MAX ? merged(lines) : lines));
}

/** One line about several connections; none about none. */
export function activityAbout(
  connections: readonly Connection[],
  happening: Happening,
  at: number,
): Activity[] {
  return merged(connections.map((one) => lineOf(one, happening, at)));
}

function lineOf(connection: Connection, happening: Happening, at: number): Activity {
  const { id, name, providerId, provider, environmentId } = connection;
  const where = { name, providerId, providerName: provider.name, environmentId };
  return { at, happening, connectionIds: [id], count: 1, ...where };
}

function merged(lines: readonly Activity[]): Activity[] {
  const [first] = lines;
  if (first === undefined) return [];
  const connectionIds = lines.slice(0, FOUND_BY_MAX).flatMap((line) => line.connectionIds);
  return [{ ...first, connectionIds, count: lines.length }];
}

function happenings(
  before: Connection | null,
  after: Connection | null,
  arrival: 'restored' | 'imported' | 'copied' | 'connected',
  isSilent: boolean,
): Happening[] {
  if (after === null) return [{ kind: 'deleted' }];
  if (before === null) return [{ kind: arrival }];
  return [...moved(before, after, isSilent), ...changed(before, after)];
}

/** Doubts that are no news: the first of two refusals, and what is about this computer alone. */
const SILENT_DOUBTS: readonly Doubt[] = ['suspect', 'unchecked', 'offline'];

function doubtOf({ health }: Connection): Doubt | null {
  return health.kind === 'unverified' && !SILENT_DOUBTS.includes(health.doubt)
    ? health.doubt
    : null;
}

function moved(before: Connection, after: Connection, isSilent: boolean): Happening[] {
  const was = before.health;
  const is = after.health;
  const isAnew = before.authorizedAt !== after.authorizedAt;
  if (is.kind === 'reconnect')
    return was.kind === 'reconnect' ? [] : [{ kind: 'broke', reason: is.reason }];
  if (was.kind === 'reconnect')
    return [{ kind: 'mended', how: howMended(after, isAnew, isSilent) }];
  if (isAnew) return [{ kind: before.authorizedAt === null ? 'connected' : 'reauthorized' }];
  if (is.kind === 'expiring' && was.kind !== 'expiring')
    return [{ kind: 'ends-soon', endsAt: is.expiresAt }];
  const doubt = doubtOf(after);
  if (doubt !== null) return doubt === doubtOf(before) ? [] : [{ kind: 'doubted', doubt }];
  return doubtOf(before) !== null && is.kind !== 'unverified' ? [{ kind: 'verified' }] : [];
}

function howMended({ methodKind }: Connection, isAnew: boolean, isSilent: boolean): Mending {
  if (!isAnew) return 'by-itself';
  if (methodKind !== 'oauth2') return 'key-replaced';
  return isSilent ? 'session' : 'reconnected';
}

function changed(before: Connection, after: Connection): Happening[] {
  const found: Happening[] = [];
  if (before.name !== after.name) found.push({ kind: 'renamed', from: before.name });
  const fields = editedFields(before, after);
  if (fields.length > 0) found.push({ kind: 'edited', fields });
  if (before.sync.kind !== after.sync.kind)
    found.push({ kind: after.sync.kind === 'on' ? 'resumed' : 'paused' });
  if ((before.isMuted === true) !== (after.isMuted === true))
    found.push({ kind: after.isMuted === true ? 'muted' : 'unmuted' });
  const { snoozedUntil: until } = after;
  if (until !== undefined && until !== before.snoozedUntil) found.push({ kind: 'snoozed', until });
  const isMended = before.health.kind !== after.health.kind;
  if (until === undefined && before.snoozedUntil !== undefined && !isMended)
    found.push({ kind: 'snooze-ended' });
  return found;
}

function editedFields(before: Connection, after: Connection): EditedField[] {
  const differs: Record<EditedField, boolean> = {
    environment: before.environmentId !== after.environmentId,
    tags: before.tags !== after.tags && before.tags.join('\n') !== after.tags.join('\n'),
    notes: (before.notes ?? '') !== (after.notes ?? ''),
    // A new credential has taken the end of the one before along.
    'stated-end':
      before.statedEndAt !== after.statedEndAt && before.authorizedAt === after.authorizedAt,
    accounts:
      before.accountChoice !== after.accountChoice &&
      JSON.stringify(before.accountChoice) !== JSON.stringify(after.accountChoice),
  };
  return (Object.keys(differs) as EditedField[]).filter((field) => differs[field]);
}

/** What a list of activity can be narrowed down to. */
export const ACTIVITY_TOPICS = ['health', 'ends', 'notices', 'changes'] as const;
export type ActivityTopic = (typeof ACTIVITY_TOPICS)[number];

export function topicOf({ kind }: Happening): ActivityTopic {
  switch (kind) {
    case 'broke':
    case 'mended':
    case 'doubted':
    case 'verified':
      return 'health';
    case 'ends-soon':
      return 'ends';
    case 'notified':
    case 'muted':
    case 'unmuted':
    case 'snoozed':
    case 'snooze-ended':
      return 'notices';
    default:
      return 'changes';
  }
}

/** What a list of activity is narrowed down to; `null`: not by this. */
export interface ActivityFilter {
  readonly connectionId: string | null;
  readonly topic: ActivityTopic | null;
  readonly providerId: string | null;
  readonly environmentId: string | null;
  readonly text: string;
}

export const ALL_ACTIVITY: ActivityFilter = {
  connectionId: null,
  topic: null,
  providerId: null,
  environmentId: null,
  text: '',
};

/** Whether a line is among what is asked for; which connection it is about is the store's to find. */
export function isMeant(activity: Activity, filter: ActivityFilter): boolean {
  const { topic, providerId, environmentId, text } = filter;
  const searched = text.trim().toLowerCase();
  return (
    (topic === null || topicOf(activity.happening) === topic) &&
    (providerId === null || activity.providerId === providerId) &&
    (environmentId === null || activity.environmentId === environmentId) &&
    (searched === '' ||
      `${activity.name}\n${activity.providerName}`.toLowerCase().includes(searched))
  );
}
