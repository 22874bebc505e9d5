import { touched, type Connection } from '../domain/connection.ts';
import { PatchbayError, type ErrorCode } from '../domain/errors.ts';
import { distinctTags, hasTag, tagged, untagged } from '../domain/tag.ts';
import { restated } from '../domain/health.ts';
import type { Output, ParsedInput } from '../rpc/procedures.ts';
import { commit } from '../store/commit.ts';
import { demandEnvironment } from './environments.ts';
import type { Ports } from './ports.ts';
import { drawBadge } from './tell.ts';

/** Changes the name; nothing else depends on it. */
export function renameConnection(ports: Ports, input: ParsedInput<'renameConnection'>) {
  return edit(ports, input.id, input.revision, (stored) => ({ ...stored, name: input.name }));
}

/** Replaces the tags; repeats are dropped, whatever their case. */
export function setTags(ports: Ports, input: ParsedInput<'setTags'>) {
  const tags = distinctTags(input.tags);
  return edit(ports, input.id, input.revision, (stored) => ({ ...stored, tags }));
}

/** Replaces what the person wrote down. */
export function setNotes(ports: Ports, input: ParsedInput<'setNotes'>) {
  return edit(ports, input.id, input.revision, (stored) => ({ ...stored, notes: input.notes }));
}

/**
 * States when a key or password ends, or takes it back.
 * @throws PatchbayError `invalid-request` for a grant, whose end its provider knows
 */
export async function setStatedEnd(ports: Ports, input: ParsedInput<'setStatedEnd'>) {
  const { id, revision, statedEndAt } = input;
  await edit(ports, id, revision, ({ statedEndAt: _before, ...stored }) => {
    if (stored.methodKind === 'oauth2') throw new PatchbayError('invalid-request', 'statedEndAt');
    const health = restated(stored.health, statedEndAt ?? undefined, ports.now());
    return { ...stored, health, ...(statedEndAt === null ? {} : { statedEndAt }) };
  });
  await drawBadge(ports);
}

/** Puts a connection on another shelf. @throws PatchbayError `invalid-request` for an unknown one */
export async function moveConnection(ports: Ports, input: ParsedInput<'moveConnection'>) {
  await demandEnvironment(ports, input.environmentId);
  await edit(ports, input.id, input.revision, (stored) => ({
    ...stored,
    environmentId: input.environmentId,
  }));
  await drawBadge(ports);
}

/** What became of each of several connections; by id, in the order in which they were named. */
type Outcomes = Promise<Output<'tagConnections'>>;

/** Turns the flows of connections on or off; their credentials are not touched. */
export function setSync(ports: Ports, ids: readonly string[], kind: 'on' | 'paused'): Outcomes {
  const now = ports.now();
  return editEach(ports, ids, (stored) =>
    stored.sync.kind === kind
      ? stored
      : { ...stored, sync: kind === 'on' ? { kind } : { kind, since: now } },
  );
}

/** Gives connections a tag. One that has it, in whatever case, keeps the one it has. */
export function tagConnections(ports: Ports, input: ParsedInput<'tagConnections'>): Outcomes {
  return editEach(ports, input.ids, (stored) => {
    const tags = tagged(stored.tags, input.tag, stored.tags.length);
    if (tags !== stored.tags) return { ...stored, tags };
    return hasTag(stored.tags, input.tag) ? stored : 'tags-carried-full';
  });
}

/** Takes a tag from connections, in whatever case they have it. */
export function untagConnections(ports: Ports, input: ParsedInput<'untagConnections'>): Outcomes {
  return editEach(ports, input.ids, (stored) =>
    hasTag(stored.tags, input.tag) ? { ...stored, tags: untagged(stored.tags, input.tag) } : stored,
  );
}

/**
 * Makes one change in several connections, in one transaction. It adds to what is stored, whoever
 * changed that meanwhile, so no revision is asked for.
 * @param change returns what it was given to leave it, or why it cannot be made
 */
async function editEach(
  ports: Ports,
  ids: readonly string[],
  change: (stored: Connection) => Connection | ErrorCode,
): Outcomes {
  const now = ports.now();
  const errors = new Map<string, ErrorCode>();
  const edit = (id: string, stored: Connection | null): Connection | null => {
    const next = stored === null ? 'not-found' : change(stored);
    if (typeof next === 'string') errors.set(id, next);
    return typeof next === 'string' || next === stored ? stored : touched(next, now);
  };
  await commit(await ports.database(), {
    connections: new Map(ids.map((id) => [id, (stored) => edit(id, stored)])),
  });
  ports.announce({ kinds: ['connections'], checking: null, ids });
  return { outcomes: ids.map((id) => ({ id, error: errors.get(id) ?? null })) };
}

/**
 * Makes a person's change.
 * @throws PatchbayError `not-found`, or `changed-meanwhile` when the record is not the one that the
 * person saw; nothing is written then
 */
async function edit(
  ports: Ports,
  id: string,
  revision: number,
  change: (stored: Connection) => Connection,
): Promise<void> {
  await commit(await ports.database(), {
    connections: new Map([
      [
        id,
        (stored) => {
          if (stored === null) throw new PatchbayError('not-found');
          if (stored.revision !== revision) throw new PatchbayError('changed-meanwhile');
          return touched(change(stored), ports.now());
        },
      ],
    ]),
  });
  ports.announce({ kinds: ['connections'], checking: null, ids: [id] });
}
