import type { Connection } from '../domain/connection.ts';
import { revoke } from '../oauth/revoke.ts';
import type { Output, ParsedInput } from '../rpc/procedures.ts';
import { commit } from '../store/commit.ts';
import { secretId } from '../store/vault.ts';
import { clientFor } from './clients.ts';
import type { Engine } from './engine.ts';
import { runInLanes } from './lanes.ts';
import { reachServer } from './reach-server.ts';
import { tell } from './tell.ts';
import { planWake } from './wake.ts';

const LANES = { total: 12, perKey: 6 };

/**
 * Deletes our reference to connections, their secrets and evidence. Where asked to, the provider is
 * told to end the grant first; whatever it answers, the local deletion goes through and the answer
 * is reported (RFC 7009 §2.2.1).
 */
export async function deleteConnections(
  engine: Engine,
  input: ParsedInput<'deleteConnections'>,
): Promise<Output<'deleteConnections'>> {
  const db = await engine.database();
  const store = db.transaction('connections').store;
  const found = (await Promise.all(input.ids.map((id) => store.get(id)))).flatMap(
    (one) => one ?? [],
  );
  const report = { revoked: 0, notRevoked: [] as { id: string; name: string }[] };
  if (input.revoke)
    await runInLanes(
      found,
      LANES,
      ({ providerId }) => providerId,
      async (connection) => {
        // Not beside a renewal: the old token would be revoked, and the new one live on unseen.
        const name = secretId('credential', connection.id);
        const isRevoked = engine.lock(name, () => revokeOne(engine, connection));
        if (await isRevoked.catch(() => false)) report.revoked += 1;
        else report.notRevoked.push({ id: connection.id, name: connection.name });
      },
      () => false,
    );
  await commit(db, {
    connections: new Map(found.map(({ id }) => [id, () => null])),
    deleteSecrets: found.map(({ id }) => secretId('credential', id)),
  });
  engine.announce({ kinds: ['connections', 'providers'], checking: null });
  await Promise.all([tell(engine), planWake(engine)]);
  return { deleted: found.length, ...report };
}

async function revokeOne(engine: Engine, connection: Connection): Promise<boolean> {
  const provider = await engine.providers.find(connection.providerId);
  const method = provider?.methods.find((one) => one.id === connection.methodId);
  const credential = await engine.vault.open('credential', connection.id);
  if (provider === null || method?.kind !== 'oauth2' || credential?.kind !== 'oauth2') return false;
  const { params } = connection;
  const client = await clientFor(engine, provider, method, params, null, credential.clientId);
  if (client === null) return false;
  const server = await reachServer(engine, method, params, client);
  const outcome = await revoke(server, credential, client, params, engine.send);
  return outcome === 'revoked';
}
