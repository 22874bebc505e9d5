/**
 * The second half of an attempt: the answer is exchanged, the credential proven, and either written
 * in one transaction with its connection or kept for the person's choice.
 */
import {
  CHOICE_LIFE_MS,
  type Authorization,
  type AuthorizationState,
  type Exchange,
} from '../domain/authorization.ts';
import type { CheckRecord } from '../domain/check-record.ts';
import type { Connection } from '../domain/connection.ts';
import { secret, type ClientCredential, type Credential } from '../domain/credential.ts';
import { DEFAULT_ENVIRONMENT_ID } from '../domain/environment.ts';
import { PatchbayError } from '../domain/errors.ts';
import type { Grant } from '../domain/grant.ts';
import { sameIdentity, type Identity } from '../domain/identity.ts';
import type { CheckResult } from '../health/run-check.ts';
import { readRedirect } from '../oauth/authorize.ts';
import { exchangeCode } from '../oauth/token.ts';
import type { Method, Provider } from '../providers/schema.ts';
import { commit, type Commit } from '../store/commit.ts';
import { readConnection } from '../store/connections.ts';
import type { Database } from '../store/database.ts';
import { failpoint } from '../store/failpoint.ts';
import { readSettings } from '../store/read.ts';
import { secretId } from '../store/vault.ts';
import type { Engine } from './engine.ts';
import { keepClient } from './clients.ts';
import { standingEnvironment } from './environments.ts';
import { giveBack } from './give-back.ts';
import { newConnection, reauthorized } from './new-connection.ts';
import { paceOf } from './pace.ts';
import { prove, type Proof } from './prove.ts';
import { reachServer } from './reach-server.ts';
import { methodOf } from './providers.ts';
import { demandMend } from './silent-mend.ts';
import { planWake } from './wake.ts';
import { standingTags } from './tags.ts';
import { tell } from './tell.ts';

/** What becomes of somebody else's credential: the person is asked, or it is not used. */
type Otherwise = 'ask' | 'refuse';

/** The address came back: prove that it answers this attempt, exchange the code, go on. */
export async function finishWithCode(
  engine: Engine,
  authorization: Authorization,
  answer: string,
  redirectUri: string,
  otherwise: Otherwise = 'ask',
): Promise<void> {
  const secrets = await engine.vault.open('authorization', authorization.id);
  if (secrets === null || secrets.client === null || engine.now() > authorization.expiresAt)
    throw new PatchbayError('expired');
  await failpoint('sign-in-answered');
  const sent: Exchange = { sentAt: engine.now(), grant: null, end: null };
  const proving: Authorization = { ...authorization, state: { kind: 'proving' } };
  // `state` is for one use: gone before the code is used, so that no second answer can match it.
  await commit(await engine.database(), {
    putAuthorization: { ...proving, exchange: sent },
    deleteSecrets: [secretId('authorization', authorization.id)],
  });
  await failpoint('sign-in-intent-written');
  engine.announce({ kinds: ['authorizations'], checking: null });
  const { method } = await methodFor(engine, authorization);
  if (method.kind !== 'oauth2') throw new PatchbayError('internal');
  const { client } = secrets;
  const server = await reachServer(engine, method, authorization.params, client);
  const params = readRedirect(server, answer, { redirectUri, state: secrets.state });
  const outcome = await exchangeCode(
    { server, send: engine.send, now: engine.now },
    params,
    redirectUri,
    secrets.verifier,
  );
  if (outcome.kind === 'refused')
    throw new PatchbayError(outcome.code, outcome.words ?? outcome.error);
  await failpoint('sign-in-exchanged');
  const { credential, scopesGiven } = outcome;
  const grant: Grant = {
    scopesAsked: authorization.scopes,
    scopesGiven,
    grantedAt: engine.now(),
    accessEndsAt: credential.accessEndsAt,
    isRenewable: credential.refreshToken !== null,
  };
  const proven = { ...proving, exchange: { ...sent, grant } };
  try {
    await keepWaiting(engine, proven, credential, client);
  } catch (thrown) {
    // What cannot be kept must not live on where nobody knows of it.
    await giveBack(engine, authorization, method, credential, client, null).catch(() => undefined);
    throw thrown;
  }
  await failpoint('sign-in-tokens-written');
  await finishWithCredential(engine, proven, credential, grant, client, otherwise);
}

/** Proves a credential and settles what it belongs to. */
export async function finishWithCredential(
  engine: Engine,
  authorization: Authorization,
  credential: Credential,
  grant: Grant | null,
  client: ClientCredential | null,
  otherwise: Otherwise = 'ask',
): Promise<void> {
  const { provider, method } = await methodFor(engine, authorization);
  const proof = await prove(engine, provider, method, credential, authorization.params, grant);
  const db = await engine.database();
  if (otherwise === 'refuse')
    await demandMend(engine, authorization, method, credential, client, proof.proven);
  const state = await question(db, authorization, proof.proven.identity);
  await failpoint('sign-in-proven');
  if (engine.attempts.get(authorization.id)?.signal.aborted) throw new PatchbayError('cancelled');
  if (state !== null) {
    const expiresAt = engine.now() + CHOICE_LIFE_MS;
    const asked = { ...authorization, proven: proof.proven, state, expiresAt };
    await keepWaiting(engine, asked, credential, client);
    await failpoint('choice-written');
    engine.announce({ kinds: ['authorizations'], checking: null });
    return;
  }
  const { purpose } = authorization;
  const connectionId = purpose.kind === 'reconnect' ? purpose.connectionId : engine.newId();
  await settle(engine, authorization, connectionId, {
    provider,
    method,
    credential,
    client,
    proof,
    isNew: purpose.kind === 'connect',
  });
}

/** Everything that becomes a connection's in one transaction. */
export interface Settlement {
  readonly provider: Provider;
  readonly method: Method;
  readonly credential: Credential;
  readonly client: ClientCredential | null;
  readonly proof: Pick<Proof, 'proven'> & { readonly check: CheckResult | null };
  /** A connection that was there and is not any more does not come back to life by this. */
  readonly isNew: boolean;
}

/**
 * Writes connection, credential, client, evidence and the end of the attempt in one transaction.
 * @throws PatchbayError `not-found` when the connection was deleted meanwhile
 */
export async function settle(
  engine: Engine,
  authorization: Authorization,
  connectionId: string,
  what: Settlement,
): Promise<void> {
  const { provider, method, proof } = what;
  const db = await engine.database();
  const now = engine.now();
  const pace = paceOf(engine, await readSettings(db), provider);
  const edit = (
    stored: Connection | null,
    standing: Pick<Authorization, 'environmentId' | 'tags'>,
  ): Connection => {
    const { proven } = proof;
    if (stored === null && !what.isNew) throw new PatchbayError('not-found');
    return stored === null
      ? newConnection(
          connectionId,
          { ...authorization, ...standing },
          provider,
          method,
          proven,
          pace,
          now,
        )
      : reauthorized(stored, method, proven, pace, now);
  };
  // The catalogue's clients are the catalogue's to keep.
  const isOwn = method.kind === 'oauth2' && method.client.kind === 'own';
  const client = isOwn ? what.client : null;
  const kept =
    client === null ? null : await keepClient(engine, provider.id, authorization.params, client);
  const { exchange: _over, ...attempt } = authorization;
  const commitment: Commit = {
    connections: async (tx) => {
      const wanted = authorization.environmentId;
      const environmentId = await standingEnvironment(tx, wanted, DEFAULT_ENVIRONMENT_ID);
      const tags = await standingTags(tx, authorization);
      return new Map([[connectionId, (stored) => edit(stored, { environmentId, tags })]]);
    },
    putAuthorization: { ...attempt, proven: null, state: { kind: 'done', connectionId } },
    putSecrets: [
      await engine.vault.seal('credential', connectionId, what.credential),
      ...(kept?.putSecrets ?? []),
    ],
    deleteSecrets: [secretId('authorization', authorization.id)],
    checks:
      proof.check === null
        ? []
        : [recordOf(connectionId, proof.check, authorization.isSilent, now)],
    ...(kept === null ? {} : { also: kept.also }),
  };
  // After a renewal that is under way, which would put the old grant's tokens over these.
  await engine.lock(secretId('credential', connectionId), async () => {
    await failpoint('sign-in-settling');
    await commit(db, commitment);
    engine.unsaved.delete(connectionId);
    // It is over, whoever is told of it meanwhile: to be dismissed, and in the way of no other key.
    engine.attempts.delete(authorization.id);
    await failpoint('sign-in-settled');
  });
  engine.announce({ kinds: ['connections', 'authorizations', 'providers'], checking: null });
  // It is written: what fails from here on must not make the attempt a failed one and revoke it.
  await Promise.allSettled([tell(engine), planWake(engine)]);
}

/** Whether the person has to be asked before anything is written. */
async function question(
  db: Database,
  authorization: Authorization,
  received: Identity,
): Promise<AuthorizationState | null> {
  const { purpose } = authorization;
  if (purpose.kind === 'reconnect') {
    const connection = await readConnection(db, purpose.connectionId);
    if (connection === undefined) throw new PatchbayError('not-found');
    const expected = connection.identity;
    return expected === null || sameIdentity(expected, received)
      ? null
      : { kind: 'mismatch', connectionId: connection.id, expected, received };
  }
  const same = await db.getAllFromIndex('connections', 'byIdentity', [
    authorization.providerId,
    received.id,
  ]);
  const twin = same.find(
    (one) =>
      one.environmentId === authorization.environmentId &&
      JSON.stringify(one.params) === JSON.stringify(authorization.params),
  );
  return twin === undefined
    ? null
    : { kind: 'duplicate', connectionId: twin.id, identity: received };
}

/** Writes an attempt together with its credential, which waits in the vault for what comes next. */
async function keepWaiting(
  engine: Engine,
  authorization: Authorization,
  credential: Credential,
  client: ClientCredential | null,
): Promise<void> {
  await commit(await engine.database(), {
    putAuthorization: authorization,
    putSecrets: [
      await engine.vault.seal('authorization', authorization.id, {
        state: secret(''),
        verifier: null,
        credential,
        client,
      }),
    ],
  });
}

/** The provider and method of an attempt, as they are defined now. */
export async function methodFor(
  engine: Engine,
  authorization: Pick<Authorization, 'providerId' | 'methodId'>,
): Promise<{ provider: Provider; method: Method }> {
  const provider = await engine.providers.find(authorization.providerId);
  if (provider === null) throw new PatchbayError('provider-unknown');
  return { provider, method: methodOf(provider, authorization.methodId) };
}

function recordOf(
  connectionId: string,
  check: CheckResult,
  isSilent: true | undefined,
  at: number,
): CheckRecord {
  return {
    connectionId,
    at,
    tookMs: check.tookMs,
    trigger: isSilent ? 'silent' : 'authorization',
    asked: check.asked,
    status: check.status,
    verdict: check.verdict.kind,
    reason: null,
    words: check.words,
    health: 'active',
  };
}
