/** What can be changed in several connections at once: how it is asked for, said and taken back. */
import type { Connection } from '../domain/connection.ts';
import { hasToSnooze, type HearingChange } from '../domain/snooze.ts';
import { hasTag } from '../domain/tag.ts';
import type { Output } from '../rpc/procedures.ts';
import { requestHearing } from './hearing.ts';
import type { Shared } from './options-deps.ts';
import { plural } from './translate.ts';

/** What is changed in each of the connections. */
export type BulkChange =
  | HearingChange
  | { readonly kind: 'pause' | 'resume' }
  | { readonly kind: 'add-tag' | 'remove-tag'; readonly tag: string };

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
    default:
      return requestHearing(call, ids, change);
  }
}

/**
 * What takes a change back: the same for all of them, but a snooze that was there before is put back
 * with its own moment.
 * @param changed those that the change was made to, as they were before
 * @param now epoch ms; a snooze that would be over by then is not put back
 */
export function takingBack(
  change: BulkChange,
  changed: readonly Connection[],
  now: number,
): BulkStep[] {
  if (change.kind !== 'snooze' && change.kind !== 'end-snooze')
    return [{ change: inverse(change), connections: changed }];
  const byMoment = new Map<number | undefined, Connection[]>();
  for (const one of changed) {
    const { snoozedUntil = 0 } = one;
    const until = snoozedUntil > now ? snoozedUntil : undefined;
    const some = byMoment.get(until);
    if (some === undefined) byMoment.set(until, [one]);
    else some.push(one);
  }
  return [...byMoment].map(([until, connections]) => ({
    change: until === undefined ? { kind: 'end-snooze' } : { kind: 'snooze', until },
    connections,
  }));
}

type UniformChange = Exclude<BulkChange, { readonly kind: 'snooze' | 'end-snooze' }>;

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
  const { sync, tags, isMuted, snoozedUntil } = connection;
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
  }
}

/** What was done to so many. */
export function doneText(change: BulkChange, count: number): string {
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
  }
}
