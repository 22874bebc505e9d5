import type { Connection } from '../domain/connection.ts';
import { PatchbayError, type ErrorCode } from '../domain/errors.ts';
import { restated } from '../domain/health.ts';
import type { ParsedInput } from '../rpc/procedures.ts';
import { commit } from '../store/commit.ts';
import { readEnvironments } from '../store/read.ts';
import type { Ports } from './ports.ts';
import { drawBadge } from './tell.ts';

/** Changes the name; nothing else depends on it. */
export function renameConnection(ports: Ports, input: ParsedInput<'renameConnection'>) {
  return edit(ports, input.id, input.revision, (stored) => ({ ...stored, name: input.name }));
}

/** Replaces the tags; repeats are dropped, whatever their case. */
export function setTags(ports: Ports, input: ParsedInput<'setTags'>) {
  const tags = [...new Map(input.tags.map((tag) => [tag.toLowerCase(), tag])).values()];
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
  const environments = await readEnvironments(await ports.database());
  if (!environments.some(({ id }) => id === input.environmentId))
    throw new PatchbayError('invalid-request', 'environmentId');
  await edit(ports, input.id, input.revision, (stored) => ({
    ...stored,
    environmentId: input.environmentId,
  }));
  await drawBadge(ports);
}

/** Turns the flows of connections on or off; their credentials are not touched. */
export async function setSync(
  ports: Ports,
  ids: readonly string[],
  kind: 'on' | 'paused',
): Promise<{ outcomes: { id: string; error: ErrorCode | null }[] }> {
  const now = ports.now();
  const found = new Set<string>();
  await commit(await ports.database(), {
    connections: new Map(
      ids.map((id) => [
        id,
        (stored) => {
          if (stored === null) return null;
          found.add(id);
          if (stored.sync.kind === kind) return stored;
          return touched({ ...stored, sync: kind === 'on' ? { kind } : { kind, since: now } }, now);
        },
      ]),
    ),
  });
  ports.announce({ kinds: ['connections'], checking: null });
  return { outcomes: ids.map((id) => ({ id, error: found.has(id) ? null : 'not-found' })) };
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
  ports.announce({ kinds: ['connections'], checking: null });
}

/** A connection that the person has changed. */
export function touched(connection: Connection, now: number): Connection {
  return { ...connection, updatedAt: now, revision: connection.revision + 1 };
}
