import { touched, type Connection } from '../domain/connection.ts';
import { areMade, edited, type ConnectionChanges } from '../domain/edit.ts';
import { PatchbayError, type ErrorCode } from '../domain/errors.ts';
import { hasTag, tagged, untagged } from '../domain/tag.ts';
import type { Output, ParsedInput } from '../rpc/procedures.ts';
import { commit } from '../store/commit.ts';
import type { WriteTransaction } from '../store/database.ts';
import { demandEnvironment } from './environments.ts';
import type { Ports } from './ports.ts';
import { drawBadge } from './tell.ts';

/**
 * Makes a person's changes of one connection, all of them or none.
 * @throws PatchbayError `not-found`; `changed-meanwhile` when the record is not the one that the person
 * saw; `invalid-request` for an unknown environment, or for the end of a grant
 */
export async function editConnection(
  ports: Ports,
  { id, revision, ...changes }: ParsedInput<'editConnection'>,
): Promise<void> {
  await editOne(ports, id, changes, (stored) => stored.revision === revision);
}

/**
 * Takes back what a person has made of one connection, whatever else became of it since.
 * @throws PatchbayError `not-found`; `changed-meanwhile` when it is not as they have made it any more;
 * `invalid-request` for an environment that is gone
 */
export async function undoEdit(
  ports: Ports,
  { id, made, before }: ParsedInput<'undoEdit'>,
): Promise<void> {
  // Taken back already: the answer of an earlier attempt may have been lost with the worker.
  const isTakenBack = (stored: Connection, now: number): boolean => areMade(stored, before, now);
  await editOne(
    ports,
    id,
    before,
    (stored, now) => areMade(stored, made, now) || isTakenBack(stored, now),
  );
}

/** @param isAsSeen whether the record is what the person meant */
async function editOne(
  ports: Ports,
  id: string,
  changes: ConnectionChanges,
  isAsSeen: (stored: Connection, now: number) => boolean,
): Promise<void> {
  const { environmentId, statedEndAt } = changes;
  const now = ports.now();
  const change = (stored: Connection | null): Connection => {
    if (stored === null) throw new PatchbayError('not-found');
    if (!isAsSeen(stored, now)) throw new PatchbayError('changed-meanwhile');
    return touched(edited(stored, changes, now), now);
  };
  await commit(await ports.database(), {
    connections: async (tx) => {
      if (environmentId !== undefined) await demandEnvironment(tx, environmentId);
      return new Map([[id, change]]);
    },
  });
  ports.announce({ kinds: ['connections'], checking: null, ids: [id] });
  if (environmentId !== undefined || statedEndAt !== undefined) await drawBadge(ports);
}

/** What became of each of several connections; by id, in the order in which they were named. */
type Outcomes = Promise<Output<'tagConnections'>>;

/**
 * Turns the flows of connections on or off; their credentials are not touched.
 * @param since of a pause, where one that was there before is put back; never in the future
 */
export function setSync(
  ports: Ports,
  ids: readonly string[],
  kind: 'on' | 'paused',
  since = Infinity,
): Outcomes {
  const now = ports.now();
  return editEach(ports, ids, (stored) =>
    stored.sync.kind === kind
      ? stored
      : { ...stored, sync: kind === 'on' ? { kind } : { kind, since: Math.min(since, now) } },
  );
}

/** Gives connections a tag. One that has it, in whatever case, keeps the one it has. */
export function tagConnections(
  ports: Ports,
  { ids, tag, at }: ParsedInput<'tagConnections'>,
): Outcomes {
  return editEach(ports, ids, (stored) => {
    const tags = tagged(stored.tags, tag, at ?? stored.tags.length);
    if (tags !== stored.tags) return { ...stored, tags };
    return hasTag(stored.tags, tag) ? stored : 'tags-carried-full';
  });
}

/** Takes a tag from connections, in whatever case they have it. */
export function untagConnections(ports: Ports, input: ParsedInput<'untagConnections'>): Outcomes {
  return editEach(ports, input.ids, (stored) =>
    hasTag(stored.tags, input.tag) ? { ...stored, tags: untagged(stored.tags, input.tag) } : stored,
  );
}

/** Moves connections to an environment. @throws PatchbayError `invalid-request` for an unknown one */
export async function moveConnections(
  ports: Ports,
  { ids, environmentId }: ParsedInput<'moveConnections'>,
): Outcomes {
  const outcomes = await editEach(
    ports,
    ids,
    (stored) => (stored.environmentId === environmentId ? stored : { ...stored, environmentId }),
    (tx) => demandEnvironment(tx, environmentId),
  );
  await drawBadge(ports);
  return outcomes;
}

/**
 * Makes one change in several connections, in one transaction. It adds to what is stored, whoever
 * changed that meanwhile, so no revision is asked for.
 * @param change returns what it was given to leave it, or why it cannot be made
 * @param demand what has to be true in that transaction
 */
export async function editEach(
  ports: Ports,
  ids: readonly string[],
  change: (stored: Connection) => Connection | ErrorCode,
  demand?: (tx: WriteTransaction) => Promise<void>,
): Outcomes {
  const now = ports.now();
  const errors = new Map<string, ErrorCode>();
  const edit = (id: string, stored: Connection | null): Connection | null => {
    const next = stored === null ? 'not-found' : change(stored);
    if (typeof next === 'string') errors.set(id, next);
    return typeof next === 'string' || next === stored ? stored : touched(next, now);
  };
  await commit(await ports.database(), {
    connections: async (tx) => {
      await demand?.(tx);
      return new Map(ids.map((id) => [id, (stored) => edit(id, stored)]));
    },
  });
  ports.announce({ kinds: ['connections'], checking: null, ids });
  return { outcomes: ids.map((id) => ({ id, error: errors.get(id) ?? null })) };
}
