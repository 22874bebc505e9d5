/** What can be changed in several connections at once: how it is asked for, said and taken back. */
import type { Connection } from '../domain/connection.ts';
import type { Environment } from '../domain/environment.ts';
import { hasToSnooze, type HearingChange } from '../domain/snooze.ts';
import { hasTag } from '../domain/tag.ts';
import type { Output } from '../rpc/procedures.ts';
import { environmentNameOf } from './environments.ts';
import { requestHearing } from './hearing.ts';
import type { Shared } from './options-deps.ts';
import { plural } from './translate.ts';

/** What is changed in each of the connections. */
export type BulkChange =
  | HearingChange
  | { readonly kind: 'pause' | 'resume' }
  | { readonly kind: 'add-tag' | 'remove-tag'; readonly tag: string }
  | { readonly kind: 'move'; readonly environmentId: string };

/** Some connections, and what is changed in them. */
export interface BulkStep {
  readonly change: BulkChange;
  readonly connections: readonly Connection[];
}

export function requestChange(
  call: Shared['call'],
  ids: string[],
  change: BulkChange,
): Promise<Output<'pauseSync'>> {
  switch (change.kind) {
    case 'pause':
      return call('pauseSync', { ids });
    case 'resume':
      return call('resumeSync', { ids });
    case 'add-tag':
      return call('tagConnections', { ids, tag: change.tag });
    case 'remove-tag':
      return call('untagConnections', { ids, tag: change.tag });
    case 'move':
      return call('moveConnections', { ids, environmentId: change.environmentId });
    default:
      return requestHearing(call, ids, change);
  }
}

/**
 * What takes a change back: the same for all of them, but a snooze that was there before is put back
 * with its own moment, and what was moved goes back to where it stood.
 * @param changed those that the change was made to, as they were before
 * @param now epoch ms; a snooze that would be over by then is not put back
 */
export function takingBack(
  change: BulkChange,
  changed: readonly Connection[],
  now: number,
): BulkStep[] {
  if (change.kind === 'move')
    return steps(
      changed,
      ({ environmentId }) => environmentId,
      (environmentId) => ({
        kind: 'move',
        environmentId,
      }),
    );
  if (change.kind !== 'snooze' && change.kind !== 'end-snooze')
    return [{ change: inverse(change), connections: changed }];
  return steps(
    changed,
    ({ snoozedUntil = 0 }) => (snoozedUntil > now ? snoozedUntil : null),
    (until) => (until === null ? { kind: 'end-snooze' } : { kind: 'snooze', until }),
  );
}

/** One step for all that were alike before. */
function steps<T>(
  changed: readonly Connection[],
  before: (connection: Connection) => T,
  changeOf: (before: T) => BulkChange,
): BulkStep[] {
  const alike = new Map<T, Connection[]>();
  for (const one of changed) {
    const some = alike.get(before(one));
    if (some === undefined) alike.set(before(one), [one]);
    else some.push(one);
  }
  return [...alike].map(([was, connections]) => ({ change: changeOf(was), connections }));
}

type UniformChange = Exclude<BulkChange, { readonly kind: 'snooze' | 'end-snooze' | 'move' }>;

function inverse(change: UniformChange): BulkChange {
  switch (change.kind) {
    case 'pause':
      return { kind: 'resume' };
    case 'resume':
      return { kind: 'pause' };
    case 'mute':
      return { kind: 'unmute' };
    case 'unmute':
      return { kind: 'mute' };
    case 'add-tag':
      return { kind: 'remove-tag', tag: change.tag };
    case 'remove-tag':
      return { kind: 'add-tag', tag: change.tag };
  }
}

/** Whether a change means a connection at all; one that it does not mean stays as it is. */
export function isMeantBy(change: BulkChange, connection: Connection): boolean {
  return change.kind !== 'snooze' || hasToSnooze(connection);
}

/** Whether a connection is as a change would make it. */
export function isSoAlready(connection: Connection, change: BulkChange): boolean {
  const { sync, tags, isMuted, snoozedUntil, environmentId } = connection;
  switch (change.kind) {
    case 'pause':
      return sync.kind === 'paused';
    case 'resume':
      return sync.kind === 'on';
    case 'mute':
      return isMuted === true;
    case 'unmute':
      return isMuted !== true;
    case 'snooze':
      return snoozedUntil === change.until;
    case 'end-snooze':
      return snoozedUntil === undefined;
    case 'add-tag':
      return hasTag(tags, change.tag);
    case 'remove-tag':
      return !hasTag(tags, change.tag);
    case 'move':
      return environmentId === change.environmentId;
  }
}

/** What was done to so many. */
export function doneText(
  change: BulkChange,
  count: number,
  environments: readonly Environment[],
): string {
  switch (change.kind) {
    case 'pause':
      return plural('bulk_paused', count);
    case 'resume':
      return plural('bulk_resumed', count);
    case 'mute':
      return plural('bulk_muted', count);
    case 'unmute':
      return plural('bulk_unmuted', count);
    case 'snooze':
      return plural('bulk_snoozed', count);
    case 'end-snooze':
      return plural('bulk_snooze_ended', count);
    case 'add-tag':
      return plural('bulk_tagged', count, change.tag);
    case 'remove-tag':
      return plural('bulk_untagged', count, change.tag);
    case 'move':
      return plural('bulk_moved', count, environmentNameOf(environments, change.environmentId));
  }
}
