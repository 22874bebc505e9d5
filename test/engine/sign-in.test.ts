/** The sign-in window: one at a time, nothing shown where nothing has to be, never stuck. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AUTHORIZATION_LIFE_MS } from '../../lib/domain/authorization.ts';
import { cancelAuthorization, connect, reconnect } from '../../lib/engine/authorize.ts';
import { dismissAuthorization } from '../../lib/engine/choose.ts';
import type { WindowOutcome } from '../../lib/engine/ports.ts';
import { start } from '../../lib/engine/start.ts';
import { CLOUD } from './definitions.ts';
import { gate, nextTurn, setStage, WISH, type Stage } from './stage.ts';

let stage: Stage;
/** Addresses that were loaded without a window, and that a window was opened for. */
let probed: URL[];
let shown: URL[];
let signedIn: Stage['world']['window'];

const failed = (code: 'window-timeout' | 'window-busy' | 'window-needs-person' | 'window-failed') =>
  ({ kind: 'failed', code }) as const;

beforeEach(async () => {
  stage = await setStage();
  [probed, shown] = [[], []];
  signedIn = stage.world.window;
  openWindow((url) => signedIn(url));
  load(() => failed('window-needs-person'));
});

function openWindow(come: (url: string) => Promise<WindowOutcome> | WindowOutcome): void {
  stage.world.window = (url) => {
    shown.push(new URL(url));
    return come(url);
  };
}

function load(come: (url: string) => Promise<WindowOutcome> | WindowOutcome): void {
  stage.world.probe = (url) => {
    probed.push(new URL(url));
    return come(url);
  };
}

/** What a session of the browser may bring in place of what was expected. */
type Brought = { readonly person?: string; readonly token?: object };

const stateOf = async (id: string) => (await stage.world.db.get('authorizations', id))?.state;

describe('before a window is opened', () => {
  it('its page is loaded without one, with a state and a verifier of its own', async () => {
    expect((await stage.bySignIn()).state.kind).toBe('done');
    expect([probed.length, shown.length]).toEqual([1, 1]);
    for (const name of ['state', 'code_challenge'])
      expect(probed[0]?.searchParams.get(name)).not.toBe(shown[0]?.searchParams.get(name));
  });

  it('a page that never loads ends the attempt, and nothing is opened', async () => {
    load(() => failed('window-timeout'));
    expect((await stage.bySignIn()).state).toMatchObject({
      kind: 'failed',
      code: 'window-timeout',
    });
    expect(shown).toEqual([]);
  });

  it('a browser that cannot load without one opens it at once', async () => {
    load(() => failed('window-failed'));
    expect((await stage.bySignIn()).state.kind).toBe('done');
    expect(shown).toHaveLength(1);
  });

  it('an answer without one is the answer', async () => {
    load((url) => signedIn(url));
    expect((await stage.bySignIn()).state.kind).toBe('done');
    expect(shown).toEqual([]);
  });
});

describe('a window that is still open from before', () => {
  const busyOnce = (): void => {
    let isFirst = true;
    openWindow((url) => {
      const isBusy = isFirst;
      isFirst = false;
      return isBusy ? failed('window-busy') : signedIn(url);
    });
  };

  it('is closed where it is ours, and the attempt goes on, once', async () => {
    busyOnce();
    stage.world.popups = [
      { id: 7, url: 'https://shop.example/checkout' },
      { id: 8, url: null },
      { id: 9, url: 'https://id.test.example/interaction' },
    ];
    expect((await stage.bySignIn()).state.kind).toBe('done');
    expect(stage.world.closedWindows).toEqual([9]);
  });

  it('is closed where an attempt has noted it, whatever it shows', async () => {
    stage.world.popups = [{ id: 42, url: null }];
    await stage.bySignIn();
    busyOnce();
    expect((await stage.again((await stage.only()).id)).state.kind).toBe('done');
    expect(stage.world.closedWindows).toEqual([42]);
  });

  it('and is not found is said', async () => {
    openWindow(() => failed('window-busy'));
    stage.world.popups = [{ id: 7, url: null }];
    expect((await stage.bySignIn()).state).toMatchObject({ kind: 'failed', code: 'window-busy' });
    expect(shown).toHaveLength(1);
    expect(stage.world.closedWindows).toEqual([]);
  });
});

describe('a window that stands for long', () => {
  it('is seen through: its answer is exchanged in a job of its own', async () => {
    const jobs: number[] = [];
    const { engine } = stage.world;
    stage.world.engine = {
      ...engine,
      keepAwake: (job) => {
        jobs.push(stage.world.now);
        return job();
      },
    };
    openWindow((url) => {
      stage.world.now += 6 * 60_000;
      return signedIn(url);
    });
    expect((await stage.bySignIn()).state.kind).toBe('done');
    expect(jobs.at(-1)).toBe(stage.world.now);
  });

  it('is given up when its time is over, and what it brings afterwards is not used', async () => {
    const window = gate();
    openWindow(async (url) => {
      await window.pass();
      return signedIn(url);
    });
    let giveUp = (): void => undefined;
    const real = globalThis.setTimeout;
    const timers = vi.spyOn(globalThis, 'setTimeout').mockImplementation(((
      run: () => void,
      ms?: number,
    ) => {
      if (ms !== AUTHORIZATION_LIFE_MS) return real(run, ms);
      giveUp = run;
      return real(() => undefined, 0);
    }) as typeof setTimeout);
    const { authorizationId } = await connect(stage.world.engine, WISH);
    await window.reached;
    timers.mockRestore();
    giveUp();
    expect((await stage.ended(authorizationId)).state).toMatchObject({
      kind: 'failed',
      code: 'expired',
    });
    window.open();
    for (let turn = 0; turn < 20; turn++) await nextTurn();
    expect(stage.sentTo('/token')).toEqual([]);
    expect(await stateOf(authorizationId)).toMatchObject({ kind: 'failed', code: 'expired' });
    expect(await stage.all()).toEqual([]);
    expect(await stage.world.db.count('secrets')).toBe(0);
    // And the next one has its turn.
    openWindow((url) => signedIn(url));
    expect((await stage.bySignIn()).state.kind).toBe('done');
  });

  it('and answers after its time, by the clock, is not used', async () => {
    openWindow((url) => {
      stage.world.now += AUTHORIZATION_LIFE_MS + 1;
      return signedIn(url);
    });
    expect((await stage.bySignIn()).state).toMatchObject({ kind: 'failed', code: 'expired' });
    expect(stage.sentTo('/token')).toEqual([]);
  });
});

describe('several attempts', () => {
  const begin = async () => (await connect(stage.world.engine, WISH)).authorizationId;

  it('open one window after another, in their order', async () => {
    const window = gate();
    openWindow(async (url) => {
      await window.pass();
      return signedIn(url);
    });
    const first = await begin();
    const second = await begin();
    const third = await begin();
    await window.reached;
    expect([(await stateOf(first))?.kind, (await stateOf(second))?.kind]).toEqual([
      'waiting',
      'queued',
    ]);
    await cancelAuthorization(stage.world.engine, second);
    expect((await stage.ended(second)).state.kind).toBe('cancelled');
    expect(shown).toHaveLength(1);
    window.open();
    expect((await stage.ended(first)).state.kind).toBe('done');
    expect((await stage.ended(third)).state.kind).toBe('duplicate');
    expect(shown).toHaveLength(2);
  });

  it('for one connection are one', async () => {
    await stage.bySignIn();
    const { id: connectionId } = await stage.only();
    const window = gate();
    openWindow(async (url) => {
      await window.pass();
      return signedIn(url);
    });
    const wish = { connectionId, credential: null, client: null, chooseAccount: false };
    const one = await reconnect(stage.world.engine, wish);
    await window.reached;
    expect(await reconnect(stage.world.engine, wish)).toEqual(one);
    window.open();
    expect((await stage.ended(one.authorizationId)).state.kind).toBe('done');
  });

  it('that waited when the worker died were not started, and none starts by itself', async () => {
    openWindow(() => new Promise(() => undefined));
    const first = await begin();
    const second = await begin();
    await expect.poll(() => shown.length).toBe(1);
    await start(stage.world.restarted());
    expect(await stateOf(first)).toEqual({ kind: 'abandoned' });
    expect(await stateOf(second)).toMatchObject({ kind: 'failed', code: 'not-started' });
    await nextTurn();
    expect(shown).toHaveLength(1);
    expect(await stage.world.db.count('secrets')).toBe(0);
  });
});

describe('an attempt that is written as over', () => {
  it('can be dismissed, and keeps nobody from another key, while it is being told', async () => {
    const telling = gate();
    stage.world.engine = { ...stage.world.engine, drawBadge: () => telling.pass() };
    const { engine } = stage.world;
    const { authorizationId } = await connect(engine, WISH);
    await telling.reached;
    expect((await stateOf(authorizationId))?.kind).toBe('done');
    expect(engine.attempts.size).toBe(0);
    await dismissAuthorization(engine, authorizationId);
    expect(await stateOf(authorizationId)).toBeUndefined();
    telling.open();
  });
});

describe('the session of the browser', () => {
  const SILENT = { ...CLOUD, methods: [{ ...CLOUD.methods[0], silentParams: { prompt: 'none' } }] };

  beforeEach(async () => {
    await stage.bySignIn();
    await stage.world.engine.providers.keep(JSON.stringify(SILENT));
    [probed.length, shown.length] = [0, 0];
  });
  const isSilent = (url: string): boolean => new URL(url).searchParams.get('prompt') === 'none';

  it('mends without a window, and the history says so', async () => {
    const before = await stage.only();
    load((url) => (isSilent(url) ? signedIn(url) : failed('window-needs-person')));
    const { state, id } = await stage.again(before.id);
    expect(state).toEqual({ kind: 'done', connectionId: before.id });
    expect(shown).toEqual([]);
    expect((await stage.world.db.get('authorizations', id))?.isSilent).toBe(true);
    const checks = await stage.world.db.getAll('checks');
    expect(checks.at(-1)?.trigger).toBe('silent');
    expect((await stage.only()).name).toBe(before.name);
  });

  it('of somebody else is not used, and nothing but the window is', async () => {
    const before = await stage.only();
    load((url) => {
      stage.person = 'bob';
      return isSilent(url) ? signedIn(url) : failed('window-needs-person');
    });
    openWindow((url) => {
      stage.person = 'alice';
      return signedIn(url);
    });
    probed.length = 0;
    const { state } = await stage.again(before.id);
    expect(state.kind).toBe('done');
    expect((await stage.only()).identity).toEqual(before.identity);
    expect(shown).toHaveLength(1);
    expect(stage.sentTo('/revoke')).toHaveLength(1);
  });

  it('that brings what cannot be renewed is not used where there was more', async () => {
    const before = await stage.only();
    load((url) => (isSilent(url) ? signedIn(url) : failed('window-needs-person')));
    let isFirst = true;
    stage.token = () => {
      const extra = isFirst ? { refresh_token: undefined } : {};
      isFirst = false;
      return stage.tokens(extra);
    };
    expect((await stage.again(before.id)).state.kind).toBe('done');
    expect(shown).toHaveLength(1);
    expect((await stage.only()).grant?.isRenewable).toBe(true);
  });

  it('that is over leads to the window, whose page is known to load', async () => {
    expect((await stage.again((await stage.only()).id)).state.kind).toBe('done');
    expect([probed.length, shown.length]).toEqual([1, 1]);
  });

  it.each([
    ['somebody else', { person: 'bob' }],
    ['nothing that can be renewed', { token: { refresh_token: undefined } }],
  ])(
    'that brought %s is not used by the next worker either',
    async (_, { person, token }: Brought) => {
      const before = await stage.only();
      load((url) => {
        stage.person = person ?? 'alice';
        return isSilent(url) ? signedIn(url) : failed('window-needs-person');
      });
      stage.token = () => stage.tokens(token);
      const { api } = stage;
      let isAsked = false;
      stage.api = () => {
        isAsked = true;
        return new Promise(() => undefined);
      };
      const wish = {
        connectionId: before.id,
        credential: null,
        client: null,
        chooseAccount: false,
      };
      const { authorizationId } = await reconnect(stage.world.engine, wish);
      await expect.poll(() => isAsked).toBe(true);
      stage.api = api;
      await start({ ...stage.world.restarted(), lock: (_name, run) => run() });
      await expect.poll(async () => (await stateOf(authorizationId))?.kind).toBe('failed');
      expect(await stateOf(authorizationId)).toMatchObject({ code: 'authorization-refused' });
      expect(await stage.only()).toEqual(before);
      expect(await stage.world.db.getAllKeys('secrets')).toEqual([`credential:${before.id}`]);
    },
  );

  it('is not asked where the person wants to choose, nor for a new connection', async () => {
    const { id: connectionId } = await stage.only();
    const wish = { connectionId, credential: null, client: null, chooseAccount: true };
    await stage.ended((await reconnect(stage.world.engine, wish)).authorizationId);
    await stage.bySignIn();
    expect(probed.filter(({ href }) => isSilent(href))).toEqual([]);
  });
});
