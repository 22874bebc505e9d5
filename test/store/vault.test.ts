import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { reveal, secret, type Credential } from '../../lib/domain/credential.ts';
import { openDatabase, type Database, type SealedSecret } from '../../lib/store/database.ts';
import { readVaultLock } from '../../lib/store/read.ts';
import { openVault, type Vault } from '../../lib/store/vault.ts';
import { answerBytes, LAPTOP } from '../support/a-passkey.ts';
import { keyMemory } from '../support/key-memory.ts';

// What one guess costs is not under test here.
vi.mock('../../lib/domain/kdf-iterations.ts', () => ({ KDF_ITERATIONS: 1000 }));

const PASSPHRASE = 'correct horse battery';
const OTHER = 'another horse entirely';
const KEY = 'planted-key';
const KEY_CREDENTIAL: Credential = { kind: 'key', key: secret(KEY) };

let db: Database;
let vault: Vault;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  db = await openDatabase();
  vault = openVault(async () => db, keyMemory());
});

async function keep(id: string, credential = KEY_CREDENTIAL): Promise<SealedSecret> {
  const sealed = await vault.seal('credential', id, credential);
  await db.put('secrets', sealed);
  return sealed;
}

describe('the vault', () => {
  it('gives back what was sealed, as a secret', async () => {
    await keep('c-1');
    const opened = await vault.open('credential', 'c-1');
    expect(opened?.kind === 'key' && reveal(opened.key)).toBe(KEY);
    expect(JSON.stringify(opened)).not.toContain(KEY);
  });

  it('gives back every kind of entry with its nulls and numbers', async () => {
    const credential: Credential = {
      kind: 'oauth2',
      accessToken: secret('access'),
      refreshToken: null,
      clientId: 'client',
      accessEndsAt: 17,
      obtainedAt: 3,
    };
    await keep('c-1', credential);
    const opened = await vault.open('credential', 'c-1');
    expect(opened).toMatchObject({ refreshToken: null, accessEndsAt: 17, clientId: 'client' });
  });

  it('keeps no secret in the clear, and never the same ciphertext twice', async () => {
    const [first, second] = [await keep('c-1'), await keep('c-1')];
    const text = new TextDecoder('latin1').decode(first.sealed);
    expect(text).not.toContain(KEY);
    expect(new Uint8Array(first.sealed)).not.toEqual(new Uint8Array(second.sealed));
  });

  it('has a key that cannot be taken out of it', async () => {
    await keep('c-1');
    const keys = await openDB('patchbay-vault');
    const key = (await keys.get('keys', 'vault')) as CryptoKey;
    keys.close();
    expect(key.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
  });

  it('knows nothing of what was never there', async () => {
    expect(await vault.open('credential', 'nobody')).toBeNull();
  });

  it('does not take one entry for another', async () => {
    const sealed = await keep('c-1');
    await db.put('secrets', { ...sealed, id: 'credential:c-2' });
    await expect(vault.open('credential', 'c-2')).rejects.toMatchObject({ code: 'vault-broken' });
  });

  it('says that an entry is broken, and opens the others', async () => {
    await keep('c-1');
    const sealed = await keep('c-2');
    await db.put('secrets', { ...sealed, sealed: sealed.sealed.slice(1) });
    await expect(vault.open('credential', 'c-2')).rejects.toMatchObject({ code: 'vault-broken' });
    const all = await vault.openAll('credential', ['c-1', 'c-2', 'c-3']);
    expect(all.map((one) => one?.kind ?? null)).toEqual(['key', null, null]);
  });

  it('uses one key, whoever comes first', async () => {
    const [a, b] = [openVault(async () => db, keyMemory()), openVault(async () => db, keyMemory())];
    const sealed = await Promise.all([
      a.seal('credential', 'c-1', KEY_CREDENTIAL),
      b.seal('credential', 'c-2', KEY_CREDENTIAL),
    ]);
    for (const one of sealed) await db.put('secrets', one);
    const opened = await openVault(async () => db, keyMemory()).openAll('credential', [
      'c-1',
      'c-2',
    ]);
    expect(opened.map((one) => one?.kind)).toEqual(['key', 'key']);
  });
});

describe('a vault that is locked while it is noted that the person is here', () => {
  it('stays locked', async () => {
    const memory = keyMemory();
    let go = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    let isHeld = false;
    const slow = {
      ...memory,
      async read() {
        const found = memory.key;
        if (isHeld) await held;
        return found;
      },
    };
    vault = openVault(async () => db, slow);
    await keep('c-1');
    await vault.protect(PASSPHRASE, 0);
    expect(await vault.isLocked()).toBe(false);

    isHeld = true;
    const touching = vault.touch(10 * 60_000);
    const locking = vault.lock();
    // Long enough for a lock that waits for nobody.
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
    isHeld = false;
    go();
    await Promise.all([touching, locking]);
    expect(memory.key).toBeNull();
    expect(await vault.isLocked()).toBe(true);
  });
});

/** Something to wait for. */
function gate(): { readonly held: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { held, open };
}

const isKeptLocked = async () => (await readVaultLock(db)).kind === 'locked';

describe('a vault that is locked from one page', () => {
  const memory = keyMemory();

  beforeEach(async () => {
    vault = openVault(async () => db, memory);
    await keep('c-1');
    await vault.protect(PASSPHRASE, 0);
    // The key is at hand from now on.
    await vault.open('credential', 'c-1');
  });

  it.each(['protect', 'unprotect'] as const)(
    'while another is about to %s stays locked, and as it was',
    async (change) => {
      const before = await db.getAll('secrets');
      const locking = vault.lock();
      await expect(vault[change](OTHER, 1)).rejects.toMatchObject({ code: 'vault-locked' });
      await locking;
      expect(memory.key).toBeNull();
      expect(await isKeptLocked()).toBe(true);
      expect(await db.getAll('secrets')).toEqual(before);
      await vault.unlock(PASSPHRASE, 2);
      expect((await vault.open('credential', 'c-1'))?.kind).toBe('key');
    },
  );

  it('while all is sealed under another key is locked afterwards', async () => {
    const [begun, going] = [gate(), gate()];
    const real = db.getAll.bind(db);
    Object.assign(db, {
      async getAll(store: never) {
        begun.open();
        await going.held;
        return real(store);
      },
    });
    const changing = vault.protect(OTHER, 1);
    await begun.held;
    const locking = vault.lock();
    // Long enough for a lock that waits for nobody.
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
    going.open();
    await Promise.all([changing, locking]);
    expect(memory.key).toBeNull();
    expect(await isKeptLocked()).toBe(true);
  });
});

describe('a vault that is unlocked while its key is changed from another page', () => {
  it('is opened with the new one, or not at all', async () => {
    await keep('c-1');
    await vault.protect(PASSPHRASE, 0);
    const answer = answerBytes('AQID');
    await vault.addPasskey(LAPTOP, answer);
    await vault.addPasskey({ ...LAPTOP, id: 'BAUG' }, answer);

    const { held, open } = gate();
    const real = crypto.subtle.decrypt.bind(crypto.subtle);
    const slow = async (...given: Parameters<typeof real>) => {
      await held;
      return real(...given);
    };
    const opening = vi.spyOn(crypto.subtle, 'decrypt').mockImplementationOnce(slow);
    const typed = vault.unlock(PASSPHRASE, 2);
    await vi.waitFor(() => expect(opening).toHaveBeenCalledTimes(1));
    opening.mockImplementationOnce(slow);
    const answered = vault.unlockBy('AQID', answer, 2);
    await vi.waitFor(() => expect(opening).toHaveBeenCalledTimes(2));
    opening.mockImplementationOnce(slow);
    const removed = vault.unlockBy('BAUG', answer, 2);
    await vi.waitFor(() => expect(opening).toHaveBeenCalledTimes(3));
    // Waited for together from the start: whichever ends first must not end unheard.
    const ends = Promise.allSettled([typed, answered, removed]);
    await vault.protect(OTHER, 1, 'BAUG');
    open();
    expect(await ends).toMatchObject([
      { status: 'rejected', reason: { code: 'passphrase-wrong' } },
      { status: 'fulfilled' },
      { status: 'rejected', reason: { code: 'passkey-wrong' } },
    ]);
    opening.mockRestore();
    expect(await vault.isLocked()).toBe(false);
    expect((await vault.open('credential', 'c-1'))?.kind).toBe('key');
  });
});
