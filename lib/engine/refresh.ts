import type { Connection } from '../domain/connection.ts';
import { reveal, type OauthCredential, type Secret } from '../domain/credential.ts';
import type { Verdict } from '../domain/verdict.ts';
import { needsRefresh } from '../domain/schedule.ts';
import { refresh, type TokenOutcome } from '../oauth/token.ts';
import { revoke, type RevokeOutcome } from '../oauth/revoke.ts';
import type { Server } from '../oauth/server.ts';
import type { Oauth2Method, Provider } from '../providers/schema.ts';
import { commit } from '../store/commit.ts';
import { readConnection } from '../store/connections.ts';
import { editGoing } from '../store/deletions.ts';
import { failpoint } from '../store/failpoint.ts';
import { secretId } from '../store/vault.ts';
import { clientFor } from './clients.ts';
import type { Engine } from './engine.ts';
import { reachServer } from './reach-server.ts';

type Tokens = Extract<TokenOutcome, { kind: 'tokens' }>;

/** How long a browser that could not save new tokens is given, one pause after another. */
const SAVE_AGAIN_AFTER_MS = [500, 2_000, 10_000];

/** What renewing came to. */
export type Renewal =
  | {
      readonly kind: 'renewed';
      readonly credential: OauthCredential;
      /** `false`: it stands in this worker's memory alone. */
      readonly isSaved: boolean;
    }
  | {
      readonly kind: 'refused';
      readonly verdict: Verdict;
      /** Method, host and path; empty where nobody was asked. */
      readonly asked: string;
      readonly tookMs: number;
      readonly status: number | null;
      readonly error: string | null;
      readonly words: string | null;
    };

/**
 * Renews the access token of a connection; one at a time across all contexts. The refresh token may
 * be good for one use, so: an intent is written first, the stored credential is read again under the
 * lock, and the new one is written before anybody uses it.
 * @param seen the credential that the caller found wanting; when another one is there by now, that
 * one is the answer
 */
export function renew(
  engine: Engine,
  connection: Connection,
  provider: Provider,
  method: Oauth2Method,
  seen: OauthCredential,
): Promise<Renewal> {
  return engine.lock(secretId('credential', connection.id), async () => {
    const held = engine.unsaved.get(connection.id);
    const stored = held?.credential ?? (await engine.vault.open('credential', connection.id));
    if (stored?.kind !== 'oauth2' || stored.refreshToken === null)
      return refusedWith({ kind: 'rejected', reason: 'interrupted' });
    const isFresh = reveal(stored.accessToken) !== reveal(seen.accessToken);
    if (isFresh && !needsRefresh(stored, engine.now())) {
      const isSaved = held === undefined || (await saveHeld(engine, connection.id, held, []));
      return { kind: 'renewed', credential: stored, isSaved };
    }
    await failpoint('renew-begun');
    const db = await engine.database();
    const before =
      (await readConnection(db, connection.id)) ??
      (await db.get('deletions', connection.id))?.connection;
    const { params } = connection;
    const client = await clientFor(engine, provider, method, params, null, stored.clientId).catch(
      () => null,
    );
    if (client === null) return refusedWith({ kind: 'misconfigured', code: 'client-missing' });
    const interruptedAt = before?.refreshStartedAt ?? null;
    await noteIntent(engine, connection.id, engine.now());
    await failpoint('renew-intent-written');
    const server = await reachServer(engine, method, params, client);
    const outcome = await ask(engine, server, stored);
    if (outcome.kind === 'tokens') {
      await failpoint('renew-answered');
      return saved(engine, connection, stored.refreshToken, outcome, async (credential) =>
        (await hasTwin(engine, connection))
          ? { kind: 'unsupported' }
          : revoke(server, credential, client, params, engine.send, engine.now),
      );
    }
    await failpoint('refuse-answered');
    const { verdict, asked, tookMs, status, error, words } = outcome;
    if (verdict.kind === 'rejected') engine.unsaved.delete(connection.id);
    // Where the server may have rotated without our hearing of it, the intent stays written; so does
    // an earlier one, until the server has said what became of the token.
    if (!isAmbiguous(outcome)) await noteIntent(engine, connection.id, interruptedAt);
    await failpoint('refuse-intent-ended');
    const isLost = verdict.kind === 'rejected' && interruptedAt !== null;
    return {
      kind: 'refused',
      verdict: isLost ? { kind: 'rejected', reason: 'interrupted' } : verdict,
      asked,
      tookMs,
      status,
      error,
      words,
    };
  });
}

/** Whether another connection may live on the same grant, which a revocation would end with it. */
async function hasTwin(engine: Engine, { providerId, identity }: Connection): Promise<boolean> {
  if (identity === null) return false;
  const db = await engine.database();
  return (await db.countFromIndex('connections', 'byIdentity', [providerId, identity.id])) > 1;
}

function ask(engine: Engine, server: Server, stored: OauthCredential): Promise<TokenOutcome> {
  if (stored.refreshToken === null) throw new TypeError('nothing to refresh with');
  return refresh({ server, send: engine.send, now: engine.now }, stored.refreshToken, [
    reveal(stored.accessToken),
  ]);
}

/**
 * Saves new tokens. A browser that cannot write (the disk is full, the database was closed) is tried
 * again for a while; what it cannot save in the end is revoked, so that no grant lives on that nobody
 * holds. Where the provider cannot revoke, the worker goes on with it as long as it lives.
 * @param spent the refresh token that is stored; where the new tokens have it again, it was not spent
 */
async function saved(
  engine: Engine,
  { id }: Connection,
  spent: Secret,
  tokens: Tokens,
  giveUp: (credential: OauthCredential) => Promise<RevokeOutcome>,
): Promise<Renewal> {
  const { credential } = tokens;
  engine.unsaved.set(id, tokens);
  const isSaved = await saveHeld(engine, id, tokens, SAVE_AGAIN_AFTER_MS);
  if (credential.refreshToken !== null && reveal(credential.refreshToken) === reveal(spent)) {
    // The one that is stored was not spent: nothing is lost by an access token less.
    engine.unsaved.delete(id);
    return { kind: 'renewed', credential, isSaved: true };
  }
  if (isSaved || (await giveUp(credential).catch(() => null))?.kind !== 'revoked')
    return { kind: 'renewed', credential, isSaved };
  engine.unsaved.delete(id);
  return refusedWith({ kind: 'rejected', reason: 'interrupted' });
}

/** @returns whether it is saved now; it is held in memory while not */
async function saveHeld(
  engine: Engine,
  id: string,
  tokens: Tokens,
  pauses: readonly number[],
): Promise<boolean> {
  for (const pause of [0, ...pauses]) {
    if (pause > 0) await engine.pause(pause);
    try {
      await keep(engine, id, tokens);
      engine.unsaved.delete(id);
      return true;
    } catch {
      // Whatever it was may pass: tried again, or told as not saved.
    }
  }
  return false;
}

async function keep(engine: Engine, id: string, tokens: Tokens): Promise<void> {
  const { credential, scopesGiven } = tokens;
  const sealed = await engine.vault.seal('credential', id, credential);
  const renewed = (stored: Connection): Connection => ({
    ...stored,
    refreshStartedAt: null,
    grant: stored.grant && {
      ...stored.grant,
      accessEndsAt: credential.accessEndsAt,
      scopesGiven: scopesGiven ?? stored.grant.scopesGiven,
    },
  });
  await failpoint('renew-sealed');
  await commit(await engine.database(), {
    connections: new Map([[id, (stored) => stored && renewed(stored)]]),
    // Of a connection that is gone nothing may come back; one that is going can be undone, and would
    // be worth nothing with a token that was spent.
    also: async (tx) => {
      const isGoing = await editGoing(tx, id, renewed);
      const isThere = isGoing || (await tx.objectStore('connections').getKey(id)) !== undefined;
      if (isThere) await tx.objectStore('secrets').put(sealed);
      await failpoint('renew-saving', tx);
    },
  });
  await failpoint('renew-saved');
}

async function noteIntent(engine: Engine, id: string, at: number | null): Promise<void> {
  const noted = (stored: Connection): Connection => ({ ...stored, refreshStartedAt: at });
  await commit(await engine.database(), {
    connections: new Map([[id, (stored) => stored && noted(stored)]]),
    also: async (tx) => {
      await editGoing(tx, id, noted);
    },
  });
}

/** Whether the refresh token may have been spent although no new one arrived. */
function isAmbiguous(outcome: Extract<TokenOutcome, { kind: 'refused' }>): boolean {
  const { verdict, status } = outcome;
  // A success that says nothing of an error, and that no rule of the definition understands either.
  if (status !== null)
    return status >= 200 && status < 300 && outcome.error === null && verdict.kind === 'unreadable';
  return verdict.kind !== 'offline' && verdict.kind !== 'permission-missing';
}

function refusedWith(verdict: Verdict): Renewal {
  return { kind: 'refused', verdict, asked: '', tookMs: 0, status: null, error: null, words: null };
}
