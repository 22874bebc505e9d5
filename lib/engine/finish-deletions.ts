/** The end of a deletion: from here on there is no way back. */
import type { Connection } from '../domain/connection.ts';
import { ending, ENDING, type Deletion, type NotRevoked } from '../domain/deletion.ts';
import { mayLive } from '../domain/health.ts';
import { revoke } from '../oauth/revoke.ts';
import { commit } from '../store/commit.ts';
import type { Database, WriteTransaction } from '../store/database.ts';
import { readGoingOf } from '../store/deletions.ts';
import { failpoint } from '../store/failpoint.ts';
import { forgetConnections } from '../store/flows.ts';
import { editKept } from '../store/kept.ts';
import { checksRange } from '../store/read.ts';
import { secretId } from '../store/vault.ts';
import { clientFor } from './clients.ts';
import type { Engine } from './engine.ts';
import { runInLanes } from './lanes.ts';
import { reachServer } from './reach-server.ts';
import { planWake } from './wake.ts';

/**
 * Destroys secrets and evidence of what has been deleted for long enough, after the provider was
 * asked to end the grant where the person wanted that. Whatever it answers, the local deletion goes
 * through, and a grant that must be taken for alive is kept to be told (RFC 7009 §2.2.1).
 * @param isMeant which; those whose time is over unless given
 */
export function finishDeletions(
  engine: Engine,
  // Whoever began to end one and is gone left it to the next: the lock is free.
  isMeant: (deletion: Deletion) => boolean = ({ batchId, endsAt }) =>
    batchId === ENDING || endsAt <= engine.now(),
): Promise<void> {
  return engine.lock('deletions', async () => {
    const db = await engine.database();
    if (!(await db.getAll('deletions')).some(isMeant)) return;
    await engine.keepAwake(() => finish(engine, db, isMeant));
  });
}

async function finish(
  engine: Engine,
  db: Database,
  isMeant: (deletion: Deletion) => boolean,
): Promise<void> {
  const announce = (): void =>
    engine.announce({ kinds: ['deletions', 'providers', 'flows'], checking: null });
  const toRevoke = await begin(db, isMeant, engine.now());
  await failpoint('revoke-intent-written');
  announce();
  // Should the worker die while it asks, the alarm brings another one.
  await planWake(engine);
  await runInLanes(
    toRevoke,
    ({ connection }) => connection.providerId,
    async (deletion) => {
      const left = await endGrant(engine, db, deletion);
      await commit(db, {
        also: async (tx) => {
          await destroy(tx, [deletion.id]);
          if (left !== null) await keepToTell(tx, left);
          await failpoint('revoke-destroying', tx);
        },
      });
      await failpoint('revoke-destroyed');
    },
    () => false,
  );
  if (toRevoke.length > 0) announce();
  await planWake(engine);
}

/**
 * Destroys what needs no provider. The rest is marked as ending before anything is asked, so that
 * Undo never brings back a connection whose grant is over.
 * @returns the rest
 */
async function begin(
  db: Database,
  isMeant: (deletion: Deletion) => boolean,
  now: number,
): Promise<Deletion[]> {
  const toRevoke: Deletion[] = [];
  await commit(db, {
    also: async (tx) => {
      const store = tx.objectStore('deletions');
      const meant = (await store.getAll()).filter(isMeant);
      await destroy(
        tx,
        meant.filter(({ revokes }) => !revokes).map(({ id }) => id),
      );
      await Promise.all(
        meant.map(async (deletion) => {
          if (!deletion.revokes) return;
          const last = ending(deletion, now);
          toRevoke.push(last);
          await store.put(last);
        }),
      );
    },
  });
  return toRevoke;
}

async function destroy(tx: WriteTransaction, ids: readonly string[]): Promise<void> {
  await Promise.all(
    ids.flatMap((id) => [
      tx.objectStore('secrets').delete(secretId('credential', id)),
      tx.objectStore('checks').delete(checksRange(id)),
      tx.objectStore('strips').delete(id),
      tx.objectStore('deletions').delete(id),
    ]),
  );
  await forgetConnections(tx, ids);
}

function keepToTell(tx: WriteTransaction, left: NotRevoked): Promise<void> {
  return editKept(tx, 'notRevoked', (known = []) => [
    ...known.filter(({ id }) => id !== left.id),
    left,
  ]);
}

/** The person has read which grants live on. */
export async function dismissNotRevoked(engine: Engine): Promise<void> {
  await commit(await engine.database(), {
    also: (tx) => editKept(tx, 'notRevoked', () => undefined),
  });
  engine.announce({ kinds: ['deletions'], checking: null });
}

/** @returns `null` when the provider confirmed that the grant is over */
async function endGrant(
  engine: Engine,
  db: Database,
  { id, connection }: Deletion,
): Promise<NotRevoked | null> {
  const { name } = connection;
  if (await isInUse(db, connection)) return { id, name, reason: 'in-use' };
  // Not beside a renewal: the old token would be revoked, and the new one live on unseen.
  const isRevoked = engine.lock(secretId('credential', id), () => revokeOne(engine, connection));
  return (await isRevoked.catch(() => false)) ? null : { id, name, reason: 'failed' };
}

/**
 * Whether another connection lives on the same identity, or would after an Undo. Many providers end
 * the whole grant of a person with one token, so that one would break by itself.
 */
async function isInUse(
  db: Database,
  { providerId, methodId, identity, params }: Connection,
): Promise<boolean> {
  if (identity === null) return false;
  const same = await db.getAllFromIndex('connections', 'byIdentity', [providerId, identity.id]);
  const going = (await readGoingOf(db, providerId)).filter(
    ({ batchId, connection }) => batchId !== ENDING && connection.identity?.id === identity.id,
  );
  return [...same, ...going.map(({ connection }) => connection)].some(
    (one) =>
      one.methodId === methodId &&
      mayLive(one.health) &&
      JSON.stringify(one.params) === JSON.stringify(params),
  );
}

/** Asks the provider to end a grant. @returns whether it confirmed that */
export async function revokeOne(engine: Engine, connection: Connection): Promise<boolean> {
  const provider = await engine.providers.find(connection.providerId);
  const method = provider?.methods.find((one) => one.id === connection.methodId);
  const credential =
    engine.unsaved.get(connection.id)?.credential ??
    (await engine.vault.open('credential', connection.id));
  if (provider === null || method?.kind !== 'oauth2' || credential?.kind !== 'oauth2') return false;
  const { params } = connection;
  const client = await clientFor(engine, provider, method, params, null, credential.clientId);
  if (client === null) return false;
  const server = await reachServer(engine, method, params, client);
  await failpoint('revoke-begun');
  const outcome = await revoke(server, credential, client, params, engine.send);
  await failpoint('revoke-answered');
  return outcome === 'revoked';
}
