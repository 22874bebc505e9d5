/** The end of a deletion: from here on there is no way back. */
import type { Connection } from '../domain/connection.ts';
import {
  ending,
  ENDING,
  endingLater,
  isOver,
  type Deletion,
  type NotRevoked,
} from '../domain/deletion.ts';
import { codeOf } from '../domain/errors.ts';
import { mayLive } from '../domain/health.ts';
import { revoke, type RevokeOutcome } from '../oauth/revoke.ts';
import { checksRange } from '../store/checks.ts';
import { commit } from '../store/commit.ts';
import type { Database, WriteTransaction } from '../store/database.ts';
import { readGoingOf } from '../store/deletions.ts';
import { failpoint } from '../store/failpoint.ts';
import { forgetConnections } from '../store/flows.ts';
import { editKept } from '../store/kept.ts';
import { secretId } from '../store/vault.ts';
import { clientFor } from './clients.ts';
import type { Engine } from './engine.ts';
import { runInLanes } from './lanes.ts';
import { reachServer } from './reach-server.ts';
import { planWake } from './wake.ts';

/**
 * Destroys secrets and evidence of what has been deleted for long enough, after the provider was
 * asked to end the grant where the person wanted that. One that is not there is asked again later,
 * with the secrets kept until then; whatever it answers, the local deletion goes through, and a grant
 * that must be taken for alive is kept to be told (RFC 7009 §2.2.1).
 * @param isMeant which, now and for good; unless given, those whose time is over
 */
export function finishDeletions(
  engine: Engine,
  isMeant?: (deletion: Deletion) => boolean,
): Promise<void> {
  return engine.lock('deletions', async () => {
    const db = await engine.database();
    // The lock is free: nobody is about to end one.
    const isNow = isMeant ?? ((deletion) => isOver(deletion, engine.now()));
    if (!(await db.getAll('deletions')).some(isNow)) return;
    await engine.keepAwake(() => finish(engine, db, isNow, isMeant === undefined));
  });
}

async function finish(
  engine: Engine,
  db: Database,
  isMeant: (deletion: Deletion) => boolean,
  hasTime: boolean,
): Promise<void> {
  const revoked: string[] = [];
  const announce = (): void =>
    engine.announce({
      kinds: ['deletions', 'providers', 'flows'],
      checking: null,
      ...(revoked.length > 0 && { revoked }),
    });
  const toRevoke = await begin(db, isMeant, engine.now());
  await failpoint('revoke-intent-written');
  announce();
  // Should the worker die while it asks, the alarm brings another one.
  await planWake(engine);
  await runInLanes(
    toRevoke,
    ({ connection }) => connection.providerId,
    async (deletion) => {
      const { left, retryAt } = await endGrant(engine, db, deletion);
      const later = hasTime ? endingLater(deletion, retryAt, engine.now()) : null;
      await commit(db, {
        also: async (tx) => {
          const deletions = tx.objectStore('deletions');
          // Everything may have been deleted meanwhile.
          if ((await deletions.getKey(deletion.id)) === undefined) return;
          if (later === null) await destroy(tx, [deletion.id]);
          else await deletions.put(later);
          // What was read is not told again before there is something new.
          if (later === null || deletion.waitsSince === undefined)
            await keepToTell(tx, deletion, later === null ? left : 'waiting');
          await failpoint('revoke-destroying', tx);
        },
      });
      if (left === null) revoked.push(deletion.connection.name);
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

/** @param reason why the grant lives on; `null` when it does not */
function keepToTell(
  tx: WriteTransaction,
  { id, connection: { name } }: Deletion,
  reason: NotRevoked['reason'] | null,
): Promise<void> {
  return editKept(tx, 'notRevoked', (known = []) => {
    const others = known.filter((one) => one.id !== id);
    const all = reason === null ? others : [...others, { id, name, reason }];
    return all.length === 0 ? undefined : all;
  });
}

/** The person has read which grants live on. */
export async function dismissNotRevoked(engine: Engine): Promise<void> {
  await commit(await engine.database(), {
    also: (tx) => editKept(tx, 'notRevoked', () => undefined),
  });
  engine.announce({ kinds: ['deletions'], checking: null });
}

interface Ended {
  /** Why the grant must be taken for alive; `null` when the provider confirmed that it is over. */
  readonly left: 'failed' | 'in-use' | null;
  /** When asking again may help, epoch ms. */
  readonly retryAt: number | null;
}

async function endGrant(
  engine: Engine,
  db: Database,
  { id, connection }: Deletion,
): Promise<Ended> {
  if (await isInUse(db, connection)) return { left: 'in-use', retryAt: null };
  // Not beside a renewal: the old token would be revoked, and the new one live on unseen.
  const outcome = await engine
    .lock(secretId('credential', id), () => revokeOne(engine, connection))
    .catch((thrown: unknown): RevokeOutcome => {
      const isPassing = codeOf(thrown) === 'vault-locked';
      return { kind: 'failed', retryAt: isPassing ? engine.now() : null };
    });
  if (outcome.kind === 'revoked') return { left: null, retryAt: null };
  return { left: 'failed', retryAt: outcome.kind === 'failed' ? outcome.retryAt : null };
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

const NOTHING_TO_REVOKE: RevokeOutcome = { kind: 'unsupported' };

/** Asks the provider to end a grant. @throws PatchbayError when it could not be asked */
export async function revokeOne(engine: Engine, connection: Connection): Promise<RevokeOutcome> {
  const provider = await engine.providers.find(connection.providerId);
  const method = provider?.methods.find((one) => one.id === connection.methodId);
  const credential =
    engine.unsaved.get(connection.id)?.credential ??
    (await engine.vault.open('credential', connection.id));
  if (provider === null || method?.kind !== 'oauth2' || credential?.kind !== 'oauth2')
    return NOTHING_TO_REVOKE;
  const { params } = connection;
  const client = await clientFor(engine, provider, method, params, null, credential.clientId);
  if (client === null) return NOTHING_TO_REVOKE;
  const server = await reachServer(engine, method, params, client);
  await failpoint('revoke-begun');
  const outcome = await revoke(server, credential, client, params, engine.send, engine.now);
  await failpoint('revoke-answered');
  return outcome;
}
