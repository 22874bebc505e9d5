import { beforeEach, describe, expect, it, vi } from 'vitest';
import { handlers } from '../../lib/engine/handlers.ts';
import { start } from '../../lib/engine/start.ts';
import { openSweeper, type Sweeper } from '../../lib/engine/sweep.ts';
import { lockIfLeft } from '../../lib/engine/vault.ts';
import { behindVault } from '../../lib/engine/vault-door.ts';
import type { Engine } from '../../lib/engine/engine.ts';
import type { Handlers } from '../../lib/rpc/procedures.ts';
import { answer as reply } from '../../lib/rpc/serve.ts';
import { readVaultLock } from '../../lib/store/read.ts';
import { answerOf, NO_ANSWER_LEFT } from '../support/a-passkey.ts';
import { setStage, type Stage } from './stage.ts';

// What one guess costs is not under test here.
vi.mock('../../lib/domain/kdf-iterations.ts', () => ({ KDF_ITERATIONS: 1000 }));

const PASSPHRASE = 'correct horse battery';
const OTHER = 'another horse entirely';

let stage: Stage;
let asked: Handlers;
let sweeper: Sweeper;

function begin(engine: Engine): void {
  sweeper = openSweeper(engine);
  asked = behindVault(handlers(engine, sweeper), engine.vault, engine.now);
}

/** A worker after the browser was closed. */
async function reopened(): Promise<void> {
  await stage.world.memory.write(null);
  const engine = stage.world.restarted();
  begin(engine);
  await start(engine);
}

const add = (id: string, current = PASSPHRASE) =>
  asked.addPasskey({ current, id, transports: ['internal'], name: id, answer: answerOf(id) });
const unlockBy = (id: string, answer = answerOf(id)) => asked.unlockByPasskey({ id, answer });
const lock = () => readVaultLock(stage.world.db);
const lockKind = async () => (await lock()).kind;
const WRONG = { code: 'passkey-wrong' };

beforeEach(async () => {
  stage = await setStage();
  begin(stage.world.engine);
  await stage.byKey();
  await asked.protectVault({ current: null, passphrase: PASSPHRASE });
});

describe('a passkey', () => {
  it('opens the vault after the browser was closed, and so does the passphrase', async () => {
    await add('laptop');
    await reopened();
    expect(await lockKind()).toBe('locked');
    await unlockBy('laptop');
    expect(await lockKind()).toBe('unlocked');
    expect(await stage.check()).toMatchObject({ checked: 1, reconnect: 0 });
    await reopened();
    await asked.unlockVault({ passphrase: PASSPHRASE });
    expect(await lockKind()).toBe('unlocked');
  });

  it('opens nothing with a wrong answer, under another id, or where it was never added', async () => {
    await add('laptop');
    await add('key');
    await reopened();
    await expect(unlockBy('laptop', answerOf('key'))).rejects.toMatchObject(WRONG);
    await expect(unlockBy('nobody')).rejects.toMatchObject(WRONG);
    expect(await lockKind()).toBe('locked');
    expect(stage.world.memory.key).toBeNull();
    await unlockBy('key');
    expect(await lockKind()).toBe('unlocked');
  });

  it('is added by who knows the passphrase, to a vault that is unlocked and has one', async () => {
    await expect(asked.provePassphrase({ current: OTHER })).rejects.toMatchObject({
      code: 'passphrase-wrong',
    });
    await expect(add('laptop', OTHER)).rejects.toMatchObject({ code: 'passphrase-wrong' });
    expect(await lock()).toMatchObject({ passkeys: [] });
    await reopened();
    await expect(add('laptop')).rejects.toMatchObject({ code: 'vault-locked' });
    await asked.unlockVault({ passphrase: PASSPHRASE });
    await asked.unprotectVault({ current: PASSPHRASE });
    await expect(add('laptop')).rejects.toMatchObject({ code: 'vault-locked' });
    expect(await lockKind()).toBe('none');
  });

  it('leaves no answer behind: not in what was handed in, in records or in memory', async () => {
    const answer = answerOf('laptop');
    await asked.addPasskey({
      current: PASSPHRASE,
      id: 'laptop',
      transports: [],
      name: 'Laptop',
      answer,
    });
    expect(answer).toEqual(NO_ANSWER_LEFT);
    const message = { id: 'laptop', answer: answerOf('laptop') };
    expect(await reply(asked, 'unlockByPasskey', message)).toMatchObject({ ok: true });
    expect(message.answer).toEqual(NO_ANSWER_LEFT);
    const kept = await stage.world.db.getAll('kept');
    const texts = JSON.stringify([kept, stage.world.memory.key, stage.world.changes], (_, value) =>
      value instanceof ArrayBuffer || ArrayBuffer.isView(value)
        ? String(value instanceof ArrayBuffer ? new Uint8Array(value) : value)
        : value,
    );
    expect(texts).not.toContain(String(answerOf('laptop')));
  });

  it('goes on opening after the passphrase was changed, which opens nothing itself', async () => {
    await add('laptop');
    await asked.protectVault({ current: PASSPHRASE, passphrase: OTHER });
    await reopened();
    await expect(asked.unlockVault({ passphrase: PASSPHRASE })).rejects.toThrow();
    await unlockBy('laptop');
    expect(await stage.check()).toMatchObject({ checked: 1, reconnect: 0 });
  });

  it('locks again by itself, and on demand', async () => {
    await add('laptop');
    await asked.setAutoLock({ minutes: 15 });
    await asked.lockVault({});
    expect(await lockKind()).toBe('locked');
    await unlockBy('laptop');
    stage.world.now += 16 * 60_000;
    await lockIfLeft(stage.world.engine, sweeper);
    expect(await lockKind()).toBe('locked');
    expect(await lock()).toMatchObject({ passkeys: [{ id: 'laptop' }] });
  });
});

describe('a passkey that was removed', () => {
  it('opens nothing, not even with the record from before; the others do', async () => {
    const { db } = stage.world;
    await add('lost');
    await add('laptop');
    const before = await db.get('kept', 'vault');
    const sealed = (await db.getAll('secrets')).map(({ iv }) => String(iv));
    await expect(asked.removePasskey({ current: OTHER, id: 'lost' })).rejects.toMatchObject({
      code: 'passphrase-wrong',
    });
    await asked.removePasskey({ current: PASSPHRASE, id: 'lost' });
    expect(await lock()).toMatchObject({ passkeys: [{ id: 'laptop' }] });
    expect((await db.getAll('secrets')).map(({ iv }) => String(iv))).not.toEqual(sealed);
    const after = await db.get('kept', 'vault');
    await reopened();
    await expect(unlockBy('lost')).rejects.toMatchObject(WRONG);
    await db.put('kept', before as never, 'vault');
    await unlockBy('lost');
    await expect(
      stage.world.restarted().vault.open('credential', (await stage.only()).id),
    ).rejects.toMatchObject({ code: 'vault-broken' });
    await db.put('kept', after as never, 'vault');
    await reopened();
    await unlockBy('laptop');
    expect(await stage.check()).toMatchObject({ checked: 1, reconnect: 0 });
  });

  it('is gone where the worker died before it knew the new key; the others open that', async () => {
    const { db, memory } = stage.world;
    await add('lost');
    await add('laptop');
    const { keyId } = memory.key ?? {};
    const dying = vi.spyOn(memory, 'write').mockReturnValue(new Promise(() => undefined));
    void asked.removePasskey({ current: PASSPHRASE, id: 'lost' });
    await vi.waitFor(async () =>
      expect(await db.get('kept', 'vault')).not.toMatchObject({ keyId }),
    );
    dying.mockRestore();
    const engine = stage.world.restarted();
    begin(engine);
    await start(engine);
    expect(await lock()).toMatchObject({ kind: 'locked', passkeys: [{ id: 'laptop' }] });
    await expect(unlockBy('lost')).rejects.toMatchObject(WRONG);
    await unlockBy('laptop');
    expect(await stage.check(engine)).toMatchObject({ checked: 1, reconnect: 0 });
  });

  it('is gone with the passphrase, with the secrets and with everything', async () => {
    await add('laptop');
    await asked.unprotectVault({ current: PASSPHRASE });
    expect(await lock()).toEqual({ kind: 'none' });
    await asked.protectVault({ current: null, passphrase: PASSPHRASE });
    expect(await lock()).toMatchObject({ passkeys: [] });
    await add('laptop');
    await reopened();
    await asked.forgetSecrets({});
    expect(await lock()).toEqual({ kind: 'none' });
  });
});

describe('a dialog that another page overtook', () => {
  it('does not make a passphrase of what was typed to remove a passkey', async () => {
    await add('laptop');
    await asked.unprotectVault({ current: PASSPHRASE });
    await asked.removePasskey({ current: 'a slip', id: 'laptop' });
    expect(await lock()).toEqual({ kind: 'none' });
    expect(await stage.check()).toMatchObject({ checked: 1, reconnect: 0 });
  });

  it('leads nobody to the browser for a passkey that could not be added: it is locked', async () => {
    await asked.lockVault({});
    await expect(asked.provePassphrase({ current: PASSPHRASE })).rejects.toMatchObject({
      code: 'vault-locked',
    });
  });

  it('adds no passkey where the passphrase went with a worker that died before it forgot the key', async () => {
    const { memory } = stage.world;
    const key = memory.key;
    await asked.unprotectVault({ current: PASSPHRASE });
    await memory.write(key);
    await expect(add('laptop')).rejects.toMatchObject({ code: 'vault-locked' });
  });

  it('loses no choice of when to lock: it is made before the key is changed, or refused', async () => {
    const changing = asked.protectVault({ current: PASSPHRASE, passphrase: OTHER });
    await expect(asked.setAutoLock({ minutes: 15 })).rejects.toMatchObject({ code: 'vault-busy' });
    await changing;
    await asked.setAutoLock({ minutes: 15 });
    await asked.protectVault({ current: OTHER, passphrase: PASSPHRASE });
    expect(await lock()).toMatchObject({ autoLockMinutes: 15 });
  });
});

describe('what is kept of a passkey, damaged,', () => {
  it('takes neither the passphrase nor the other passkeys down', async () => {
    const { db } = stage.world;
    await add('laptop');
    const kept = (await db.get('kept', 'vault')) as { passkeys: unknown[] };
    const damaged = { ...kept, passkeys: [null, { id: 'laptop' }, 7, ...kept.passkeys] };
    await db.put('kept', damaged as never, 'vault');
    await reopened();
    expect(await lock()).toMatchObject({ kind: 'locked', passkeys: [{ id: 'laptop' }] });
    await unlockBy('laptop');
    await add('key');
    expect(await lock()).toMatchObject({ passkeys: [{ id: 'laptop' }, { id: 'key' }] });
    expect(await db.get('kept', 'vault')).toMatchObject({ passkeys: { length: 5 } });
    await asked.removePasskey({ current: PASSPHRASE, id: 'key' });
    await reopened();
    await asked.unlockVault({ passphrase: PASSPHRASE });
    await asked.protectVault({ current: PASSPHRASE, passphrase: OTHER });
    expect(await lock()).toMatchObject({ kind: 'unlocked', passkeys: [{ id: 'laptop' }] });
    const now = (await db.get('kept', 'vault')) as object;
    await db.put('kept', { ...now, passkeys: 'nonsense' } as never, 'vault');
    expect(await lock()).toMatchObject({ passkeys: [] });
    await add('key', OTHER);
    expect(await lock()).toMatchObject({ passkeys: [{ id: 'key' }] });
  });
});

it('two that are added at once both open it', async () => {
  await Promise.all([add('laptop'), add('key')]);
  for (const id of ['laptop', 'key']) {
    await reopened();
    await unlockBy(id);
    expect(await lockKind()).toBe('unlocked');
  }
});

it('a key that is being sealed is not changed meanwhile', async () => {
  const adding = add('laptop');
  await expect(
    asked.protectVault({ current: PASSPHRASE, passphrase: OTHER }),
  ).rejects.toMatchObject({ code: 'vault-busy' });
  await adding;
  expect(await lock()).toMatchObject({ passkeys: [{ id: 'laptop' }] });
});
