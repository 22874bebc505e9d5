/**
 * Connecting through the New connection dialog, in every way that there is, and what may go wrong on
 * the way.
 */
import { describe, expect, it } from 'vitest';
import { obtainTokens } from '../servers/browser-stand-in.ts';
import type { ProviderDefinitionJson } from '../servers/practice.ts';
import { allowAs, denyAs, signInWindow } from '../support/browser/sign-in-window.ts';
import {
  connectBySignIn,
  connectTyped,
  openNewConnection,
  signInAs,
} from '../support/journey/options-page.ts';
import { connectByKey } from './support/connect.ts';
import { eventually } from './support/eventually.ts';
import { useScreens } from './support/screens.ts';
import { sealedNames } from './support/stored.ts';
import { useWorld } from './support/world.ts';

const world = useWorld();
const screens = useScreens(world);

const CLOUD = 'Practice Cloud · alice@practice.example';

/** The API of Practice Cloud for people who bring a token of their own. */
function bearerDefinition(): ProviderDefinitionJson {
  const { oauth } = world.practice.definitions;
  return {
    ...oauth,
    id: 'practice-bearer',
    name: 'Practice Bearer',
    methods: [{ kind: 'bearer', label: 'Access token' }],
  };
}

async function submit(dialog: Awaited<ReturnType<typeof openNewConnection>>): Promise<void> {
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
}

describe('a connection is made', () => {
  it('through the sign-in window, and stands in both pages without a reload [O22]', async () => {
    await connectBySignIn(screens.options, 'Practice Cloud', 'alice');
    await screens.tableRow(CLOUD).getByText('Active').waitFor();
    await screens.popupRow(CLOUD).getByText('Active').waitFor();
    const [connection] = await world.records('connections');
    expect(connection).toMatchObject({
      identity: { id: 'practice-alice', label: 'alice@practice.example' },
      accounts: { kind: 'ready', items: { length: 3 }, isCut: false },
      health: { kind: 'active' },
      grant: { isRenewable: true },
    });
  });

  it('by an API key, with name, environment and tags as they were filled in', async () => {
    const dialog = await openNewConnection(screens.options, 'Practice Keys');
    const key = world.practice.control.keyOf('alice');
    await dialog.getByLabel('API key', { exact: true }).fill(key);
    await dialog.getByLabel('Name (optional)').fill('  Shop  ');
    await dialog.getByLabel('Environment').selectOption('Staging');
    await dialog.getByLabel('Tags').fill('ads, shop ,ads');
    await submit(dialog);
    await dialog.waitFor({ state: 'hidden' });
    await screens.tableRow('Shop').waitFor();
    expect(await world.records('connections')).toMatchObject([
      { name: 'Shop', environmentId: 'staging', tags: ['ads', 'shop'], methodKind: 'key' },
    ]);
  });

  it('by a bearer token', async () => {
    await world.call('importProvider', { text: JSON.stringify(bearerDefinition()) });
    const { access_token: token } = await obtainTokens(world.practice, 'alice');
    await connectTyped(screens.options, 'Practice Bearer', { 'Access token': token });
    await screens.popupRow('Practice Bearer').getByText('Active').waitFor();
    const [connection] = await world.records('connections');
    expect(connection).toMatchObject({ methodKind: 'bearer', identity: { id: 'practice-alice' } });
  });

  it('by a user name and a password', async () => {
    const { passwordOf } = world.practice.control;
    await connectTyped(screens.options, 'Practice Basic', {
      'User name': 'bob',
      Password: passwordOf('bob'),
    });
    await screens.popupRow('Practice Basic').getByText('Active').waitFor();
    const [connection] = await world.records('connections');
    expect(connection).toMatchObject({ methodKind: 'basic', identity: { id: 'practice-bob' } });
  });

  it('although the page that asked was closed meanwhile [F34]', async () => {
    const dialog = await openNewConnection(screens.options, 'Practice Cloud');
    const opening = signInWindow(world.browser.context);
    await submit(dialog);
    const window = await opening;
    await screens.options.close();
    await allowAs(window, 'alice');
    await screens.popupRow(CLOUD).getByText('Active').waitFor();
    expect(await world.records('connections')).toHaveLength(1);
  });
});

describe('an attempt that', () => {
  it('has a wrong key is refused, and what was typed stays', async () => {
    const dialog = await openNewConnection(screens.options, 'Practice Keys');
    const key = dialog.getByLabel('API key', { exact: true });
    await key.fill('pk_practice_wrong');
    await dialog.getByLabel('Name (optional)').fill('My keys');
    await submit(dialog);
    await dialog.getByText('The provider did not accept it').waitFor();
    expect(await key.inputValue()).toBe('pk_practice_wrong');
    expect(await dialog.getByLabel('Name (optional)').inputValue()).toBe('My keys');
    expect(await world.records('connections')).toEqual([]);
    expect(await sealedNames(world.page)).toEqual([]);
    await key.fill(world.practice.control.keyOf('alice'));
    await submit(dialog);
    await screens.tableRow('My keys').waitFor();
  });

  it('has a wrong password is refused in the same way', async () => {
    const dialog = await openNewConnection(screens.options, 'Practice Basic');
    await dialog.getByLabel('User name', { exact: true }).fill('alice');
    await dialog.getByLabel('Password', { exact: true }).fill('wrong');
    await submit(dialog);
    await dialog.getByText('The provider did not accept it').waitFor();
    expect(await dialog.getByLabel('User name', { exact: true }).inputValue()).toBe('alice');
    expect(await world.records('connections')).toEqual([]);
  });

  it('is met by a provider in trouble says so, and works when it is over', async () => {
    world.practice.control.setFault('keys', { kind: 'status', status: 503 });
    const dialog = await openNewConnection(screens.options, 'Practice Keys');
    const key = world.practice.control.keyOf('alice');
    await dialog.getByLabel('API key', { exact: true }).fill(key);
    await submit(dialog);
    await dialog.getByText('The provider has trouble at the moment').waitFor();
    world.practice.control.setFault('keys', null);
    await submit(dialog);
    await dialog.waitFor({ state: 'hidden' });
    expect(await world.records('connections')).toHaveLength(1);
  });

  it('is ended by closing the window was cancelled, which is no error [F28]', async () => {
    const dialog = await openNewConnection(screens.options, 'Practice Cloud');
    const opening = signInWindow(world.browser.context);
    await submit(dialog);
    await (await opening).close();
    await dialog.getByText(/cancelled/i).waitFor();
    expect(await dialog.getByText(/failed|error/i).count()).toBe(0);
    expect(await world.records('authorizations')).toMatchObject([{ state: { kind: 'cancelled' } }]);
    await signInAs(screens.options, 'alice', () => submit(dialog));
    await dialog.waitFor({ state: 'hidden' });
  });

  it('is cancelled in the dialog closes the window', async () => {
    const dialog = await openNewConnection(screens.options, 'Practice Cloud');
    const opening = signInWindow(world.browser.context);
    await submit(dialog);
    const window = await opening;
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await eventually(() => expect(window.isClosed()).toBe(true));
    await dialog.getByText(/cancelled/i).waitFor();
  });

  it('is denied at the provider says so', async () => {
    const dialog = await openNewConnection(screens.options, 'Practice Cloud');
    const opening = signInWindow(world.browser.context);
    await submit(dialog);
    await denyAs(await opening, 'alice');
    await dialog.getByText('Access was declined at the provider').waitFor();
    expect(await world.records('connections')).toEqual([]);
  });
});

describe('the same identity again', () => {
  const addAgain = async () => {
    const dialog = await openNewConnection(screens.options, 'Practice Keys');
    const key = world.practice.control.createKey('alice');
    await dialog.getByLabel('API key', { exact: true }).fill(key);
    await submit(dialog);
    await dialog.getByRole('button', { name: 'Update it' }).waitFor();
    return dialog;
  };

  it('updates the connection that there is', async () => {
    const first = await connectByKey(world, 'alice', { name: 'First', tags: ['kept'] });
    const dialog = await addAgain();
    await dialog.getByRole('button', { name: 'Update it' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await eventually(async () => {
      const [updated, ...others] = await world.records('connections');
      expect(others).toEqual([]);
      expect(updated).toMatchObject({ id: first.id, name: 'First', tags: ['kept'] });
      expect(updated?.authorizedAt).toBeGreaterThan(first.authorizedAt ?? 0);
    });
  });

  it('becomes a second connection where the person wants two', async () => {
    await connectByKey(world, 'alice', { name: 'First' });
    const dialog = await addAgain();
    await dialog.getByRole('button', { name: 'Keep both' }).click();
    await eventually(async () => expect(await world.records('connections')).toHaveLength(2));
  });

  it('in another environment is not asked about', async () => {
    await connectByKey(world, 'alice');
    const dialog = await openNewConnection(screens.options, 'Practice Keys');
    const key = world.practice.control.keyOf('alice');
    await dialog.getByLabel('API key', { exact: true }).fill(key);
    await dialog.getByLabel('Environment').selectOption('Development');
    await submit(dialog);
    await dialog.waitFor({ state: 'hidden' });
    expect(await world.records('connections')).toHaveLength(2);
  });
});
