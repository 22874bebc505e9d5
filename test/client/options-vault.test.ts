import { describe, expect, it } from 'vitest';
import { PatchbayError } from '../../lib/domain/errors.ts';
import type { WrappedKey } from '../../lib/domain/vault-lock.ts';
import { connection, NOW } from './connections.ts';
import { openWorld, type World } from './options-world.ts';

const WRAPPED: WrappedKey = {
  kind: 'passphrase',
  keyId: 'key',
  iterations: 1,
  salt: new Uint8Array(16),
  iv: new Uint8Array(12),
  wrapped: new ArrayBuffer(48),
  isLocked: true,
  autoLockMinutes: null,
};
const PASSPHRASE = 'correct horse battery';

async function lock(world: World, isLocked: boolean): Promise<void> {
  await (await world.database()).put('kept', { ...WRAPPED, isLocked }, 'vault');
  await world.model.records.load();
}

describe('while the vault is locked', () => {
  it('nothing is shown as active, and everything as it was once it is not', async () => {
    const world = openWorld();
    const health = { kind: 'active', verifiedAt: NOW } as const;
    await world.store({ connections: [connection({ health })] });
    const { records, list } = world.model;
    await lock(world, true);
    expect(records.vaultLock.value.kind).toBe('locked');
    expect(records.connections.value?.[0]?.health).toMatchObject({
      kind: 'unverified',
      doubt: 'locked',
      verifiedAt: NOW,
    });
    expect(list.counts.value).toMatchObject({ active: 0, unverified: 1 });
    await lock(world, false);
    expect(records.connections.value?.[0]?.health).toEqual(health);
  });

  it('a wrong passphrase is said and kept, a right one is forgotten', async () => {
    const world = openWorld();
    const { vault } = world.model;
    vault.passphrase.value = 'wrong';
    world.answers.unlockVault = () => {
      throw new PatchbayError('passphrase-wrong');
    };
    await vault.unlock();
    expect(vault.problem.value).toBe('passphrase-wrong');
    expect(vault.passphrase.value).toBe('wrong');
    world.answers.unlockVault = () => ({});
    await vault.unlock();
    expect([vault.problem.value, vault.passphrase.value]).toEqual([null, '']);
  });
});

describe('the dialogs of the vault', () => {
  it('that were closed do not close the next one once they are done', async () => {
    const world = openWorld();
    const { vault } = world.model;
    vault.show('protect');
    const first = vault.open.value;
    if (first === null) throw new Error('not open');
    first.passphrase.value = PASSPHRASE;
    first.again.value = PASSPHRASE;
    const submitting = first.submit();
    vault.close();
    vault.show('delete-everything');
    await submitting;
    expect(world.calls.at(-1)?.procedure).toBe('protectVault');
    expect(vault.open.value?.kind).toBe('delete-everything');
  });

  it('want a passphrase that is long enough, twice the same', async () => {
    const world = openWorld();
    const { vault } = world.model;
    vault.show('protect');
    const dialog = vault.open.value;
    if (dialog === null) throw new Error('not open');
    dialog.passphrase.value = 'short';
    dialog.again.value = 'short';
    expect(dialog.canSubmit.value).toBe(false);
    dialog.passphrase.value = PASSPHRASE;
    expect(dialog.canSubmit.value).toBe(false);
    dialog.again.value = PASSPHRASE;
    await dialog.submit();
    expect(world.calls.at(-1)).toEqual({
      procedure: 'protectVault',
      input: { current: null, passphrase: PASSPHRASE },
    });
    expect(vault.open.value).toBeNull();
  });

  it('delete everything only for the words that are asked for', async () => {
    const world = openWorld();
    const { vault } = world.model;
    vault.show('delete-everything');
    const dialog = vault.open.value;
    if (dialog === null) throw new Error('not open');
    await dialog.submit();
    expect(world.calls).toEqual([]);
    dialog.confirmation.value = ' Delete everything ';
    world.answers.endGrant = () => ({ left: [] });
    await dialog.submit();
    expect(world.calls).toEqual([
      { procedure: 'endGrant', input: { id: null } },
      { procedure: 'deleteEverything', input: {} },
    ]);
  });

  it('delete secrets under view only for the words alone, and at once without', async () => {
    const world = openWorld();
    const { vault } = world.model;
    await (await world.database()).put('kept', { wrongTries: 0, triedAt: 0 }, 'viewOnly');
    await world.model.records.load();
    vault.show('forget');
    expect(vault.open.value?.canSubmit.value).toBe(false);
    if (vault.open.value !== null) vault.open.value.confirmation.value = 'delete the secrets';
    expect(vault.open.value?.canSubmit.value).toBe(true);
    await (await world.database()).delete('kept', 'viewOnly');
    await world.model.records.load();
    vault.show('forget');
    expect(vault.open.value?.canSubmit.value).toBe(true);
  });

  it('stay open with the reason where it failed', async () => {
    const world = openWorld();
    const { vault } = world.model;
    world.answers.unprotectVault = () => {
      throw new PatchbayError('vault-busy');
    };
    vault.show('unprotect');
    const dialog = vault.open.value;
    if (dialog === null) throw new Error('not open');
    dialog.current.value = PASSPHRASE;
    await dialog.submit();
    expect(vault.open.value?.problem.value).toBe('vault-busy');
    expect(dialog.isBusy.value).toBe(false);
  });
});
