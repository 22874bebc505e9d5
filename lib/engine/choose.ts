import type { Authorization } from '../domain/authorization.ts';
import { needsChoice } from '../domain/authorization.ts';
import { PatchbayError } from '../domain/errors.ts';
import type { ParsedInput } from '../rpc/procedures.ts';
import { commit } from '../store/commit.ts';
import { readAuthorization, readConnection } from '../store/read.ts';
import { secretId } from '../store/vault.ts';
import type { Engine } from './engine.ts';
import { methodFor, settle } from './finish.ts';
import { giveBack } from './give-back.ts';

/**
 * What the person decided about a credential that belongs to somebody else than expected, or to a
 * connection that exists.
 * @throws PatchbayError `expired` when the credential is not kept any more, `invalid-request` when
 * the choice does not fit
 */
export function chooseAuthorization(
  engine: Engine,
  input: ParsedInput<'chooseAuthorization'>,
): Promise<{ connectionId: string }> {
  return alone(engine, input.authorizationId, () => choose(engine, input));
}

/** One choice or dismissal at a time: two clicks must not make two connections of one credential. */
function alone<T>(engine: Engine, id: string, run: () => Promise<T>): Promise<T> {
  return engine.lock(secretId('authorization', id), run);
}

async function choose(
  engine: Engine,
  input: ParsedInput<'chooseAuthorization'>,
): Promise<{ connectionId: string }> {
  const authorization = await pending(engine, input.authorizationId);
  const { state, proven } = authorization;
  const secrets = await engine.vault.open('authorization', authorization.id);
  if (!needsChoice(state)) throw new PatchbayError('invalid-request', 'choice');
  if (secrets?.credential == null || proven === null) throw new PatchbayError('expired');
  const connectionId = await target(engine, authorization, input.choice);
  const { provider, method } = await methodFor(engine, authorization);
  await settle(engine, authorization, connectionId, {
    provider,
    method,
    credential: secrets.credential,
    client: secrets.client,
    proof: { proven, check: null },
    isNew: input.choice === 'keep-both',
  });
  return { connectionId };
}

async function target(
  engine: Engine,
  { state }: Authorization,
  choice: ParsedInput<'chooseAuthorization'>['choice'],
): Promise<string> {
  if (choice === 'keep-both') return engine.newId();
  const fits =
    (state.kind === 'mismatch' && choice === 'replace') ||
    (state.kind === 'duplicate' && choice === 'update');
  if (!fits || !('connectionId' in state)) throw new PatchbayError('invalid-request', 'choice');
  const connection = await readConnection(await engine.database(), state.connectionId);
  if (connection === undefined) throw new PatchbayError('not-found');
  return connection.id;
}

/** Forgets an attempt. A credential that waited for a choice is given back, unless others live on it. */
export function dismissAuthorization(engine: Engine, id: string): Promise<void> {
  return alone(engine, id, () => dismiss(engine, id));
}

async function dismiss(engine: Engine, id: string): Promise<void> {
  const db = await engine.database();
  const authorization = await readAuthorization(db, id);
  if (authorization === undefined) return;
  if (engine.attempts.has(id)) throw new PatchbayError('invalid-request', 'running');
  // A provider that is gone, or an entry that cannot be opened, does not keep it here.
  if (needsChoice(authorization.state))
    await returnWaiting(engine, authorization).catch(() => undefined);
  await commit(db, {
    deleteAuthorization: id,
    deleteSecrets: [secretId('authorization', id)],
  });
  engine.announce({ kinds: ['authorizations'], checking: null });
}

/** Gives back a credential that waited for the choice. */
async function returnWaiting(engine: Engine, authorization: Authorization): Promise<void> {
  const secrets = await engine.vault.open('authorization', authorization.id);
  if (secrets?.credential?.kind !== 'oauth2' || secrets.client === null) return;
  const { method } = await methodFor(engine, authorization);
  const identityId = authorization.proven?.identity.id ?? null;
  await giveBack(engine, authorization, method, secrets.credential, secrets.client, identityId);
}

async function pending(engine: Engine, id: string): Promise<Authorization> {
  const authorization = await readAuthorization(await engine.database(), id);
  if (authorization === undefined) throw new PatchbayError('not-found');
  return authorization;
}
