import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Engine } from '../../lib/engine/engine.ts';
import { dismissAuthorization } from '../../lib/engine/choose.ts';
import { start } from '../../lib/engine/start.ts';
import { openSweeper } from '../../lib/engine/sweep.ts';
import { openVault } from '../../lib/store/vault.ts';
import { connect } from '../../lib/engine/authorize.ts';
import { json } from '../support/fake-ports.ts';
import { CLOUD, KEYS } from './definitions.ts';
import { DOWN, OFFLINE, REFUSED_GRANT, REFUSED_KEY, setStage, WISH, type Stage } from './stage.ts';

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});

const broken = (): Promise<never> => Promise.reject(new Error('the browser says no'));

/** An engine whose browser draws no badge, shows no notification and sets no alarm. */
function deaf(engine: Engine): Engine {
  return {
    ...engine,
    drawBadge: broken,
    notifier: { show: broken, withdraw: broken },
    wakeAt: broken,
  };
}

describe('a browser that draws no badge and shows no notification', () => {
  it('does not undo a connection that was written [F40]', async () => {
    const engine = deaf(stage.world.engine);
    const { id, state } = await stage.ended((await connect(engine, WISH)).authorizationId);
    expect([id, state.kind]).toEqual([id, 'done']);
    expect(stage.sentTo('/revoke')).toEqual([]);
    expect((await stage.only()).health.kind).toBe('active');
  });

  it('does not keep results from being written [F40]', async () => {
    await stage.byKey();
    stage.api = () => REFUSED_KEY;
    await stage.check(deaf(stage.world.engine)).catch(() => undefined);
    expect((await stage.only()).health).toMatchObject({ kind: 'reconnect' });
    await start(stage.world.restarted());
    expect(stage.world.badge?.face).toEqual({ kind: 'reconnect', count: 1 });
    expect(stage.world.notifications.size).toBe(1);
  });
});

describe('a pass', () => {
  it('goes on past a connection whose accounts cannot be asked for', async () => {
    const { engine } = stage.world;
    await stage.byKey('first');
    stage.person = 'bob';
    await stage.byKey('second');
    const accounts = { url: 'https://api.test.example/{team}', items: '', id: 'id', label: 'id' };
    const team = { id: 'team', label: 'Team', kind: 'text', example: 'a' } as const;
    await engine.providers.keep(JSON.stringify({ ...KEYS, accounts, params: [team] }));
    stage.world.now += 1_000;
    const tally = await stage.check();
    expect(tally).toEqual({ checked: 2, reconnect: 0, unverified: 0, left: [] });
    const at = stage.world.now;
    expect((await stage.all()).map(({ checkedAt }) => checkedAt)).toEqual([at, at]);
  });

  it('calls no credential lost because the vault’s key cannot be read', async () => {
    await stage.byKey();
    await stage.bySignIn();
    const { indexedDB } = globalThis;
    vi.spyOn(globalThis, 'indexedDB', 'get').mockReturnValue({
      ...indexedDB,
      open: () => {
        throw new DOMException('An unexpected error occurred', 'UnknownError');
      },
    });
    const engine = {
      ...stage.world.engine,
      vault: openVault(async () => stage.world.db, stage.world.memory),
    };
    await stage.check(engine).catch(() => undefined);
    const healths = (await stage.all()).map(({ health }) => health.kind);
    expect(healths).not.toContain('reconnect');
    expect(stage.world.notifications.size).toBe(0);
  });

  it('says that a credential is lost when its entry cannot be opened', async () => {
    await stage.byKey();
    const { id } = await stage.only();
    const name = `credential:${id}`;
    const entry = await stage.world.db.get('secrets', name);
    if (entry === undefined) throw new Error('no entry');
    await stage.world.db.put('secrets', { ...entry, sealed: new ArrayBuffer(40) });
    await stage.check();
    expect((await stage.only()).health).toMatchObject({ kind: 'reconnect', reason: 'interrupted' });
  });
});

describe('an attempt whose provider is gone', () => {
  async function orphan(): Promise<string> {
    await stage.bySignIn();
    const { id: connectionId } = await stage.only();
    const { id, state } = await stage.bySignIn();
    expect(state.kind).toBe('duplicate');
    await stage.deleteForGood([connectionId]);
    await stage.world.db.delete('providers', CLOUD.id);
    return id;
  }

  it('can be dismissed, and takes its secrets along', async () => {
    const id = await orphan();
    await dismissAuthorization(stage.world.restarted(), id);
    expect(await stage.world.db.get('authorizations', id)).toBeUndefined();
    expect(await stage.world.db.count('secrets')).toBe(0);
  });

  it('does not keep the background from starting', async () => {
    await orphan();
    await stage.byKey();
    stage.world.now += 2 * 3_600_000;
    stage.world.wakesAt = null;
    await start(stage.world.restarted());
    expect(stage.world.wakesAt).toBeGreaterThan(0);
  });
});

describe('a proof that fails', () => {
  it('does not revoke a grant that a connection may live on', async () => {
    await stage.bySignIn();
    stage.api = () => DOWN;
    const { state } = await stage.again((await stage.only()).id);
    expect(state).toMatchObject({ kind: 'failed', code: 'provider-trouble' });
    expect((await stage.bySignIn()).state.kind).toBe('failed');
    expect(stage.sentTo('/revoke')).toEqual([]);
  });
});

describe('an interrupted renewal', () => {
  it.each([
    ['no network', OFFLINE],
    ['a busy server', DOWN],
    ['a client that is refused', json({ error: 'invalid_client' }, 401)],
  ])('is still remembered after %s', async (_, answer) => {
    await stage.bySignIn();
    stage.world.now += 3_500_000;
    stage.token = () => ({ kind: 'silence', silence: 'timeout', tookMs: 20_000 });
    await stage.check();
    stage.token = () => answer;
    await stage.check();
    expect((await stage.only()).health.kind).toBe('unverified');
    stage.token = () => REFUSED_GRANT;
    await stage.check();
    expect((await stage.only()).health).toMatchObject({ kind: 'reconnect', reason: 'interrupted' });
  });

  it('is forgotten once a renewal has gone through', async () => {
    await stage.bySignIn();
    stage.world.now += 3_500_000;
    stage.token = () => ({ kind: 'silence', silence: 'timeout', tookMs: 20_000 });
    await stage.check();
    stage.token = () => stage.tokens();
    await stage.check();
    stage.world.now += 3_500_000;
    stage.token = () => REFUSED_GRANT;
    await openSweeper(stage.world.engine).sweep();
    expect((await stage.only()).health).toMatchObject({ kind: 'reconnect', reason: 'revoked' });
  });
});
