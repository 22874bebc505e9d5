/** What a vault that is locked keeps waiting, and what goes on all the same. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { answerNotification } from '../../lib/engine/answer-notification.ts';
import { connect } from '../../lib/engine/authorize.ts';
import { dismissAuthorization } from '../../lib/engine/choose.ts';
import { editConnection } from '../../lib/engine/edit.ts';
import type { Engine } from '../../lib/engine/engine.ts';
import { handlers } from '../../lib/engine/handlers.ts';
import { remind } from '../../lib/engine/remind.ts';
import { start } from '../../lib/engine/start.ts';
import { openSweeper, type Sweeper } from '../../lib/engine/sweep.ts';
import { behindVault } from '../../lib/engine/vault-door.ts';
import type { Handlers } from '../../lib/rpc/procedures.ts';
import { REFUSED_GRANT, REFUSED_KEY, setStage, WISH, type Stage } from './stage.ts';

// What one guess costs is not under test here.
vi.mock('../../lib/domain/kdf-iterations.ts', () => ({ KDF_ITERATIONS: 1000 }));

const PASSPHRASE = 'correct horse battery';
const DAY = 24 * 60 * 60_000;

let stage: Stage;
let asked: Handlers;
let sweeper: Sweeper;

beforeEach(async () => {
  stage = await setStage();
  begin(stage.world.engine);
});

/** The background as it is composed. */
function begin(engine: Engine): void {
  sweeper = openSweeper(engine);
  asked = behindVault(handlers(engine, sweeper), engine.vault, engine.now);
}

const protect = () => asked.protectVault({ current: null, passphrase: PASSPHRASE });
const unlock = () => asked.unlockVault({ passphrase: PASSPHRASE });

/** The first worker after the browser was closed; the locks of the one before went with it. */
async function reopened(): Promise<Engine> {
  await stage.world.memory.write(null);
  const engine: Engine = { ...stage.world.restarted(), lock: (_name, run) => run() };
  begin(engine);
  await start(engine);
  return engine;
}

const attemptOf = (id: string) => stage.world.db.get('authorizations', id);
const secrets = () => stage.world.db.getAllKeys('secrets');

describe('tokens that had arrived when the browser was closed', () => {
  /** A sign-in whose worker ends while the API is asked who came. */
  async function cut(): Promise<string> {
    await protect();
    const { api } = stage;
    stage.api = () => new Promise(() => undefined);
    const { authorizationId } = await connect(stage.world.engine, WISH);
    await expect.poll(() => stage.sentTo('/me').length).toBe(1);
    stage.api = api;
    return authorizationId;
  }

  it('wait in the vault while it is locked, and are a connection once it is not', async () => {
    const id = await cut();
    const before = await attemptOf(id);
    await reopened();
    await sweeper.sweep();
    expect(await attemptOf(id)).toEqual(before);
    expect(await secrets()).toEqual([`authorization:${id}`]);
    expect(stage.sentTo('/revoke')).toEqual([]);

    await unlock();
    await expect.poll(async () => (await attemptOf(id))?.state.kind).toBe('done');
    expect(await secrets()).toEqual([`credential:${(await stage.only()).id}`]);
  });

  it('that are too old by then are given back, and not merely destroyed', async () => {
    const id = await cut();
    stage.world.now += DAY;
    await reopened();
    expect(await secrets()).toEqual([`authorization:${id}`]);
    await unlock();
    await expect.poll(async () => (await attemptOf(id))?.state.kind).toBe('failed');
    expect(stage.sentTo('/revoke')).toHaveLength(1);
    expect(await secrets()).toEqual([]);
  });
});

describe('a choice that nobody made', () => {
  /** Somebody whom no connection knows signed in, and the person has not said what becomes of it. */
  async function waiting(): Promise<string> {
    await stage.bySignIn();
    await protect();
    stage.person = 'bob';
    const { id, state } = await stage.again((await stage.only()).id);
    expect(state.kind).toBe('mismatch');
    return id;
  }

  it('waits longer than it would while it is locked, and its tokens are given back then', async () => {
    const id = await waiting();
    stage.world.now += DAY;
    await reopened();
    expect(await attemptOf(id)).toMatchObject({ state: { kind: 'mismatch' } });
    expect(await secrets()).toContain(`authorization:${id}`);
    await unlock();
    await expect.poll(() => attemptOf(id)).toBeUndefined();
    expect(stage.sentTo('/revoke')).toHaveLength(1);
    expect(await secrets()).not.toContain(`authorization:${id}`);
  });

  it('and is dropped while it is locked is dropped with the tokens given back, later', async () => {
    const id = await waiting();
    const engine = await reopened();
    await expect(dismissAuthorization(engine, id)).rejects.toMatchObject({ code: 'vault-locked' });
    expect(await secrets()).toContain(`authorization:${id}`);
    expect(stage.sentTo('/revoke')).toEqual([]);
    await unlock();
    await expect.poll(() => attemptOf(id)).toBeUndefined();
    expect(stage.sentTo('/revoke')).toHaveLength(1);
  });
});

describe('an end that is known', () => {
  it('is told in its time although nothing is checked; the alarm sees to it', async () => {
    await stage.byKey();
    const { id, revision } = await stage.only();
    const begun = stage.world.now;
    await editConnection(stage.world.engine, { id, revision, statedEndAt: begun + 13 * DAY });
    await stage.check();
    await protect();
    const engine = await reopened();
    stage.world.sent.length = 0;
    const told: number[] = [];
    while (stage.world.now < begun + 13 * DAY) {
      expect(stage.world.wakesAt).toBeGreaterThan(stage.world.now);
      stage.world.now = stage.world.wakesAt ?? 0;
      await remind(engine);
      await sweeper.sweep();
      if (stage.world.notifications.size > 0)
        told.push(13 - Math.floor((stage.world.now - begun) / DAY));
      stage.world.notifications.clear();
    }
    expect(told).toEqual([13, 7, 1]);
    expect(stage.world.sent).toEqual([]);
  });

  it('wakes nobody where the person does not want to hear of it', async () => {
    await stage.byKey();
    const { id, revision } = await stage.only();
    await editConnection(stage.world.engine, { id, revision, statedEndAt: stage.world.now + DAY });
    await stage.check();
    await asked.saveSettings({ endNotices: false });
    await protect();
    await reopened();
    expect(stage.world.wakesAt).toBeNull();
  });
});

describe('a notification', () => {
  it('whose click meets the lock shows the connection, and no attempt is made', async () => {
    await stage.bySignIn();
    const { id } = await stage.only();
    await protect();
    stage.world.now += 3_500_000;
    stage.token = () => REFUSED_GRANT;
    await stage.check();
    const [notification = ''] = stage.world.notifications.keys();
    const attempts = await stage.world.db.count('authorizations');
    const engine = await reopened();
    const opened: string[] = [];
    await answerNotification(engine, notification, async (hash) => void opened.push(hash));
    expect(opened).toEqual([`#/connections/${id}`]);
    expect(await stage.world.db.count('authorizations')).toBe(attempts);
  });
});

describe('a vault that is locked in the middle of a sweep', () => {
  it('ends it without an error; what was found until then is told', async () => {
    await stage.bySignIn({ name: 'Revoked' });
    stage.person = 'bob';
    await stage.byKey('key', { name: 'Refused once' });
    await protect();
    stage.world.now += 2 * DAY;
    stage.token = () => REFUSED_GRANT;
    stage.api = () => REFUSED_KEY;
    // Between the first refusal of a key and the second.
    const engine: Engine = { ...stage.world.engine, pause: () => stage.world.engine.vault.lock() };
    await openSweeper(engine).sweep();
    const healths = (await stage.all()).map(({ name, health }) => [name, health.kind]);
    expect(Object.fromEntries(healths)).toEqual({
      Revoked: 'reconnect',
      'Refused once': 'unverified',
    });
    expect([...stage.world.notifications.values()]).toEqual([['Revoked']]);
  });
});
