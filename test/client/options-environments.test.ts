import { beforeEach, describe, expect, it } from 'vitest';
import { PatchbayError } from '../../lib/domain/errors.ts';
import type { EnvironmentDialog } from '../../lib/client/options-environments.ts';
import { connection } from './connections.ts';
import { openWorld, type World } from './options-world.ts';

const SANDBOX = { id: 'own', name: 'Sandbox' };

let world: World;

beforeEach(async () => {
  world = openWorld();
  await (await world.database()).put('kept', [SANDBOX], 'environments');
  await world.model.load();
});

function opened(): EnvironmentDialog {
  const dialog = world.model.environmentDialogs.open.value;
  if (dialog === null) throw new Error('no dialog is open');
  return dialog;
}

describe('a new environment', () => {
  it('is added by its name, and said', async () => {
    world.model.environmentDialogs.add();
    const dialog = opened();
    dialog.value.value = '  Clients ';
    await dialog.submit();
    expect(world.calls.at(-1)).toEqual({
      procedure: 'addEnvironment',
      input: { name: 'Clients' },
    });
    expect([world.texts(), world.model.environmentDialogs.open.value]).toEqual([
      ['Clients was added.'],
      null,
    ]);
  });

  it.each(['sandbox', 'STAGING'])('is not called %s as another one is', async (name) => {
    world.model.environmentDialogs.add();
    const dialog = opened();
    dialog.value.value = name;
    await dialog.submit();
    expect([dialog.problem.value, dialog.value.value]).toEqual(['environment-taken', name]);
    expect(world.calls.map(({ procedure }) => procedure)).not.toContain('addEnvironment');
  });

  it('keeps what was typed when it could not be added', async () => {
    world.answers.addEnvironment = () => {
      throw new PatchbayError('storage-full');
    };
    world.model.environmentDialogs.add();
    const dialog = opened();
    dialog.value.value = 'Clients';
    await dialog.submit();
    expect([opened(), dialog.problem.value, dialog.value.value]).toEqual([
      dialog,
      'storage-full',
      'Clients',
    ]);
  });
});

it('an environment may keep its name in another case', async () => {
  world.model.environmentDialogs.rename(SANDBOX);
  const dialog = opened();
  expect(dialog.value.value).toBe('Sandbox');
  dialog.value.value = 'SANDBOX';
  await dialog.submit();
  expect(world.calls.at(-1)?.input).toEqual({ id: 'own', name: 'SANDBOX', seenName: 'Sandbox' });
});

it('is not renamed over a name that another page gave meanwhile', async () => {
  const mine = (name: string) => ({ id: 'own', name });
  world.answers.renameEnvironment = ({ seenName }) => {
    if (seenName === 'Sandbox') throw new PatchbayError('changed-meanwhile');
    return {};
  };
  world.model.environmentDialogs.rename(SANDBOX);
  const dialog = opened();
  if (dialog.kind !== 'name') throw new Error('another dialog is open');
  await (await world.database()).put('kept', [mine('Theirs')], 'environments');
  dialog.value.value = 'Mine';
  await dialog.submit();
  expect([dialog.problem.value, dialog.newName.value, dialog.value.value]).toEqual([
    'changed-meanwhile',
    'Theirs',
    'Mine',
  ]);
  await dialog.submit();
  expect(world.calls.at(-1)?.input).toEqual({ ...mine('Mine'), seenName: 'Theirs' });
  const [message] = world.model.messages.list.value;
  if (message !== undefined) world.model.messages.act(message);
  await expect.poll(world.texts).toEqual(['Renamed to Theirs.']);
  expect(world.calls.at(-1)?.input).toEqual({ ...mine('Theirs'), seenName: 'Mine' });
});

it('removing asks where its connections go, and offers every other environment', async () => {
  await world.store({ connections: [connection({ environmentId: 'own' })] });
  world.model.environmentDialogs.remove(SANDBOX);
  const dialog = opened();
  expect(dialog).toMatchObject({
    count: 1,
    others: [{ id: 'development' }, { id: 'staging' }, { id: 'production' }],
  });
  dialog.value.value = 'staging';
  await dialog.submit();
  expect(world.calls.at(-1)?.input).toEqual({ id: 'own', moveTo: 'staging' });
  expect(world.texts()).toEqual(['Sandbox was removed.']);
});

it('a copy goes to another environment than the connection stands on', async () => {
  world.model.environmentDialogs.copy(connection());
  const dialog = opened();
  expect(dialog).toMatchObject({
    others: [{ id: 'development' }, { id: 'staging' }, { id: 'own' }],
  });
  world.answers.copyConnection = () => ({ id: 'copy' });
  dialog.value.value = 'own';
  await dialog.submit();
  expect(world.calls.at(-1)?.input).toEqual({ id: 'c-1', environmentId: 'own' });
  expect(world.texts()).toEqual(['Reports was copied to Sandbox. Authorise it there.']);
  await world.store({ connections: [connection({ id: 'copy', environmentId: 'own' })] });
  const [message] = world.model.messages.list.value;
  expect(message?.action?.label).toBe('Authorise');
  message?.action?.run();
  expect(world.hash.value).toBe('#/connections/copy?reconnect=1');
  expect(world.model.dialogs.open.value?.kind).toBe('reconnect');
});
