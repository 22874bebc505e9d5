import type { Authorization } from '../domain/authorization.ts';
import { needsChoice } from '../domain/authorization.ts';
import { PatchbayError } from '../domain/errors.ts';
import type { ParsedInput } from '../rpc/procedures.ts';
import { readAuthorization } from '../store/authorizations.ts';
import { commit } from '../store/commit.ts';
import { readConnection } from '../store/connections.ts';
import { failpoint } from '../store/failpoint.ts';
import { secretId } from '../store/vault.ts';
import type { Engine } from './engine.ts';
import { returnObtained } from './end-attempt.ts';
import { methodFor, settle } from './finish.ts';

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
  // What is being given back cannot be chosen any more.
  if ((authorization.exchange?.end ?? null) !== null) throw new PatchbayError('expired');
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
  if (needsChoice(authorization.state)) {
    await failpoint('dismiss-begun');
    await returnObtained(engine, authorization, { kind: 'cancelled' });
    await failpoint('dismiss-returned');
  }
  await commit(db, {
    deleteAuthorization: id,
    deleteSecrets: [secretId('authorization', id)],
  });
  engine.announce({ kinds: ['authorizations'], checking: null });
}

async function pending(engine: Engine, id: string): Promise<Authorization> {
  const authorization = await readAuthorization(await engine.database(), id);
  if (authorization === undefined) throw new PatchbayError('not-found');
  return authorization;
}
