import { beforeEach, describe, expect, it } from 'vitest';
import { reveal } from '../../lib/domain/credential.ts';
import { UNDO_MS } from '../../lib/domain/deletion.ts';
import { cancelAuthorization, connect, reconnect } from '../../lib/engine/authorize.ts';
import { chooseAuthorization, dismissAuthorization } from '../../lib/engine/choose.ts';
import { deleteConnections } from '../../lib/engine/delete.ts';
import { finishDeletions } from '../../lib/engine/finish-deletions.ts';
import { openSweeper } from '../../lib/engine/sweep.ts';
import { gate, REFUSED_KEY, setStage, WISH, type Stage } from './stage.ts';

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});

/** A check that hangs in the middle of renewing the token. */
async function renewing() {
  const held = gate();
  stage.token = async () => {
    await held.pass();
    return stage.tokens({ access_token: 'renewed-from-the-old-grant' });
  };
  stage.world.now += 3_500_000;
  const checking = stage.check();
  await held.reached;
  stage.token = () => stage.tokens();
  return { held, checking };
}

async function accessToken(id: string): Promise<string | null> {
  const credential = await stage.world.engine.vault.open('credential', id);
  return credential?.kind === 'oauth2' ? reveal(credential.accessToken) : null;
}

describe('while a token is being renewed', () => {
  it('a reconnect is not overwritten by the old grant’s tokens', async () => {
    await stage.bySignIn();
    const { id } = await stage.only();
    const { held, checking } = await renewing();
    stage.token = () => stage.tokens({ access_token: 'from-the-new-grant' });
    const wish = { connectionId: id, credential: null, client: null, chooseAccount: false };
    const { authorizationId } = await reconnect(stage.world.engine, wish);
    await expect.poll(() => stage.sentTo('/me').length).toBeGreaterThan(1);
    held.open();
    await checking;
    expect((await stage.ended(authorizationId)).state.kind).toBe('done');
    expect(await accessToken(id)).toBe('from-the-new-grant');
    expect((await stage.only()).health.kind).toBe('active');
  });

  it('a deleted connection leaves no secret and no evidence behind', async () => {
    await stage.bySignIn();
    const { id } = await stage.only();
    const { held, checking } = await renewing();
    await deleteConnections(stage.world.engine, { ids: [id], revoke: false });
    // Also where the renewal takes longer than Undo can be had.
    stage.world.now += UNDO_MS;
    await finishDeletions(stage.world.engine);
    held.open();
    await checking;
    expect(await stage.world.db.getAllKeys('secrets')).toEqual([]);
    expect(await stage.world.db.getAllKeys('checks')).toEqual([]);
    expect(await stage.all()).toEqual([]);
  });
});

describe('a choice', () => {
  async function mismatch(): Promise<string> {
    await stage.bySignIn();
    stage.person = 'bob';
    const { id, state } = await stage.again((await stage.only()).id);
    expect(state.kind).toBe('mismatch');
    return id;
  }

  it('counts once, however often it is made', async () => {
    const authorizationId = await mismatch();
    const choice = { authorizationId, choice: 'keep-both' } as const;
    const both = await Promise.allSettled([
      chooseAuthorization(stage.world.engine, choice),
      chooseAuthorization(stage.world.engine, choice),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await stage.all()).toHaveLength(2);
  });

  it('is not revoked by a dismissal that comes at the same time', async () => {
    const authorizationId = await mismatch();
    await Promise.allSettled([
      chooseAuthorization(stage.world.engine, { authorizationId, choice: 'keep-both' }),
      dismissAuthorization(stage.world.engine, authorizationId),
    ]);
    const wasKept = (await stage.all()).length === 2;
    expect(stage.sentTo('/revoke')).toHaveLength(wasKept ? 0 : 1);
  });
});

describe('cancelling', () => {
  it('while the credential is being proven leaves nothing, and gives the grant back', async () => {
    const held = gate();
    const { api } = stage;
    stage.api = async (request) => {
      await held.pass();
      return api(request);
    };
    const { authorizationId } = await connect(stage.world.engine, WISH);
    await held.reached;
    await cancelAuthorization(stage.world.engine, authorizationId);
    held.open();
    expect((await stage.ended(authorizationId)).state.kind).toBe('cancelled');
    expect(await stage.all()).toEqual([]);
    expect(await stage.world.db.count('secrets')).toBe(0);
    expect(stage.sentTo('/revoke')).toHaveLength(1);
  });

  it.each(['done', 'duplicate'] as const)('does not undo an attempt that is %s', async (kind) => {
    const first = await stage.bySignIn();
    const { id, state } = kind === 'done' ? first : await stage.bySignIn();
    expect(state.kind).toBe(kind);
    await cancelAuthorization(stage.world.engine, id);
    expect((await stage.world.db.get('authorizations', id))?.state.kind).toBe(kind);
  });
});

describe('asking', () => {
  it('asks once about a connection that is named twice, and believes one refusal once', async () => {
    await stage.byKey();
    const { id } = await stage.only();
    stage.api = () => REFUSED_KEY;
    stage.world.sent.length = 0;
    const tally = await openSweeper(stage.world.engine).check([id, id, id]);
    expect(tally).toEqual({ checked: 1, reconnect: 1, unverified: 0, left: [] });
    // Once, and once more to confirm.
    expect(stage.world.sent).toHaveLength(2);
  });
});
