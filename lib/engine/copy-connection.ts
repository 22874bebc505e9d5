import { unauthorized, type Connection } from '../domain/connection.ts';
import { PatchbayError } from '../domain/errors.ts';
import type { Output, ParsedInput } from '../rpc/procedures.ts';
import { commit } from '../store/commit.ts';
import { readConnection } from '../store/connections.ts';
import { demandEnvironment } from './environments.ts';
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
  const copy = copyOf(original, ports.newId(), environmentId, ports.now());
  await commit(db, {
    arrivedBy: 'copied',
    connections: async (tx) => {
      await demandEnvironment(tx, environmentId);
      // One of its tags may have been renamed since it was read.
      const { tags } = (await tx.objectStore('connections').get(id)) ?? original;
      return new Map([[copy.id, () => ({ ...copy, tags })]]);
    },
  });
  ports.announce({ kinds: ['connections', 'providers'], checking: null, ids: [copy.id] });
  await drawBadge(ports);
  return { id: copy.id };
}

function copyOf(
  { name, providerId, provider, methodId, methodKind, params, tags }: Connection,
  id: string,
  environmentId: string,
  now: number,
): Connection {
  const same = { name, providerId, provider, methodId, methodKind, params, tags };
  return unauthorized({ ...same, id, environmentId }, now);
}
