/** What can be changed in several connections at once: how it is asked for, said and taken back. */
import type { Connection } from '../domain/connection.ts';
import type { Environment } from '../domain/environment.ts';
import { PatchbayError } from '../domain/errors.ts';
import { hasToSnooze, type HearingChange } from '../domain/snooze.ts';
import { hasTag, tagKey } from '../domain/tag.ts';
import type { Output } from '../rpc/procedures.ts';
import { environmentNameOf } from './environments.ts';
import { requestHearing } from './hearing.ts';
import type { Shared } from './options-deps.ts';
import { plural } from './translate.ts';

/** What is changed in each of the connections. */
export type BulkChange =
  | HearingChange
  | { readonly kind: 'resume' }
  /** Since then, epoch ms; since now unless given. */
  | { readonly kind: 'pause'; readonly since?: number }
  /** At a place among the others; after them unless given. */
  | { readonly kind: 'add-tag'; readonly tag: string; readonly at?: number }
  | { readonly kind: 'remove-tag'; readonly tag: string }
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
      return call('pauseSync', { ids, since: change.since });
    case 'resume':
      return call('resumeSync', { ids });
    case 'add-tag':
      return call('tagConnections', { ids, tag: change.tag, at: change.at });
    case 'remove-tag':
      return call('untagConnections', { ids, tag: change.tag });
    case 'move':
      return call('moveConnections', { ids, environmentId: change.environmentId });
    default:
      return requestHearing(call, ids, change);
  }
}

/** Makes a change in one connection. @throws PatchbayError that says why it could not be made */
export async function changeOne(
  call: Shared['call'],
  { id }: Connection,
  change: BulkChange,
): Promise<void> {
  const { outcomes } = await requestChange(call, [id], change);
  const error = outcomes[0]?.error ?? null;
  if (error !== null) throw new PatchbayError(error);
}

/**
 * What takes a change back, one step for all that were alike before.
 * @param changed those that the change was made to, as they were before
 * @param now epoch ms
 */
export function takingBack(
  change: BulkChange,
  changed: readonly Connection[],
  now: number,
): BulkStep[] {
  const steps = new Map<string, { change: BulkChange; connections: Connection[] }>();
  for (const one of changed) {
    const back = inverse(change, one, now);
    const key = JSON.stringify(back);
    const step = steps.get(key);
    if (step === undefined) steps.set(key, { change: back, connections: [one] });
    else step.connections.push(one);
  }
  return [...steps.values()];
}

/**
 * What makes a connection again as it was before a change, with the moments, spelling and place that
 * it had.
 * @param now epoch ms; a snooze that would be over by then is not put back
 */
export function inverse(change: BulkChange, before: Connection, now: number): BulkChange {
  switch (change.kind) {
    case 'pause':
      return { kind: 'resume' };
    case 'resume':
      return before.sync.kind === 'paused'
        ? { kind: 'pause', since: before.sync.since }
        : { kind: 'pause' };
    case 'mute':
      return { kind: 'unmute' };
    case 'unmute':
      return { kind: 'mute' };
    case 'snooze':
    case 'end-snooze': {
      const { snoozedUntil = 0 } = before;
      return snoozedUntil > now ? { kind: 'snooze', until: snoozedUntil } : { kind: 'end-snooze' };
    }
    case 'add-tag':
      return { kind: 'remove-tag', tag: change.tag };
    case 'remove-tag': {
      const at = before.tags.findIndex((tag) => tagKey(tag) === tagKey(change.tag));
      const tag = before.tags[at];
      return tag === undefined
        ? { kind: 'add-tag', tag: change.tag }
        : { kind: 'add-tag', tag, at };
    }
    case 'move':
      return { kind: 'move', environmentId: before.environmentId };
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
