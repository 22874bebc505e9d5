/** What one worker left behind when it died, and what the next one makes of it. */
import { beforeEach, describe, expect, it } from 'vitest';
import { reveal } from '../../lib/domain/credential.ts';
import { UNDO_MS } from '../../lib/domain/deletion.ts';
import { connect } from '../../lib/engine/authorize.ts';
import { chooseAuthorization, dismissAuthorization } from '../../lib/engine/choose.ts';
import { deleteConnections } from '../../lib/engine/delete.ts';
import type { Engine } from '../../lib/engine/engine.ts';
import { finishDeletions } from '../../lib/engine/finish-deletions.ts';
import { start } from '../../lib/engine/start.ts';
import { openSweeper } from '../../lib/engine/sweep.ts';
import type { Database } from '../../lib/store/database.ts';
import { CLOUD } from './definitions.ts';
import { gate, REFUSED_GRANT, REFUSED_KEY, setStage, WISH, type Stage } from './stage.ts';

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});

const never = (): Promise<never> => new Promise(() => undefined);

/** The next worker; the locks of the one before went with it. */
function successor(): Engine {
  return { ...stage.world.restarted(), lock: (_name, run) => run() };
}

const attemptOf = (id: string) => stage.world.db.get('authorizations', id);

async function refreshToken(id: string): Promise<string | null> {
  const stored = await stage.world.engine.vault.open('credential', id);
  return stored?.kind === 'oauth2' && stored.refreshToken ? reveal(stored.refreshToken) : null;
}

describe('a renewal that was cut short', () => {
  /** The worker dies while the server answers. */
  async function cut(): Promise<void> {
    await stage.bySignIn();
    stage.world.now += 3_500_000;
    const asked = gate();
    stage.token = () => {
      asked.open();
      void asked.pass();
      return never();
    };
    void stage.check();
    await asked.reached;
    stage.world.now += 1_000;
    stage.token = () => stage.tokens();
  }

  it('is asked about at once by the next worker, with the stored token', async () => {
    await cut();
    const engine = successor();
    expect(await start(engine)).toBe(true);
    expect(stage.world.wakesAt).toBe(stage.world.now + 1_000);
    await openSweeper(engine).sweep();
    expect(await stage.only()).toMatchObject({
      health: { kind: 'active' },
      refreshStartedAt: null,
    });
    expect(await start(successor())).toBe(false);
  });

  it('is called interrupted when the server does not take that token any more', async () => {
    await cut();
    const engine = successor();
    await start(engine);
    stage.token = () => REFUSED_GRANT;
    await openSweeper(engine).sweep();
    expect((await stage.only()).health).toMatchObject({ kind: 'reconnect', reason: 'interrupted' });
    expect(await start(successor())).toBe(false);
  });

  it('is not hurried once a check has judged it', async () => {
    await stage.bySignIn();
    stage.world.now += 3_500_000;
    stage.token = () => {
      stage.world.now += 20_000;
      return { kind: 'silence', silence: 'timeout', tookMs: 20_000 };
    };
    await stage.check();
    const { nextCheckAt, refreshStartedAt } = await stage.only();
    expect(refreshStartedAt).not.toBeNull();
    expect(await start(successor())).toBe(false);
    expect((await stage.only()).nextCheckAt).toBe(nextCheckAt);
  });
});

describe('a sign-in that was cut short', () => {
  async function cut(hangs: 'token' | 'api'): Promise<string> {
    stage[hangs] = never;
    const { authorizationId } = await connect(stage.world.engine, WISH);
    const end = hangs === 'token' ? '/token' : '/me';
    await expect.poll(() => stage.sentTo(end).length).toBe(1);
    return authorizationId;
  }

  it('after the code was sent says so, apart from one that was left', async () => {
    const id = await cut('token');
    await start(successor());
    expect(await attemptOf(id)).toMatchObject({
      state: { kind: 'failed', code: 'exchange-interrupted' },
    });
    expect(await stage.world.db.count('secrets')).toBe(0);
    expect(stage.sentTo('/token')).toHaveLength(1);
  });

  it('after the tokens came goes on with them', async () => {
    const { api } = stage;
    const id = await cut('api');
    stage.api = api;
    await start(successor());
    await expect.poll(async () => (await attemptOf(id))?.state.kind).toBe('done');
    expect((await stage.only()).grant?.scopesAsked).toEqual(['read']);
    expect(await stage.world.db.getAllKeys('secrets')).toEqual([
      `credential:${(await stage.only()).id}`,
    ]);
    expect(stage.sentTo('/token')).toHaveLength(1);
    expect(await attemptOf(id)).not.toHaveProperty('exchange');
  });

  it('after the tokens came gives them back where nobody has come for them in time', async () => {
    const { api } = stage;
    const id = await cut('api');
    stage.api = api;
    stage.world.now += 11 * 60_000;
    await start(successor());
    await expect.poll(async () => (await attemptOf(id))?.state.kind).toBe('failed');
    expect(stage.sentTo('/revoke')).toHaveLength(1);
    expect(await stage.all()).toEqual([]);
    expect(await stage.world.db.count('secrets')).toBe(0);
  });

  it('while its tokens are given back gives them back, and stays what it was', async () => {
    stage.api = (request) => (request.url.endsWith('/revoke') ? never() : REFUSED_KEY);
    const { authorizationId } = await connect(stage.world.engine, WISH);
    await expect.poll(() => stage.sentTo('/revoke').length).toBe(1);
    stage.api = () => ({ ...REFUSED_KEY, status: 200 }) as typeof REFUSED_KEY;
    await start(successor());
    await expect.poll(async () => (await attemptOf(authorizationId))?.state.kind).toBe('failed');
    expect(await attemptOf(authorizationId)).toMatchObject({
      state: { code: 'credential-rejected' },
    });
    expect(stage.sentTo('/revoke')).toHaveLength(2);
    expect(await stage.world.db.count('secrets')).toBe(0);
  });

  it('while a choice is dropped drops it, and lets nobody choose what is being revoked', async () => {
    await stage.bySignIn();
    const { api } = stage;
    stage.person = 'bob';
    const { id } = await stage.again((await stage.only()).id);
    stage.api = (request) => (request.url.endsWith('/revoke') ? never() : api(request));
    void dismissAuthorization(stage.world.engine, id);
    await expect.poll(() => stage.sentTo('/revoke').length).toBe(1);
    const engine = successor();
    const choice = { authorizationId: id, choice: 'replace' } as const;
    await expect(chooseAuthorization(engine, choice)).rejects.toMatchObject({ code: 'expired' });
    stage.api = api;
    await start(engine);
    await expect.poll(() => attemptOf(id)).toBeUndefined();
    expect(stage.sentTo('/revoke')).toHaveLength(2);
    expect((await stage.only()).identity?.id).toBe('alice');
  });
});

describe('a deletion that was cut short while it revoked', () => {
  it('is finished by the next worker without waiting', async () => {
    await stage.bySignIn();
    const { id } = await stage.only();
    stage.api = never;
    await deleteConnections(stage.world.engine, { ids: [id], revoke: true });
    stage.world.now += UNDO_MS;
    void finishDeletions(stage.world.engine);
    await expect.poll(() => stage.sentTo('/revoke').length).toBe(1);
    stage.api = () => ({ kind: 'answer', status: 200, text: '', headers: new Map(), tookMs: 1 });
    await finishDeletions(successor());
    expect(await stage.world.db.count('deletions')).toBe(0);
    expect(await stage.world.db.get('kept', 'notRevoked')).toBeUndefined();
  });
});

describe('a notification that was shown and not noted', () => {
  it.each([1, 2])('is not doubled by the next worker when it speaks of %i', async (count) => {
    for (const name of ['alice', 'bob'].slice(0, count)) {
      stage.person = name;
      await stage.byKey(name, { name });
    }
    stage.api = () => REFUSED_KEY;
    const { engine } = stage.world;
    const shown = gate();
    const notifier: Engine['notifier'] = {
      ...engine.notifier,
      async show(notice, flows) {
        await engine.notifier.show(notice, flows);
        void shown.pass();
        return never();
      },
    };
    void stage.check({ ...engine, notifier });
    await shown.reached;
    const told = [...stage.world.notifications];
    expect(told).toMatchObject([[expect.any(String), { length: count }]]);
    await start(successor());
    expect([...stage.world.notifications]).toEqual(told);
    expect(await stage.world.db.get('kept', 'untold')).toEqual([]);
  });
});

describe('a browser that cannot save renewed tokens', () => {
  /** How many of the next writes fail, counted from the answer of the token endpoint. */
  let failing = 0;
  let pauses: number[] = [];

  beforeEach(() => {
    pauses = [];
    failing = 0;
  });

  /** A connection whose token has to be renewed, in a browser whose disk is full for so many writes. */
  async function full(writes: number): Promise<Engine> {
    await stage.bySignIn();
    stage.world.now += 3_500_000;
    stage.token = () => {
      failing = writes;
      return stage.tokens();
    };
    return {
      ...stage.world.engine,
      database: async () => failingDatabase(stage.world.db),
      pause: async (ms) => void pauses.push(ms),
    };
  }

  function failingDatabase(db: Database): Database {
    return new Proxy(db, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (name !== 'transaction') return value;
        return (...given: Parameters<Database['transaction']>) => {
          if (given[1] !== 'readwrite' || failing === 0) return target.transaction(...given);
          failing -= 1;
          throw new DOMException('full', 'QuotaExceededError');
        };
      },
    });
  }

  const bodies = () => stage.sentTo('/revoke').map(({ body }) => body);

  it('is tried again, and nobody notices', async () => {
    const engine = await full(2);
    await stage.check(engine);
    const { id, health, refreshStartedAt } = await stage.only();
    expect([health.kind, refreshStartedAt]).toEqual(['active', null]);
    expect(await refreshToken(id)).toBe('refresh-2');
    expect(pauses).toEqual([500, 2_000]);
    expect([engine.unsaved.size, bodies()]).toEqual([0, []]);
  });

  it('has them revoked in the end, and says that the renewal was interrupted', async () => {
    const engine = await full(4);
    await stage.check(engine);
    const { id, health } = await stage.only();
    expect(health).toMatchObject({ kind: 'reconnect', reason: 'interrupted' });
    expect(bodies()).toEqual([expect.stringContaining('token=refresh-2')]);
    expect(engine.unsaved.size).toBe(0);
    expect(await refreshToken(id)).toBe('refresh-1');
    expect(stage.world.notifications.size).toBe(1);
  });

  it('leaves them alone where another connection may live on the same grant', async () => {
    const engine = await full(4);
    const { token } = stage;
    stage.token = () => stage.tokens();
    await stage.bySignIn({ environmentId: 'staging', name: 'Twin' });
    const twin = (await stage.all()).find(({ name }) => name === 'Twin');
    const first = (await stage.all()).find(({ name }) => name !== 'Twin');
    stage.token = token;
    await openSweeper(engine).check([first?.id ?? '']);
    expect(bodies()).toEqual([]);
    expect((await stage.all()).find(({ id }) => id === twin?.id)).toEqual(twin);
    expect((await stage.all()).find(({ id }) => id === first?.id)?.health).toMatchObject({
      kind: 'unverified',
      doubt: 'unsaved',
    });
  });

  it('loses nothing where the stored refresh token goes on', async () => {
    const engine = await full(4);
    stage.token = () => {
      failing = 4;
      return stage.tokens({ refresh_token: undefined });
    };
    await stage.check(engine);
    const { id, health } = await stage.only();
    expect(health.kind).toBe('active');
    expect(await refreshToken(id)).toBe('refresh-1');
    expect([engine.unsaved.size, bodies()]).toEqual([0, []]);
  });

  describe('of a provider that cannot revoke', () => {
    beforeEach(async () => {
      stage = await setStage();
      const [method] = CLOUD.methods;
      const { revoke: _none, ...rest } = method as Extract<typeof method, { kind: 'oauth2' }>;
      await stage.world.engine.providers.keep(JSON.stringify({ ...CLOUD, methods: [rest] }));
    });

    it('goes on with them, says so, and saves them once it can', async () => {
      const engine = await full(4);
      await stage.check(engine);
      expect((await stage.only()).health).toMatchObject({ kind: 'unverified', doubt: 'unsaved' });
      failing = 1;
      await stage.check(engine);
      expect((await stage.only()).health).toMatchObject({ kind: 'unverified', doubt: 'unsaved' });
      expect(stage.sentTo('/me').at(-1)?.headers).toMatchObject({
        Authorization: 'Bearer access-2',
      });
      await stage.check(engine);
      const { id, health, refreshStartedAt } = await stage.only();
      expect([health.kind, refreshStartedAt]).toEqual(['active', null]);
      expect(await refreshToken(id)).toBe('refresh-2');
      expect(stage.sentTo('/token')).toHaveLength(2);
      expect(stage.world.notifications.size).toBe(0);
    });

    it('renews the renewed ones when their time has come', async () => {
      const engine = await full(4);
      await stage.check(engine);
      stage.world.now += 3_500_000;
      stage.token = () => stage.tokens();
      await stage.check(engine);
      expect(stage.sentTo('/token').at(-1)?.body).toContain('refresh_token=refresh-2');
      expect(await refreshToken((await stage.only()).id)).toBe('refresh-3');
      expect(engine.unsaved.size).toBe(0);
    });
  });
});
