import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { reveal, secret, type Credential } from '../../lib/domain/credential.ts';
import { openDatabase, type Database, type SealedSecret } from '../../lib/store/database.ts';
import { openVault, type Vault } from '../../lib/store/vault.ts';
import { keyMemory } from '../support/key-memory.ts';

// What one guess costs is not under test here.
vi.mock('../../lib/domain/kdf-iterations.ts', () => ({ KDF_ITERATIONS: 1000 }));

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
    await vault.protect('correct horse battery', 0);
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
