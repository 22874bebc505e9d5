import { beforeEach, describe, expect, it } from 'vitest';
import { PatchbayError } from '../../lib/domain/errors.ts';
import type { KeptLock } from '../../lib/domain/view-only.ts';
import type { ViewOnlyDialog } from '../../lib/client/options-view-only.ts';
import { NOW } from './connections.ts';
import { openWorld, type World } from './options-world.ts';

const LOCK: KeptLock = { wrongTries: 0, triedAt: 0 };
let world: World;

async function keep(lock: KeptLock | null): Promise<void> {
  const db = await world.database();
  if (lock === null) await db.delete('kept', 'viewOnly');
  else await db.put('kept', lock, 'viewOnly');
  world.announce('settings');
  await world.model.records.load();
}

function dialog<K extends ViewOnlyDialog['kind']>(kind: K): ViewOnlyDialog & { kind: K } {
  const open = world.model.viewOnlyDialogs.open.value;
  if (open?.kind !== kind) throw new Error(`${kind} is not open`);
  return open as ViewOnlyDialog & { kind: K };
}

beforeEach(async () => {
  world = openWorld();
  await world.model.load();
});

describe('locking', () => {
  it('asks for a passphrase that is long enough, twice, before it asks the background', async () => {
    world.model.viewOnlyDialogs.lock();
    const { passphrase, again, problem, submit } = dialog('lock');
    passphrase.value = 'short';
    again.value = 'short';
    await submit();
    expect(problem.value).toBe('passphrase-short');
    passphrase.value = 'correct horse';
    await submit();
    expect(problem.value).toBe('passphrase-differs');
    expect(world.calls.map(({ procedure }) => procedure)).not.toContain('lockChanges');
    again.value = 'correct horse';
    await submit();
    expect(world.calls.at(-1)).toEqual({
      procedure: 'lockChanges',
      input: { passphrase: 'correct horse' },
    });
    expect(world.model.viewOnlyDialogs.open.value).toBe(null);
    expect(world.texts()).toEqual(['Changes are locked.']);
  });

  it('that failed keeps what was typed', async () => {
    world.answers.lockChanges = () => {
      throw new PatchbayError('storage-full');
    };
    world.model.viewOnlyDialogs.lock();
    const { passphrase, again, problem, submit } = dialog('lock');
    passphrase.value = again.value = 'correct horse';
    await submit();
    expect(problem.value).toBe('storage-full');
    expect(dialog('lock').passphrase.value).toBe('correct horse');
  });
});

describe('unlocking', () => {
  it('says what was wrong, and how long to wait, whenever the page was opened', async () => {
    world.answers.unlockChanges = async () => {
      await keep({ ...LOCK, wrongTries: 4, triedAt: NOW });
      throw new PatchbayError('passphrase-wrong');
    };
    await keep(LOCK);
    world.model.viewOnlyDialogs.unlock();
    expect(dialog('unlock').waitS.value).toBe(0);
    dialog('unlock').passphrase.value = 'battery staple';
    await dialog('unlock').submit();
    expect(dialog('unlock').problem.value).toBe('passphrase-wrong');
    expect(dialog('unlock').waitS.value).toBe(20);
    world.model.viewOnlyDialogs.close();
    world.model.viewOnlyDialogs.unlock();
    expect(dialog('unlock').waitS.value).toBe(20);
  });

  it('forgets the passphrase with the dialog', async () => {
    await keep(LOCK);
    world.model.viewOnlyDialogs.unlock();
    dialog('unlock').passphrase.value = 'correct horse';
    world.model.viewOnlyDialogs.close();
    world.model.viewOnlyDialogs.unlock();
    expect(dialog('unlock').passphrase.value).toBe('');
  });

  it('closes and says so', async () => {
    await keep(LOCK);
    world.model.viewOnlyDialogs.unlock();
    dialog('unlock').passphrase.value = 'correct horse';
    await dialog('unlock').submit();
    expect(world.model.viewOnlyDialogs.open.value).toBe(null);
    expect(world.texts()).toEqual(['Changes are unlocked.']);
  });
});
