import type { Authorization } from '../domain/authorization.ts';
import type { ClientCredential, OauthCredential } from '../domain/credential.ts';
import { ENDING, type Deletion } from '../domain/deletion.ts';
import { mayLive } from '../domain/health.ts';
import { revoke } from '../oauth/revoke.ts';
import type { Method } from '../providers/schema.ts';
import { readGoingOf } from '../store/deletions.ts';
import type { Engine } from './engine.ts';
import { reachServer } from './reach-server.ts';

/**
 * Revokes a credential that nobody will use; what the provider makes of it changes nothing here.
 * Many providers end the whole grant of a person with one token, so it is left alone where a
 * connection lives on the same identity, or would after an Undo.
 * @param identityId whose it is; `null` when that was never learnt, and it may be anybody's
 */
export async function giveBack(
  engine: Engine,
  authorization: Pick<Authorization, 'providerId' | 'params'>,
  method: Method,
  credential: OauthCredential,
  client: ClientCredential,
  identityId: string | null,
): Promise<void> {
  if (method.kind !== 'oauth2') return;
  const { providerId, params } = authorization;
  const db = await engine.database();
  const others = await db.getAllFromIndex(
    'connections',
    'byIdentity',
    identityId === null
      ? IDBKeyRange.bound([providerId], [providerId, []])
      : [providerId, identityId],
  );
  if (others.some(({ health }) => mayLive(health))) return;
  const going = await readGoingOf(db, providerId);
  const isIts = ({ batchId, connection }: Deletion): boolean =>
    batchId !== ENDING && (identityId === null || connection.identity?.id === identityId);
  if (going.some(isIts)) return;
  const server = await reachServer(engine, method, params, client);
  await revoke(server, credential, client, params, engine.send, engine.now);
}
