/**
 * One attempt to obtain a credential, from the wish to the window. The record and its secrets are
 * written before the window opens, so that whatever dies on the way leaves a true state behind.
 */
import {
  AUTHORIZATION_LIFE_MS,
  isRunning,
  type Authorization,
  type AuthorizationState,
} from '../domain/authorization.ts';
import type { Connection } from '../domain/connection.ts';
import { secret, type ClientCredential, type Credential } from '../domain/credential.ts';
import { codeOf, PatchbayError } from '../domain/errors.ts';
import type { Grant } from '../domain/grant.ts';
import { carried } from '../domain/tag.ts';
import { originPattern } from '../domain/url-template.ts';
import type { Method, Oauth2Method, Provider } from '../providers/schema.ts';
import type { ParsedInput, TypedCredential } from '../rpc/procedures.ts';
import { readAuthorization, readAuthorizations } from '../store/authorizations.ts';
import { commit } from '../store/commit.ts';
import { readConnection } from '../store/connections.ts';
import { failpoint } from '../store/failpoint.ts';
import { readSettings } from '../store/read.ts';
import { secretId } from '../store/vault.ts';
import { clientFor } from './clients.ts';
import { endAttempt } from './end-attempt.ts';
import type { Engine } from './engine.ts';
import { finishWithCredential } from './finish.ts';
import { demandOrigins, methodOf, settleParams } from './providers.ts';
import { reachServer } from './reach-server.ts';
import { placeOf, signIn } from './sign-in.ts';

/** Starts an attempt at a new connection. @returns the attempt's id, at once */
export async function connect(
  engine: Engine,
  input: ParsedInput<'connect'>,
): Promise<{ authorizationId: string }> {
  const provider = await engine.providers.find(input.providerId);
  if (provider === null) throw new PatchbayError('provider-unknown');
  const method = methodOf(provider, input.methodId);
  const params = settleParams(provider, input.params);
  const known = method.kind === 'oauth2' ? method.scopes.map((scope) => scope.id) : [];
  return start(engine, provider, method, {
    purpose: { kind: 'connect' },
    params,
    name: input.name,
    environmentId: input.environmentId,
    tags: carried(input.tags),
    scopes: known.filter((scope) => input.scopes.includes(scope)),
    credential: input.credential,
    client: await clientFor(engine, provider, method, params, input.client),
    hint: null,
    chooseAccount: false,
  });
}

/** Starts an attempt to mend a connection: it keeps everything but its credential. */
export async function reconnect(
  engine: Engine,
  input: ParsedInput<'reconnect'>,
): Promise<{ authorizationId: string }> {
  const connection = await readConnection(await engine.database(), input.connectionId);
  if (connection === undefined) throw new PatchbayError('not-found');
  const running = await runningFor(engine, input);
  if (running !== null) return { authorizationId: running };
  const provider = await engine.providers.find(connection.providerId);
  if (provider === null) throw new PatchbayError('provider-unknown');
  const method = methodOf(provider, connection.methodId);
  return start(engine, provider, method, {
    purpose: { kind: 'reconnect', connectionId: connection.id },
    params: connection.params,
    name: null,
    environmentId: connection.environmentId,
    tags: [],
    scopes: scopesOf(connection, method),
    credential: input.credential,
    client: await clientFor(engine, provider, method, connection.params, input.client),
    hint: input.chooseAccount ? null : (connection.identity?.label ?? null),
    chooseAccount: input.chooseAccount,
  });
}

/** Asking twice for the same window does not queue behind oneself. */
async function runningFor(
  engine: Engine,
  { connectionId, client, credential, chooseAccount }: ParsedInput<'reconnect'>,
): Promise<string | null> {
  if (client !== null || credential !== null || chooseAccount) return null;
  const attempts = await readAuthorizations(await engine.database());
  const running = attempts.find(
    ({ id, purpose, state }) =>
      purpose.kind === 'reconnect' &&
      purpose.connectionId === connectionId &&
      (state.kind === 'queued' || state.kind === 'waiting') &&
      engine.attempts.get(id)?.signal.aborted === false,
  );
  return running?.id ?? null;
}

interface Wish extends Pick<
  Authorization,
  'purpose' | 'params' | 'name' | 'environmentId' | 'tags' | 'scopes'
> {
  readonly credential: TypedCredential | null;
  readonly client: ClientCredential | null;
  readonly hint: string | null;
  readonly chooseAccount: boolean;
}

async function start(
  engine: Engine,
  provider: Provider,
  method: Method,
  wish: Wish,
): Promise<{ authorizationId: string }> {
  await demandOrigins(engine, provider, method.id, wish.params);
  const isInTab = method.kind === 'oauth2' && (await signsInInTab(engine));
  const now = engine.now();
  const authorization: Authorization = {
    id: engine.newId(),
    purpose: wish.purpose,
    providerId: provider.id,
    providerName: provider.name,
    methodId: method.id,
    params: wish.params,
    name: wish.name,
    environmentId: wish.environmentId,
    tags: wish.tags,
    scopes: wish.scopes,
    createdAt: now,
    expiresAt: now + AUTHORIZATION_LIFE_MS,
    windowId: null,
    ...(isInTab && { isInTab }),
    proven: null,
    state: method.kind === 'oauth2' ? { kind: 'waiting' } : { kind: 'proving' },
  };
  if (method.kind === 'oauth2') await startWindow(engine, authorization, method, wish);
  else await startTyped(engine, authorization, method, wish.credential);
  return { authorizationId: authorization.id };
}

/** @throws PatchbayError `tab-not-permitted` where the tab could not be seen to come back */
async function signsInInTab(engine: Engine): Promise<boolean> {
  const { signsInInTab: isInTab } = await readSettings(await engine.database());
  if (isInTab && !(await engine.hasOrigins([originPattern(engine.authTab.redirectUrl(''))])))
    throw new PatchbayError('tab-not-permitted');
  return isInTab;
}

/** A credential that was typed in: nothing to wait for but the proof. */
async function startTyped(
  engine: Engine,
  authorization: Authorization,
  method: Method,
  typed: TypedCredential | null,
): Promise<void> {
  if (typed === null || typed.kind !== method.kind)
    throw new PatchbayError('invalid-request', 'credential');
  const credential = credentialOf(typed);
  await saveState(engine, authorization, authorization.state);
  void guarded(engine, authorization, () =>
    finishWithCredential(engine, authorization, credential, null, null),
  );
}

async function startWindow(
  engine: Engine,
  authorization: Authorization,
  method: Oauth2Method,
  wish: Wish,
): Promise<void> {
  const { client } = wish;
  if (client === null) throw new PatchbayError('client-missing');
  const server = await reachServer(engine, method, wish.params, client);
  await commit(await engine.database(), {
    also: async (tx) => {
      const store = tx.objectStore('authorizations');
      const isWindowTaken = (await store.getAll()).some(
        ({ state }) => state.kind === 'queued' || state.kind === 'waiting',
      );
      await store.put(
        isWindowTaken ? { ...authorization, state: { kind: 'queued' } } : authorization,
      );
    },
  });
  await failpoint('sign-in-written');
  engine.announce({ kinds: ['authorizations'], checking: null });
  void guarded(engine, authorization, (signal) =>
    signIn(engine, { authorization, server, client, wish }, signal),
  );
}

/** Runs an attempt to its end; what it throws becomes the record's last state. */
async function guarded(
  engine: Engine,
  authorization: Authorization,
  run: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const controller = new AbortController();
  engine.attempts.set(authorization.id, controller);
  try {
    await engine.keepAwake(() => run(controller.signal));
  } catch (thrown) {
    const code = controller.signal.aborted ? 'cancelled' : codeOf(thrown);
    const stored = await readAuthorization(await engine.database(), authorization.id);
    await endAttempt(
      engine,
      stored ?? authorization,
      code === 'cancelled'
        ? { kind: 'cancelled' }
        : {
            kind: 'failed',
            code,
            detail: thrown instanceof PatchbayError ? thrown.detail : null,
          },
    );
  } finally {
    engine.attempts.delete(authorization.id);
  }
}

/**
 * Goes on with an attempt whose tokens had arrived when its worker ended: the person has done all
 * that was asked of them.
 */
export function resume(engine: Engine, authorization: Authorization, grant: Grant): void {
  void guarded(engine, authorization, async () => {
    const secrets = await engine.vault.open('authorization', authorization.id);
    if (secrets?.credential == null) throw new PatchbayError('exchange-interrupted');
    await finishWithCredential(
      engine,
      authorization,
      secrets.credential,
      grant,
      secrets.client,
      authorization.isSilent ? 'refuse' : 'ask',
    );
  });
}

/** Ends an attempt; its window closes and what it knew is destroyed. */
export async function cancelAuthorization(engine: Engine, id: string): Promise<void> {
  const running = engine.attempts.get(id);
  if (running !== undefined) {
    running.abort();
    return;
  }
  const authorization = await readAuthorization(await engine.database(), id);
  if (authorization === undefined || !isRunning(authorization.state)) return;
  if (authorization.windowId !== null)
    await placeOf(engine, authorization).closeLeftover(authorization.windowId);
  await saveState(engine, authorization, { kind: 'cancelled' });
}

/** Writes the state of an attempt that ended or goes on without its secrets. */
async function saveState(
  engine: Engine,
  authorization: Authorization,
  state: AuthorizationState,
): Promise<void> {
  await commit(await engine.database(), {
    putAuthorization: { ...authorization, state },
    deleteSecrets: [secretId('authorization', authorization.id)],
  });
  engine.announce({ kinds: ['authorizations'], checking: null });
}

/** Asks again for what was granted before, so that reconnecting never widens a grant by itself. */
function scopesOf(connection: Connection, method: Method): readonly string[] {
  if (connection.grant !== null) return connection.grant.scopesAsked;
  return method.kind === 'oauth2'
    ? method.scopes.filter((scope) => scope.on).map((scope) => scope.id)
    : [];
}

function credentialOf(typed: TypedCredential): Credential {
  switch (typed.kind) {
    case 'key':
      return { kind: 'key', key: secret(typed.key) };
    case 'bearer':
      return { kind: 'bearer', token: secret(typed.token) };
    case 'basic':
      return { kind: 'basic', user: typed.user, password: secret(typed.password) };
  }
}
