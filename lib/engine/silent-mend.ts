import type { Authorization, Proven } from '../domain/authorization.ts';
import type { ClientCredential, Credential } from '../domain/credential.ts';
import { PatchbayError } from '../domain/errors.ts';
import { sameIdentity } from '../domain/identity.ts';
import type { Method } from '../providers/schema.ts';
import { readConnection } from '../store/connections.ts';
import type { Engine } from './engine.ts';
import { giveBack } from './give-back.ts';

/**
 * Lets a credential through that came by the browser's own session: only one of the same person that
 * lasts as long as the one before. Any other is given back, and the person is asked in a window.
 * @throws PatchbayError `authorization-refused` where it is not, `not-found` where the connection is gone
 */
export async function demandMend(
  engine: Engine,
  authorization: Authorization,
  method: Method,
  credential: Credential,
  client: ClientCredential | null,
  { identity, grant }: Proven,
): Promise<void> {
  const { purpose } = authorization;
  if (purpose.kind !== 'reconnect') throw new PatchbayError('internal');
  const connection = await readConnection(await engine.database(), purpose.connectionId);
  if (connection === undefined) throw new PatchbayError('not-found');
  const before = connection.identity;
  const isSame = before !== null && sameIdentity(before, identity);
  const lasts = grant?.isRenewable === true || connection.grant?.isRenewable !== true;
  if (isSame && lasts) return;
  if (credential.kind === 'oauth2' && client !== null)
    await giveBack(engine, authorization, method, credential, client, identity.id).catch(
      () => undefined,
    );
  throw new PatchbayError('authorization-refused');
}
