import { isRunning, needsChoice, type Authorization } from '../domain/authorization.ts';
import { commit } from '../store/commit.ts';
import { readAuthorizations } from '../store/read.ts';
import { secretId } from '../store/vault.ts';
import { dismissAuthorization } from './choose.ts';
import type { Engine } from './engine.ts';
import { mendStore } from './recovery.ts';
import { tell } from './tell.ts';
import { viewOnly } from './view-only.ts';
import { planWake } from './wake.ts';

/** How long an attempt that ended is kept for the person to read. */
const ENDED_KEPT_MS = 24 * 60 * 60 * 1000;

/**
 * Makes everything true again after whatever ended the last worker: attempts that nobody runs any
 * more, a badge that the browser forgot, changes that were written and not told, the alarm, what the
 * pages know of the organisation's rules.
 */
export async function start(engine: Engine): Promise<void> {
  await mendStore(engine);
  if (await engine.vault.settle())
    engine.announce({ kinds: ['connections', 'settings'], checking: null });
  await reconcile(engine);
  await Promise.all([tell(engine), planWake(engine), viewOnly(engine)]);
}

async function reconcile(engine: Engine): Promise<void> {
  const db = await engine.database();
  const now = engine.now();
  for (const authorization of await readAuthorizations(db)) {
    const { id, state } = authorization;
    if (engine.attempts.has(id)) continue;
    if (isRunning(state)) await abandon(engine, authorization);
    else if (needsChoice(state) && authorization.expiresAt <= now)
      await dismissAuthorization(engine, id);
    else if (!needsChoice(state) && authorization.createdAt + ENDED_KEPT_MS <= now)
      await commit(db, { deleteAuthorization: id });
  }
}

/** The window's answer can reach nobody any more, so the person is not left to sign in for nothing. */
async function abandon(engine: Engine, authorization: Authorization): Promise<void> {
  const { windowId, expiresAt } = authorization;
  if (windowId !== null && engine.now() < expiresAt)
    await engine.authWindow.closeLeftover(windowId);
  await commit(await engine.database(), {
    putAuthorization: { ...authorization, state: { kind: 'abandoned' } },
    deleteSecrets: [secretId('authorization', authorization.id)],
  });
  engine.announce({ kinds: ['authorizations'], checking: null });
}
