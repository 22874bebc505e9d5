import {
  isRunning,
  needsChoice,
  type Authorization,
  type AuthorizationState,
} from '../domain/authorization.ts';
import type { Connection } from '../domain/connection.ts';
import { readAuthorizations } from '../store/authorizations.ts';
import { commit } from '../store/commit.ts';
import { readCutRenewals } from '../store/connections.ts';
import { failpoint } from '../store/failpoint.ts';
import { secretId } from '../store/vault.ts';
import { resume } from './authorize.ts';
import { dismissAuthorization } from './choose.ts';
import { followClock } from './due.ts';
import { endAttempt } from './end-attempt.ts';
import type { Engine } from './engine.ts';
import { mendStore } from './recovery.ts';
import { remind } from './remind.ts';
import { placeOf } from './sign-in.ts';
import { announceNoCheck } from './sweep.ts';
import { viewOnly } from './view-only.ts';
import { planWake } from './wake.ts';

/** How long an attempt that ended is kept for the person to read. */
const ENDED_KEPT_MS = 24 * 60 * 60 * 1000;

async function begin(engine: Engine): Promise<boolean> {
  await failpoint('start-begun');
  await mendStore(engine);
  if (await engine.vault.settle())
    engine.announce({ kinds: ['connections', 'settings'], checking: null });
  // First: by a clock that was set back, what is overdue would be taken for what was promised.
  await followClock(engine);
  await reconcileAttempts(engine);
  const isCut = await reconcileRenewals(engine);
  await failpoint('start-reconciled');
  await Promise.all([remind(engine), viewOnly(engine)]);
  return isCut;
}

/**
 * Makes everything true again after whatever ended the last worker: attempts that nobody runs any
 * more, a check that pages still show, renewals that were cut short, a badge that the browser forgot,
 * changes that were written and not told, the alarm, what the pages know of the organisation's rules.
 * Waits for no provider.
 * @returns whether a renewal was cut short, and its connection waits to be asked about
 */
export async function start(engine: Engine): Promise<boolean> {
  // A check of the last worker ended with it.
  announceNoCheck(engine);
  try {
    return await begin(engine);
  } finally {
    // Whatever failed: without an alarm nothing would ever be tried again.
    await planWake(engine).catch(() => undefined);
    await failpoint('start-told');
  }
}

/**
 * Goes on with attempts that nobody runs any more, or ends them. What holds tokens waits while the vault
 * is locked: they could be neither used nor given back.
 */
export async function reconcileAttempts(engine: Engine): Promise<void> {
  const db = await engine.database();
  const now = engine.now();
  const isLocked = await engine.vault.isLocked();
  for (const authorization of await readAuthorizations(db)) {
    const { id, state, exchange } = authorization;
    if (engine.attempts.has(id)) continue;
    if (isLocked && (needsChoice(state) || (exchange?.grant ?? null) !== null)) continue;
    const end = exchange?.end ?? null;
    if (needsChoice(state)) {
      // Asked for already, or nobody answered in time.
      if (end !== null || authorization.expiresAt <= now)
        behind(engine, () => dismissAuthorization(engine, id));
    } else if (end !== null) behind(engine, () => endAttempt(engine, authorization, end));
    else if (isRunning(state)) await takeUp(engine, authorization);
    else if (authorization.createdAt + ENDED_KEPT_MS <= now)
      await commit(db, { deleteAuthorization: id });
  }
}

/** Runs what a provider is asked for: everything else must not wait for its answer. */
function behind(engine: Engine, run: () => Promise<void>): void {
  void engine.keepAwake(run).catch(() => undefined);
}

/** An attempt of a worker that is gone goes on where it can, and ends as what it came to where not. */
async function takeUp(engine: Engine, authorization: Authorization): Promise<void> {
  const { exchange } = authorization;
  if (exchange === undefined) {
    await abandon(engine, authorization);
    return;
  }
  if (exchange.grant !== null && engine.now() < authorization.expiresAt) {
    resume(engine, authorization, exchange.grant);
    return;
  }
  // The code was good for one use, and whatever it brought never arrived.
  const end = { kind: 'failed', code: 'exchange-interrupted', detail: null } as const;
  if (exchange.grant === null) await endAttempt(engine, authorization, end);
  else behind(engine, () => endAttempt(engine, authorization, end));
}

/** The window's answer can reach nobody any more, so the person is not left to sign in for nothing. */
async function abandon(engine: Engine, authorization: Authorization): Promise<void> {
  const { windowId, expiresAt } = authorization;
  if (windowId !== null && engine.now() < expiresAt)
    await placeOf(engine, authorization).closeLeftover(windowId);
  // One that waited for its turn sent nothing, and no window may open by itself at a later start.
  const ended: AuthorizationState =
    authorization.state.kind === 'queued'
      ? { kind: 'failed', code: 'not-started', detail: null }
      : { kind: 'abandoned' };
  await commit(await engine.database(), {
    putAuthorization: { ...authorization, state: ended },
    deleteSecrets: [secretId('authorization', authorization.id)],
  });
  engine.announce({ kinds: ['authorizations'], checking: null });
}

/** Due at once; what its provider asked for counts again with the check after. */
function hurried(stored: Connection, now: number): Connection {
  const { nextCheckAt, troubles } = stored;
  const isPromise = troubles > 0 && nextCheckAt !== null && nextCheckAt > now;
  return { ...stored, nextCheckAt: now, ...(isPromise && { promisedUntil: nextCheckAt }) };
}

/**
 * Makes connections due whose renewal was begun and never came to anything: some servers take the
 * old token once more for a short while (security.md F2). Those that were judged since wait their time.
 */
async function reconcileRenewals(engine: Engine): Promise<boolean> {
  const db = await engine.database();
  const ids = await readCutRenewals(db);
  const now = engine.now();
  if (ids.length === 0) return false;
  await commit(db, {
    connections: new Map(ids.map((id) => [id, (stored) => stored && hurried(stored, now)])),
  });
  return true;
}
