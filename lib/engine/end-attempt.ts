/**
 * The end of an attempt that came to nothing. A credential that nobody will use is given back, and
 * that it shall be stands written before: a worker that dies on the way leaves it to the next one.
 */
import {
  needsChoice,
  type Authorization,
  type AuthorizationState,
} from '../domain/authorization.ts';
import { codeOf } from '../domain/errors.ts';
import { commit } from '../store/commit.ts';
import { failpoint } from '../store/failpoint.ts';
import { secretId } from '../store/vault.ts';
import type { Engine } from './engine.ts';
import { methodFor } from './finish.ts';
import { giveBack } from './give-back.ts';

/** Gives back what an attempt obtained, destroys what it knew, and writes its last state. */
export async function endAttempt(
  engine: Engine,
  authorization: Authorization,
  state: AuthorizationState,
): Promise<void> {
  await returnObtained(engine, authorization, state);
  const { exchange: _over, ...rest } = authorization;
  await commit(await engine.database(), {
    putAuthorization: { ...rest, proven: null, state },
    deleteSecrets: [secretId('authorization', rest.id)],
  });
  engine.announce({ kinds: ['authorizations'], checking: null });
}

/**
 * Gives back what an attempt obtained, if it obtained anything.
 * @param end what the attempt comes to thereby, for whoever has to go on with this
 */
export async function returnObtained(
  engine: Engine,
  authorization: Authorization,
  end: AuthorizationState,
): Promise<void> {
  const { state, exchange = { sentAt: authorization.createdAt, grant: null } } = authorization;
  if (!needsChoice(state) && exchange.grant === null) return;
  await commit(await engine.database(), {
    putAuthorization: { ...authorization, exchange: { ...exchange, end } },
  });
  await failpoint('give-back-written');
  // A provider that is gone, or an entry that cannot be opened, does not keep it here; a vault that is
  // locked does, until it is not.
  await returnWaiting(engine, authorization).catch((thrown: unknown) => {
    if (codeOf(thrown) === 'vault-locked') throw thrown;
  });
  await failpoint('give-back-answered');
}

/** Gives back the credential that waits in the vault, if there is one. */
async function returnWaiting(engine: Engine, authorization: Authorization): Promise<void> {
  const secrets = await engine.vault.open('authorization', authorization.id);
  if (secrets?.credential?.kind !== 'oauth2' || secrets.client === null) return;
  const { method } = await methodFor(engine, authorization);
  const identityId = authorization.proven?.identity.id ?? null;
  await giveBack(engine, authorization, method, secrets.credential, secrets.client, identityId);
}
