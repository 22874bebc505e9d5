import { beforeEach, describe, expect, it, vi } from 'vitest';
import { reveal } from '../../lib/domain/credential.ts';
import { answerNotification } from '../../lib/engine/answer-notification.ts';
import { connect } from '../../lib/engine/authorize.ts';
import { handlers } from '../../lib/engine/handlers.ts';
import { start } from '../../lib/engine/start.ts';
import { openSweeper } from '../../lib/engine/sweep.ts';
import { lockChanges, unlockChanges, viewOnly } from '../../lib/engine/view-only.ts';
import { answer } from '../../lib/rpc/serve.ts';
import { underViewOnly } from '../../lib/rpc/view-only.ts';
import { readViewOnly } from '../../lib/store/read.ts';
import { gate, REFUSED_GRANT, setStage, WISH, type Stage } from './stage.ts';

const PASSPHRASE = 'correct horse';
// What a passphrase is turned into is slow to make, which is its purpose; a loaded machine takes long.
vi.setConfig({ testTimeout: 60_000 });
let stage: Stage;

function lock(passphrase = PASSPHRASE): Promise<void> {
  return lockChanges(stage.world.engine, { passphrase });
}

function unlock(passphrase = PASSPHRASE): Promise<void> {
  return unlockChanges(stage.world.engine, { passphrase });
}

async function wrong(times: number): Promise<void> {
  for (let at = 0; at < times; at++)
    await expect(unlock('battery staple')).rejects.toMatchObject({ code: 'passphrase-wrong' });
}

/** As a page asks for it. */
function ask(procedure: string, input: unknown) {
  const { engine } = stage.world;
  const guarded = underViewOnly(handlers(engine, openSweeper(engine)), () => viewOnly(engine));
  return answer(guarded, procedure, input);
}

beforeEach(async () => {
  stage = await setStage();
});

describe('a lock with a passphrase', () => {
  it('refuses changes and lets everything else go on, until the passphrase is named', async () => {
    await stage.byKey();
    const { id, revision } = await stage.only();
    await lock();
    const rename = { id, name: 'New', revision };
    expect(await ask('renameConnection', rename)).toMatchObject({ ok: false, code: 'view-only' });
    expect(await ask('connect', WISH)).toMatchObject({ ok: false, code: 'view-only' });
    expect(await ask('lockChanges', { passphrase: 'another one' })).toMatchObject({ ok: false });
    expect(await ask('checkNow', { ids: [id] })).toMatchObject({ ok: true });
    expect((await stage.only()).name).not.toBe('New');
    expect(await ask('unlockChanges', { passphrase: PASSPHRASE })).toEqual({
      ok: true,
      output: {},
    });
    expect(await ask('renameConnection', rename)).toMatchObject({ ok: true });
    expect((await stage.only()).name).toBe('New');
  });

  it('holds in a worker that starts afresh, and is what pages read', async () => {
    await lock();
    const restarted = stage.world.restarted();
    await start(restarted);
    expect((await viewOnly(restarted)).kind).toBe('passphrase');
    expect((await readViewOnly(stage.world.db)).kind).toBe('passphrase');
    await unlock();
    expect(await readViewOnly(stage.world.db)).toEqual({ kind: 'off' });
    expect(await stage.world.db.getAllKeys('secrets')).toEqual([]);
  });

  it('keeps neither the passphrase nor, in a record, what proves it', async () => {
    await lock();
    const { db, engine } = stage.world;
    const verifier = await engine.vault.open('passphrase', 'view-only');
    expect(verifier?.iterations).toBe(600_000);
    const derived = verifier === null ? '' : reveal(verifier.derived);
    expect(derived).toMatch(/^[0-9a-f]{64}$/);
    const records = JSON.stringify([await db.getAll('kept'), stage.world.changes]);
    expect(records).not.toContain(PASSPHRASE);
    expect(records).not.toContain(derived);
  });

  it('has another salt each time', async () => {
    const salts = new Set<string | undefined>();
    for (const _ of [1, 2]) {
      await lock();
      salts.add((await stage.world.engine.vault.open('passphrase', 'view-only'))?.salt);
      await unlock();
    }
    expect(salts.size).toBe(2);
  });

  it('takes a passphrase however a keyboard writes its letters', async () => {
    await lock('Crème brûlée'.normalize('NFC'));
    await unlock('Crème brûlée'.normalize('NFD'));
    expect((await viewOnly(stage.world.engine)).kind).toBe('off');
  });

  it('is not replaced by the passphrase of another page', async () => {
    await lock();
    await expect(lock('battery staple')).rejects.toMatchObject({ code: 'view-only' });
    await unlock();
    expect((await viewOnly(stage.world.engine)).kind).toBe('off');
  });

  it('is no mistake to unlock when it is gone already', async () => {
    await unlock('anything at all');
    expect((await viewOnly(stage.world.engine)).kind).toBe('off');
  });
});

describe('wrong passphrases', () => {
  it('have to wait longer and longer, and the right one with them', async () => {
    await lock();
    await wrong(3);
    await expect(unlock()).rejects.toMatchObject({ code: 'passphrase-wait' });
    stage.world.now += 10_000;
    await wrong(1);
    stage.world.now += 10_000;
    await expect(unlock()).rejects.toMatchObject({ code: 'passphrase-wait' });
    stage.world.now += 10_000;
    await unlock();
    expect((await viewOnly(stage.world.engine)).kind).toBe('off');
  });

  it('are counted across workers, and when many are tried at once', async () => {
    await lock();
    const tries = Array.from({ length: 12 }, (_, at) =>
      unlockChanges(stage.world.restarted(), { passphrase: `guess ${at}` }).catch(
        (thrown: { code: string }) => thrown.code,
      ),
    );
    const codes = await Promise.all(tries);
    expect(codes.filter((code) => code === 'passphrase-wrong').length).toBe(3);
    expect(codes.filter((code) => code === 'passphrase-wait').length).toBe(9);
  });

  it('are counted before they are looked at', async () => {
    await lock();
    const { engine } = stage.world;
    const vault = { ...engine.vault, open: () => Promise.reject(new Error('worker died')) };
    const dying = { ...engine, vault };
    for (const _ of [1, 2, 3])
      await expect(unlockChanges(dying, { passphrase: 'guess' })).rejects.toThrow('worker died');
    await expect(unlock()).rejects.toMatchObject({ code: 'passphrase-wait' });
  });

  it('are forgotten with the lock', async () => {
    await lock();
    await wrong(2);
    await unlock();
    await lock();
    await wrong(3);
    await expect(unlock()).rejects.toMatchObject({ code: 'passphrase-wait' });
  });
});

describe('an organisation', () => {
  const RULES = { viewOnly: true, organisation: 'Acme IT' };

  it('locks changes so that no passphrase unlocks them', async () => {
    await lock();
    stage.world.managed = () => RULES;
    expect(await ask('addEnvironment', { name: 'Mine' })).toMatchObject({
      ok: false,
      code: 'view-only-organisation',
    });
    await expect(unlock()).rejects.toMatchObject({ code: 'view-only-organisation' });
    stage.world.managed = () => ({});
    await unlock();
    expect(await ask('addEnvironment', { name: 'Mine' })).toMatchObject({ ok: true });
  });

  it('is told to pages by the next worker, once', async () => {
    stage.world.managed = () => RULES;
    await start(stage.world.restarted());
    expect(await readViewOnly(stage.world.db)).toEqual({ kind: 'organisation', name: 'Acme IT' });
    const told = stage.world.changes.length;
    await viewOnly(stage.world.engine);
    expect(stage.world.changes.length).toBe(told);
  });
});

describe('while changes are locked', () => {
  it('an attempt that was begun before ends as it would have', async () => {
    const atWindow = gate();
    const { window } = stage.world;
    stage.world.window = async (url) => {
      await atWindow.pass();
      return window(url);
    };
    const { authorizationId } = await connect(stage.world.engine, WISH);
    await atWindow.reached;
    await lock();
    atWindow.open();
    expect((await stage.ended(authorizationId)).state.kind).toBe('done');
    expect((await stage.only()).health.kind).toBe('active');
  });

  it('checks go on, tokens are renewed, and what breaks is told', async () => {
    await stage.bySignIn();
    await lock();
    stage.world.now += 2 * 60 * 60 * 1000;
    await stage.check();
    expect((await stage.only()).health.kind).toBe('active');
    const renewed = stage.sentTo('/token').length;
    stage.token = () => REFUSED_GRANT;
    stage.world.now += 2 * 60 * 60 * 1000;
    await stage.check();
    expect(renewed).toBe(2);
    expect((await stage.only()).health.kind).toBe('reconnect');
    expect(stage.world.notifications.size).toBe(1);
  });

  it('a click on a notification shows the connection, and begins nothing', async () => {
    await stage.bySignIn();
    stage.token = () => REFUSED_GRANT;
    stage.world.now += 2 * 60 * 60 * 1000;
    await stage.check();
    const [notice = ''] = stage.world.notifications.keys();
    await lock();
    const opened: string[] = [];
    await answerNotification(stage.world.engine, notice, async (hash) => void opened.push(hash));
    const { id } = await stage.only();
    expect(opened).toEqual([`#/connections/${id}`]);
    expect(await stage.world.db.count('authorizations')).toBe(1);
  });
});
