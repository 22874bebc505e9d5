import { openDB } from 'idb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { exportSecrets } from '../../lib/engine/export-secrets.ts';
import { handlers } from '../../lib/engine/handlers.ts';
import { start } from '../../lib/engine/start.ts';
import { openSweeper, type Sweeper } from '../../lib/engine/sweep.ts';
import { lockIfLeft } from '../../lib/engine/vault.ts';
import { behindVault } from '../../lib/engine/vault-door.ts';
import { viewOnly } from '../../lib/engine/view-only.ts';
import type { Engine } from '../../lib/engine/engine.ts';
import type { Handlers } from '../../lib/rpc/procedures.ts';
import { underViewOnly } from '../../lib/rpc/view-only.ts';
import { readVaultLock } from '../../lib/store/read.ts';
import { setStage, type Stage } from './stage.ts';

// What one guess costs is not under test here.
vi.mock('../../lib/domain/kdf-iterations.ts', () => ({ KDF_ITERATIONS: 1000 }));

const PASSPHRASE = 'correct horse battery';
const OTHER = 'another horse entirely';
const HOUR = 60 * 60_000;

let stage: Stage;
let asked: Handlers;
let sweeper: Sweeper;

/** The background as it is composed. */
function begin(engine: Engine): Handlers {
  sweeper = openSweeper(engine);
  return behindVault(handlers(engine, sweeper), engine.vault, engine.now);
}

beforeEach(async () => {
  stage = await setStage();
  asked = begin(stage.world.engine);
  await stage.byKey();
});

async function plainKeys(): Promise<number> {
  const db = await openDB('patchbay-vault', 1, {
    upgrade: (made) => void made.createObjectStore('keys'),
  });
  const count = await db.count('keys');
  db.close();
  return count;
}

/** A worker after the browser was closed. */
async function reopened(): Promise<Engine> {
  await stage.world.memory.write(null);
  const engine = stage.world.restarted();
  asked = begin(engine);
  await start(engine);
  return engine;
}

const protect = (passphrase = PASSPHRASE, current: string | null = null) =>
  asked.protectVault({ current, passphrase });
const lockKind = async () => (await readVaultLock(stage.world.db)).kind;

describe('setting a passphrase', () => {
  it('seals every secret anew, destroys the key that lay beside them, and goes on', async () => {
    const before = await stage.world.db.getAll('secrets');
    await protect();
    const after = await stage.world.db.getAll('secrets');
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(new Uint8Array(after[0]?.sealed ?? new ArrayBuffer())).not.toEqual(
      new Uint8Array(before[0]?.sealed ?? new ArrayBuffer()),
    );
    expect(await plainKeys()).toBe(0);
    expect(await lockKind()).toBe('unlocked');
    expect(await stage.check()).toMatchObject({ checked: 1, reconnect: 0, unverified: 0 });
  });

  it('keeps what a worker that died before the write had: everything as it was', async () => {
    const { db } = stage.world;
    const before = await db.getAll('secrets');
    const failing = { ...stage.world.engine.vault };
    const real = db.transaction.bind(db);
    Object.assign(db, {
      transaction(stores: never, mode: never, options: never) {
        if (mode === 'readwrite') throw new DOMException('No room', 'QuotaExceededError');
        return real(stores, mode, options);
      },
    });
    await expect(failing.protect(PASSPHRASE, 0)).rejects.toMatchObject({
      name: 'QuotaExceededError',
    });
    Object.assign(db, { transaction: real });
    expect(await db.getAll('secrets')).toEqual(before);
    expect(await stage.check(stage.world.restarted())).toMatchObject({ checked: 1, reconnect: 0 });
  });

  it('is finished by the next worker where the one before died after the write', async () => {
    await protect();
    const db = await openDB('patchbay-vault', 1, {
      upgrade: (made) => void made.createObjectStore('keys'),
    });
    await db.put('keys', 'left over', 'vault');
    db.close();
    await start(stage.world.restarted());
    expect(await plainKeys()).toBe(0);
    expect(await stage.check(stage.world.restarted())).toMatchObject({ checked: 1, reconnect: 0 });
  });

  it('takes what was sealed while it prepared along', async () => {
    const { engine, db } = stage.world;
    const late = engine.vault.seal('client', 'late', { id: 'late', secret: null } as never);
    const real = db.getAll.bind(db);
    let isFirst = true;
    Object.assign(db, {
      async getAll(store: never) {
        const all = await real(store);
        if (isFirst && (store as string) === 'secrets') {
          isFirst = false;
          await db.put('secrets', await late);
        }
        return all;
      },
    });
    await engine.vault.protect(PASSPHRASE, 0);
    Object.assign(db, { getAll: real });
    expect(await engine.vault.open('client', 'late')).toMatchObject({ id: 'late' });
  });

  it('waits for nobody: while a check runs it is refused', async () => {
    let answer = (): void => undefined;
    const waiting = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const { api } = stage;
    stage.api = async (request) => {
      await waiting;
      return api(request);
    };
    const checking = asked.checkNow({ ids: [] });
    await expect(protect()).rejects.toMatchObject({ code: 'vault-busy' });
    answer();
    await checking;
  });
});

describe('locked', () => {
  it('is what the vault is after the browser was closed: nothing is checked, nothing turns red', async () => {
    await protect();
    stage.world.now += HOUR;
    await reopened();
    const sent = stage.world.sent.length;
    await sweeper.sweep();
    expect(stage.world.sent).toHaveLength(sent);
    expect(stage.world.wakesAt).toBeNull();
    expect(await lockKind()).toBe('locked');
    expect(stage.world.badge?.face).toEqual({ kind: 'locked' });
    expect((await stage.only()).health.kind).toBe('active');
  });

  it('refuses what needs secrets, and says why; the rest goes on', async () => {
    await protect();
    const engine = await reopened();
    const { id, revision } = await stage.only();
    const refused = { code: 'vault-locked' };
    await expect(asked.checkNow({ ids: [id] })).rejects.toMatchObject(refused);
    await expect(
      asked.reconnect({ connectionId: id, credential: null, client: null, chooseAccount: false }),
    ).rejects.toMatchObject(refused);
    await expect(asked.exportSecrets({ passphrase: OTHER })).rejects.toMatchObject(refused);
    await expect(exportSecrets(engine, { passphrase: OTHER })).rejects.toMatchObject(refused);
    await expect(asked.deleteConnections({ ids: [id], revoke: true })).rejects.toMatchObject(
      refused,
    );
    await asked.renameConnection({ id, name: 'Renamed', revision });
    expect((await stage.only()).name).toBe('Renamed');
  });

  it('opens with the passphrase alone, and catches up', async () => {
    await protect();
    stage.world.now += HOUR;
    await reopened();
    await expect(asked.unlockVault({ passphrase: OTHER })).rejects.toMatchObject({
      code: 'passphrase-wrong',
    });
    expect(await lockKind()).toBe('locked');
    await asked.unlockVault({ passphrase: PASSPHRASE });
    expect(await lockKind()).toBe('unlocked');
    await sweeper.alone(async () => undefined);
    expect((await stage.only()).checkedAt).toBe(stage.world.now);
    expect(stage.world.badge?.face).toEqual({ kind: 'none' });
  });

  it('survives a worker that is stopped: it stays unlocked while the browser runs', async () => {
    await protect();
    const engine = stage.world.restarted();
    await start(engine);
    expect(await stage.check(engine)).toMatchObject({ checked: 1, reconnect: 0 });
  });

  it('happens at once on demand, and by itself when nobody was there', async () => {
    await protect();
    await asked.lockVault({});
    expect(await lockKind()).toBe('locked');
    await asked.unlockVault({ passphrase: PASSPHRASE });
    await asked.setAutoLock({ minutes: 15 });
    stage.world.now += 14 * 60_000;
    await lockIfLeft(stage.world.engine, sweeper);
    expect(await lockKind()).toBe('unlocked');
    stage.world.now += 2 * 60_000;
    expect(await stage.world.engine.vault.locksAt()).toBeLessThan(stage.world.now);
    await lockIfLeft(stage.world.engine, sweeper);
    expect(await lockKind()).toBe('locked');
  });
});

describe('another passphrase, or none', () => {
  it('is set by who knows the one there is, under a new key', async () => {
    await protect();
    await expect(protect(OTHER, 'wrong wrong wrong')).rejects.toMatchObject({
      code: 'passphrase-wrong',
    });
    const before = await stage.world.db.getAll('secrets');
    await protect(OTHER, PASSPHRASE);
    expect((await stage.world.db.getAll('secrets'))[0]?.iv).not.toEqual(before[0]?.iv);
    await reopened();
    await expect(asked.unlockVault({ passphrase: PASSPHRASE })).rejects.toThrow();
    await asked.unlockVault({ passphrase: OTHER });
    expect(await lockKind()).toBe('unlocked');
  });

  it('is taken away by who knows it; the key lies beside the data again', async () => {
    await protect();
    await asked.unprotectVault({ current: PASSPHRASE });
    expect(await lockKind()).toBe('none');
    expect(await plainKeys()).toBe(1);
    expect(stage.world.memory.key).toBeNull();
    expect(await stage.check(await reopened())).toMatchObject({ checked: 1, reconnect: 0 });
  });
});

describe('a worker that dies before it has forgotten a key', () => {
  /** Lets the worker die once its change is written; the next one starts, and one more. */
  async function dyingIn(change: () => Promise<unknown>): Promise<void> {
    const { db, memory } = stage.world;
    const before = (await db.getAll('secrets')).map(({ iv }) => String(iv));
    const dying = vi.spyOn(memory, 'write').mockReturnValue(new Promise(() => undefined));
    void change();
    await vi.waitFor(async () =>
      expect((await db.getAll('secrets')).map(({ iv }) => String(iv))).not.toEqual(before),
    );
    await vi.waitFor(() => expect(dying).toHaveBeenCalled());
    dying.mockRestore();
    for (const engine of [stage.world.restarted(), stage.world.restarted()]) {
      asked = begin(engine);
      await start(engine);
    }
  }

  it('because of another passphrase leaves none behind, and the new one opens all', async () => {
    await protect();
    await dyingIn(() => protect(OTHER, PASSPHRASE));
    expect(stage.world.memory.key).toBeNull();
    expect(await lockKind()).toBe('locked');
    await asked.unlockVault({ passphrase: OTHER });
    expect(await stage.check()).toMatchObject({ checked: 1, reconnect: 0 });
  });

  it('because of none any more leaves the one that lies beside the data', async () => {
    await protect();
    await dyingIn(() => asked.unprotectVault({ current: PASSPHRASE }));
    expect(stage.world.memory.key).toBeNull();
    expect(await plainKeys()).toBe(1);
    expect(await lockKind()).toBe('none');
    expect(await stage.check(stage.world.restarted())).toMatchObject({ checked: 1, reconnect: 0 });
  });

  it('because of everything being deleted leaves none, with a passphrase or without', async () => {
    await dyingIn(() => asked.deleteEverything({}));
    expect(await plainKeys()).toBe(0);
    stage = await setStage();
    asked = begin(stage.world.engine);
    await stage.byKey();
    await protect();
    await dyingIn(() => asked.deleteEverything({}));
    expect(stage.world.memory.key).toBeNull();
    expect(await plainKeys()).toBe(0);
  });

  it('because of forgotten secrets leaves none, and the next secret is under a new one', async () => {
    await dyingIn(() => asked.forgetSecrets({}));
    expect(await plainKeys()).toBe(0);
    stage.world.engine = stage.world.restarted();
    await stage.byKey('another-key');
    expect(await plainKeys()).toBe(1);
    await start(stage.world.restarted());
    expect(await stage.check(stage.world.restarted())).toMatchObject({ checked: 1 });
  });
});

describe('a key beside the data that nothing is under', () => {
  async function leftOver(): Promise<void> {
    const db = await openDB('patchbay-vault', 1, {
      upgrade: (made) => void made.createObjectStore('keys'),
    });
    await db.put('keys', 'left over', 'left over');
    db.close();
  }

  it('is forgotten by the next worker, and the one that is used stays', async () => {
    await protect();
    await asked.unprotectVault({ current: PASSPHRASE });
    await leftOver();
    await start(stage.world.restarted());
    expect(await plainKeys()).toBe(1);
    expect(await stage.check(stage.world.restarted())).toMatchObject({ checked: 1, reconnect: 0 });
  });

  it.each([{ kind: 'of a later version' }, { kind: 'plain', keyId: 'gone' }])(
    'stays where the record does not tell which one is used: $kind',
    async (record) => {
      await leftOver();
      await stage.world.db.put('kept', record as never, 'vault');
      await start(stage.world.restarted());
      expect(await plainKeys()).toBe(2);
    },
  );
});

describe('a passphrase that nobody knows any more', () => {
  it('costs the secrets, and the connections stay to be reconnected', async () => {
    await protect();
    await reopened();
    await asked.forgetSecrets({});
    expect(await stage.world.db.count('secrets')).toBe(0);
    expect(await lockKind()).toBe('none');
    const { health, name } = await stage.only();
    expect(health).toMatchObject({ kind: 'reconnect', reason: 'interrupted' });
    expect(name).not.toBe('');
    expect(stage.world.badge?.face).toEqual({ kind: 'reconnect', count: 1 });
  });
});

describe('a passphrase of view only that nobody can name', () => {
  it('ends with the secrets, which is all that it could still keep from anybody', async () => {
    await asked.lockChanges({ passphrase: OTHER });
    await protect();
    await reopened();
    const { engine } = stage.world;
    const guarded = underViewOnly(asked, () => viewOnly(engine));
    await expect(guarded.unlockChanges({ passphrase: OTHER })).rejects.toMatchObject({
      code: 'vault-locked',
    });
    await expect(guarded.deleteEverything({})).rejects.toMatchObject({ code: 'view-only' });
    await guarded.forgetSecrets({});
    expect(await viewOnly(engine)).toEqual({ kind: 'off' });
    expect(await stage.world.db.count('secrets')).toBe(0);
    expect((await stage.only()).health.kind).toBe('reconnect');
    await guarded.lockChanges({ passphrase: PASSPHRASE });
    expect((await viewOnly(engine)).kind).toBe('passphrase');
  });

  it('gets nobody past an organisation', async () => {
    stage.world.managed = () => ({ viewOnly: true });
    const guarded = underViewOnly(asked, () => viewOnly(stage.world.engine));
    await expect(guarded.forgetSecrets({})).rejects.toMatchObject({
      code: 'view-only-organisation',
    });
    expect(await stage.world.db.count('secrets')).toBe(1);
  });
});

describe('deleting everything', () => {
  it('leaves what a first run finds', async () => {
    await protect();
    await asked.deleteEverything({});
    const { db } = stage.world;
    const counts = await Promise.all([...db.objectStoreNames].map((store) => db.count(store)));
    // What pages read of the organisation is written down again by itself.
    expect(counts.reduce((sum, n) => sum + n, 0)).toBe(0);
    expect(await plainKeys()).toBe(0);
    expect(stage.world.memory.key).toBeNull();
    expect(stage.world.marker.count).toBe(0);
    expect(stage.world.badge?.face).toEqual({ kind: 'none' });
    expect(stage.world.wakesAt).toBeNull();
    expect(stage.world.granted).toBe(false);
    expect((await asked.listProviders({})).providers.map(({ source }) => source)).not.toContain(
      'imported',
    );
  });
});
