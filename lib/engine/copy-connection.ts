import type { Connection } from '../domain/connection.ts';
import { PatchbayError } from '../domain/errors.ts';
import type { Output, ParsedInput } from '../rpc/procedures.ts';
import { commit } from '../store/commit.ts';
import { readConnection, readEnvironments } from '../store/read.ts';
import type { Ports } from './ports.ts';
import { drawBadge } from './tell.ts';

/**
 * Makes a connection of the same kind in another environment. A credential belongs to one
 * connection, so the copy has none until the person authorises it.
 * @throws PatchbayError `not-found`; `invalid-request` for an unknown environment
 */
export async function copyConnection(
  ports: Ports,
  { id, environmentId }: ParsedInput<'copyConnection'>,
): Promise<Output<'copyConnection'>> {
  const db = await ports.database();
  const original = await readConnection(db, id);
  if (original === undefined) throw new PatchbayError('not-found');
  if (!(await readEnvironments(db)).some((one) => one.id === environmentId))
    throw new PatchbayError('invalid-request', 'environmentId');
  const copy = copyOf(original, ports.newId(), environmentId, ports.now());
  await commit(db, {
    connections: async (tx) => {
      // One of its tags may have been renamed since it was read.
      const { tags } = (await tx.objectStore('connections').get(id)) ?? original;
      return new Map([[copy.id, () => ({ ...copy, tags })]]);
    },
  });
  ports.announce({ kinds: ['connections', 'providers'], checking: null });
  await drawBadge(ports);
  return { id: copy.id };
}

function copyOf(
  { name, providerId, provider, methodId, methodKind, params, tags }: Connection,
  id: string,
  environmentId: string,
  now: number,
): Connection {
  return {
    id,
    name,
    providerId,
    provider,
    methodId,
    methodKind,
    params,
    environmentId,
    tags,
    identity: null,
    accounts: { kind: 'none', readAt: now },
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
  };
}
