/** Signing in in a tab: another place, and everything else as in the window. */
import { beforeEach, describe, expect, it } from 'vitest';
import { AUTHORIZATION_LIFE_MS } from '../../lib/domain/authorization.ts';
import { cancelAuthorization, connect } from '../../lib/engine/authorize.ts';
import { saveSettings } from '../../lib/engine/settings.ts';
import { start } from '../../lib/engine/start.ts';
import { setStage, WISH, type Stage } from './stage.ts';

let stage: Stage;
/** In which order places were opened. */
let opened: string[];

beforeEach(async () => {
  stage = await setStage();
  opened = [];
  const { world } = stage;
  const signedIn = world.window;
  world.window = () => {
    opened.push('window');
    return { kind: 'failed', code: 'window-missing' };
  };
  world.probe = () => {
    opened.push('probe');
    return { kind: 'failed', code: 'window-missing' };
  };
  world.tab = (url) => {
    opened.push('tab');
    return signedIn(url);
  };
  await saveSettings(world.engine, { signsInInTab: true });
});

const record = (id: string) => stage.world.db.get('authorizations', id);

/** An attempt whose tab stays open. */
async function openTab(): Promise<string> {
  stage.world.tab = () => new Promise(() => undefined);
  const { authorizationId } = await connect(stage.world.engine, WISH);
  await expect.poll(async () => (await record(authorizationId))?.windowId).toBe(43);
  return authorizationId;
}

describe('where the person chose a tab', () => {
  it('nothing but a tab is opened, and the connection is made', async () => {
    const { id, state } = await stage.bySignIn();
    expect(state.kind).toBe('done');
    expect(opened).toEqual(['tab']);
    expect((await record(id))?.isInTab).toBe(true);
  });

  it('an answer with another state is refused, and no code is sent', async () => {
    const { tab } = stage.world;
    stage.world.tab = async (url) => {
      const come = await tab(url);
      if (come.kind !== 'answer') return come;
      const back = new URL(come.url);
      back.searchParams.set('state', 'another');
      return { kind: 'answer', url: back.href };
    };
    expect((await stage.bySignIn()).state).toMatchObject({ code: 'state-mismatch' });
    expect(stage.sentTo('/token')).toEqual([]);
  });

  it('a tab whose coming back could not be seen is not opened', async () => {
    const { engine } = stage.world;
    stage.world.engine = {
      ...engine,
      hasOrigins: async (origins) => !origins.includes('https://patchbay.example/*'),
    };
    await expect(stage.bySignIn()).rejects.toMatchObject({ code: 'tab-not-permitted' });
    expect(opened).toEqual([]);
    expect(await stage.world.db.count('authorizations')).toBe(0);
  });

  it('one that was cancelled a moment before its tab opens none', async () => {
    const { world } = stage;
    const { authTab } = world.engine;
    // The tab is about to be opened: what is written before it is all that is left to do.
    const probe = async () => {
      // Before anything that is asked of the store from here on.
      setImmediate(() => {
        for (const running of world.engine.attempts.values()) running.abort();
      });
      return authTab.probe('', 0, false);
    };
    world.engine = { ...world.engine, authTab: { ...authTab, probe } };
    expect((await stage.bySignIn()).state).toEqual({ kind: 'cancelled' });
    expect(opened).toEqual([]);
  });

  it('a key is tried as ever', async () => {
    const { id, state } = await stage.byKey();
    expect(state.kind).toBe('done');
    expect((await record(id))?.isInTab).toBeUndefined();
  });
});

describe('a tab that nobody waits for any more', () => {
  it('is closed by the next worker, and the attempt is not finished', async () => {
    const id = await openTab();
    await start(stage.world.restarted());
    expect((await record(id))?.state).toEqual({ kind: 'abandoned' });
    expect([stage.world.closedTabs, stage.world.closedWindows]).toEqual([[43], []]);
    expect(await stage.world.db.count('secrets')).toBe(0);
  });

  it('is left alone once its answer would not count', async () => {
    await openTab();
    stage.world.now += AUTHORIZATION_LIFE_MS + 1;
    await start(stage.world.restarted());
    expect(stage.world.closedTabs).toEqual([]);
  });

  it('is closed with the attempt, whoever runs that', async () => {
    const id = await openTab();
    await cancelAuthorization(stage.world.restarted(), id);
    expect((await record(id))?.state).toEqual({ kind: 'cancelled' });
    expect(stage.world.closedTabs).toEqual([43]);
  });

  it('is never taken for a window of that number', async () => {
    const { world } = stage;
    world.tab = () => ({ kind: 'cancelled' });
    expect(await record((await stage.bySignIn()).id)).toMatchObject({ windowId: 43 });
    await saveSettings(world.engine, { signsInInTab: false });
    world.popups = [{ id: 43, url: null }];
    world.probe = () => ({ kind: 'failed', code: 'window-needs-person' });
    world.window = () => ({ kind: 'failed', code: 'window-busy' });
    expect((await stage.bySignIn()).state).toMatchObject({ code: 'window-busy' });
    expect(world.closedWindows).toEqual([]);
  });
});
