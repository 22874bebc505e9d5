/**
 * Connections to a file and from one: what travels, what does not, and what is refused.
 */
import { readFile } from 'node:fs/promises';
import type { Locator } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Environment } from '../../lib/domain/environment.ts';
import type { Flow } from '../../lib/domain/flow.ts';
import type { SavedView } from '../../lib/domain/saved-view.ts';
import type { Tag } from '../../lib/domain/tag.ts';
import { expectNothingFound } from './support/axe.ts';
import { connectByBasic, connectByKey, connectByOauth } from './support/connect.ts';
import { forgetGoing, keptRecord, sealedNames } from './support/stored.ts';
import { useScreens } from './support/screens.ts';
import { expectFocus } from './support/settled.ts';
import { useWorld } from './support/world.ts';

const world = useWorld();
const screens = useScreens(world, ['options']);

const KEYS = 'Practice Keys · alice@practice.example';
const CLOUD = 'Practice Cloud · alice@practice.example';
const PASSPHRASE = 'correct horse battery staple';

beforeEach(async () => {
  await screens.options.getByRole('link', { name: 'Settings' }).click();
});

afterEach(async () => {
  await forgetAll();
  await forgetBelongings();
  for (const { id } of await world.records('flows')) await world.call('removeFlow', { id });
});

/** The file that a click offers. */
async function downloaded(click: () => Promise<void>): Promise<string> {
  const [download] = await Promise.all([screens.options.waitForEvent('download'), click()]);
  return readFile(await download.path(), 'utf8');
}

function button(name: string): Locator {
  return screens.options
    .getByRole('region', { name: 'Your connections' })
    .getByRole('button', { name, exact: true });
}

/** What of all that the practice services gave out can be read there. */
function secretsIn(text: string): string[] {
  const secrets = world.practice.control.secrets();
  expect(secrets.length).toBeGreaterThan(0);
  return secrets.filter((secret) => text.includes(secret));
}

/** What a page exports is what stands in its list. */
async function listed(...more: RegExp[]): Promise<void> {
  await toConnections();
  for (const { name } of await world.records('connections'))
    await screens.tableRow(name).first().waitFor();
  for (const text of more) await screens.options.getByRole('cell', { name: text }).waitFor();
  await screens.options.getByRole('link', { name: 'Settings' }).click();
}

async function exportJson(): Promise<string> {
  return downloaded(() => button('Export as JSON').click());
}

async function exportSealed(): Promise<string> {
  await button('Export with secrets…').click();
  const dialog = screens.options.getByRole('dialog', { name: 'Export with secrets' });
  await dialog.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await dialog.getByLabel('Passphrase again', { exact: true }).fill(PASSPHRASE);
  return downloaded(() => dialog.getByRole('button', { name: 'Export', exact: true }).click());
}

/** Opens the import dialog with a file in it. */
async function choose(text: string): Promise<Locator> {
  await button('Import connections…').click();
  const dialog = screens.options.getByRole('dialog', { name: 'Import connections' });
  await chooseIn(dialog, text);
  return dialog;
}

function chooseIn(dialog: Locator, text: string): Promise<void> {
  return dialog.getByLabel('Choose a file of connections (JSON or CSV)').setInputFiles({
    name: 'connections.json',
    mimeType: 'application/json',
    buffer: Buffer.from(text),
  });
}

function importButton(dialog: Locator): Locator {
  return dialog.getByRole('button', { name: 'Import', exact: true });
}

async function forgetAll(): Promise<void> {
  const ids = (await world.records('connections')).map(({ id }) => id);
  await world.call('deleteConnections', { ids, revoke: false });
  await forgetGoing(world.page);
}

/** As in a profile where nobody has set anything up. */
async function forgetBelongings(): Promise<void> {
  const kept = async <T>(name: string): Promise<readonly T[]> =>
    ((await keptRecord(world.page, name)) ?? []) as readonly T[];
  for (const { id } of await kept<Environment>('environments'))
    await world.call('removeEnvironment', { id, moveTo: 'production' });
  for (const { name } of await kept<Tag>('tags')) await world.call('deleteTag', { name });
  for (const { id } of await kept<SavedView>('views')) await world.call('removeView', { id });
}

async function toConnections(): Promise<void> {
  await screens.options.getByRole('link', { name: 'Connections', exact: true }).click();
}

it('exports without secrets, as JSON and as a table [E8]', async () => {
  const { id } = await connectByKey(world, 'alice', { name: '=HYPERLINK("x")', tags: ['a, b'] });
  await connectByOauth(world, 'alice');
  await listed();
  const [json] = await Promise.all([
    exportJson(),
    screens.message('2 connections were exported.').waitFor(),
  ]);
  expect(JSON.parse(json)).toMatchObject({
    patchbay: 'connections',
    version: 1,
    connections: expect.arrayContaining([
      expect.objectContaining({ id, provider: 'practice-keys', tags: ['a, b'] }),
    ]),
  });
  const csv = await downloaded(() => button('Export as CSV').click());
  expect(csv).toContain(
    `"'=HYPERLINK(""x"")",Practice Keys,alice@practice.example,,Production,Active,`,
  );
  expect(secretsIn(json + csv)).toEqual([]);
  await forgetAll();
  const dialog = await choose(csv);
  await dialog.getByText('2 new connections').waitFor();
  await importButton(dialog).click();
  await screens.message('2 connections were imported.').waitFor();
  expect((await world.records('connections')).find((one) => one.id === id)).toMatchObject({
    name: '=HYPERLINK("x")',
    tags: ['a, b'],
  });
});

it('brings a connection back that is authorised with its key again', async () => {
  await connectByKey(world, 'alice', { tags: ['kept'] });
  await listed();
  const json = await exportJson();
  await forgetAll();
  const dialog = await choose(json);
  await dialog.getByText('1 new connection').waitFor();
  expect(await world.records('connections')).toEqual([]);
  await importButton(dialog).click();
  await screens.message('1 connection was imported.').waitFor();
  await toConnections();
  await screens.tableRow(KEYS).getByText('Not authorised yet').waitFor();
  await screens.options.getByRole('button', { name: `Authorise ${KEYS}` }).click();
  const reconnect = screens.options.getByRole('dialog', { name: `Reconnect ${KEYS}` });
  await reconnect.getByRole('textbox').first().fill(world.practice.control.keyOf('alice'));
  await reconnect.getByRole('button', { name: 'Reconnect', exact: true }).click();
  await screens.tableRow(KEYS).getByText('Active').waitFor();
  expect(await world.records('connections')).toMatchObject([
    { health: { kind: 'active' }, tags: ['kept'] },
  ]);
});

it('moves keys and passwords under a passphrase, and checks them at once', async () => {
  await connectByKey(world, 'alice');
  await connectByBasic(world, 'bob');
  await connectByOauth(world, 'alice');
  const sealed = await exportSealed();
  expect(secretsIn(sealed)).toEqual([]);
  expect(sealed).not.toContain('alice');
  await forgetAll();
  const dialog = await choose(sealed);
  await dialog.getByText('This file is encrypted.').waitFor();
  await dialog.getByLabel('Passphrase', { exact: true }).fill('not the passphrase');
  await dialog.getByRole('button', { name: 'Open the file' }).click();
  await dialog.getByText('This passphrase does not open the file.').waitFor();
  await dialog.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await dialog.getByRole('button', { name: 'Open the file' }).click();
  await dialog.getByText('3 new connections').waitFor();
  await dialog.getByText('1 of them has to be authorised here').waitFor();
  await importButton(dialog).click();
  await screens.message('3 connections were imported.').waitFor();
  await toConnections();
  await screens.tableRow(KEYS).getByText('Active').waitFor();
  await screens.tableRow(CLOUD).getByText('Not authorised yet').waitFor();
  // The keys that came along, and nothing of the connections that could still have been undone.
  expect(await sealedNames(world.page)).toHaveLength(2);
  expect(await world.records('deletions')).toEqual([]);
});

it('brings environments, tags with colours, views and chosen accounts along', async () => {
  const { id: environmentId } = await world.call('addEnvironment', { name: 'Clients' });
  await world.call('createTag', { name: 'Urgent', color: 'red' });
  const search = `environment=${environmentId}`;
  await world.call('saveView', { name: 'Of clients', search });
  const { id } = await connectByKey(world, 'alice', { environmentId, tags: ['Urgent'] });
  await world.call('chooseAccounts', { id, change: { kind: 'use-none' } });
  await listed(/0 of 3 accounts/);
  const json = await exportJson();
  await forgetAll();
  await forgetBelongings();

  const dialog = await choose(json);
  await dialog.getByText('1 environment is added').waitFor();
  await dialog.getByText('1 tag is added, or gets its colour').waitFor();
  await dialog.getByText('1 saved view is added').waitFor();
  expect(await keptRecord(world.page, 'views')).toEqual([]);
  await importButton(dialog).click();
  await screens.message('1 connection was imported.').waitFor();
  expect(await world.records('connections')).toMatchObject([
    { id, environmentId, tags: ['Urgent'], accountChoice: { kind: 'only', accounts: [] } },
  ]);
  // Wide enough for the column of tags.
  await screens.options.setViewportSize({ width: 1600, height: 900 });
  await toConnections();
  await screens.tableRow(KEYS).getByText('Clients').waitFor();
  await screens.tableRow(KEYS).getByTitle('Red').waitFor({ state: 'attached' });
  await screens.options.getByRole('button', { name: 'Saved views' }).click();
  await screens.options.getByRole('link', { name: 'Of clients' }).waitFor();

  await screens.options.goto(screens.options.url().replace(/#.*/, '#/settings'));
  const again = await choose(json);
  await again.getByText('1 is here already').waitFor();
  expect(await importButton(again).isDisabled()).toBe(true);
});

it('finds an environment of the same name, and lets its own colours and views stay', async () => {
  const { id: theirs } = await world.call('addEnvironment', { name: 'Clients' });
  await world.call('createTag', { name: 'Urgent', color: 'red' });
  await world.call('saveView', { name: 'Mine', search: `environment=${theirs}` });
  await connectByKey(world, 'alice', { environmentId: theirs });
  await listed();
  const json = await exportJson();
  await forgetAll();
  await forgetBelongings();
  const { id: environmentId } = await world.call('addEnvironment', { name: 'clients' });
  await world.call('createTag', { name: 'urgent', color: 'blue' });
  await world.call('saveView', { name: 'mine', search: 'q=other' });

  const dialog = await choose(json);
  await dialog.getByText('1 new connection').waitFor();
  await importButton(dialog).click();
  await screens.message('1 connection was imported.').waitFor();
  expect(await world.records('connections')).toMatchObject([{ environmentId }]);
  expect(await keptRecord(world.page, 'tags')).toEqual([{ name: 'urgent', color: 'blue' }]);
  expect(await keptRecord(world.page, 'views')).toMatchObject([
    { name: 'mine', search: 'q=other' },
  ]);
});

it('brings the flows along that use what travels, once', async () => {
  const { id } = await connectByKey(world, 'alice');
  const text = { address: 'https://n8n.example/workflow/7', note: 'Ask Ann' };
  await world.call('addFlow', { name: 'Nightly export', ...text, connectionIds: [id] });
  await world.call('addFlow', { name: 'Of nothing', ...text, connectionIds: [] });
  const flows = await world.records('flows');
  await world.call('saveView', { name: 'Nightly', search: `flow=${flows.find(uses)?.id}` });
  await listed();
  const json = await exportJson();
  expect(JSON.parse(json)).toMatchObject({
    version: 2,
    flows: [{ name: 'Nightly export', ...text, connections: [id] }],
  });
  await forgetAll();
  await forgetBelongings();
  for (const one of flows) await world.call('removeFlow', { id: one.id });

  const dialog = await choose(json);
  await dialog.getByText('1 flow is added, or gets its connections').waitFor();
  await expectNothingFound(screens.options);
  expect(await world.records('flows')).toEqual([]);
  await importButton(dialog).click();
  await screens.message('1 connection was imported.').waitFor();
  expect(await world.records('flows')).toEqual(
    flows.filter(uses).map((one) => ({ ...one, connectionIds: [id], revision: 1 })),
  );
  await toConnections();
  await screens.tableRow(KEYS).getByRole('link', { name: '1 flow of' }).waitFor();
  await screens.options.getByRole('button', { name: 'Saved views' }).click();
  await screens.options.getByRole('link', { name: 'Nightly', exact: true }).click();
  await screens.tableRow(KEYS).waitFor();

  await screens.options.goto(screens.options.url().replace(/#.*/, '#/settings'));
  const again = await choose(json);
  await again.getByText('1 is here already').waitFor();
  expect(await importButton(again).isDisabled()).toBe(true);
});

function uses({ connectionIds }: Flow): boolean {
  return connectionIds.length > 0;
}

it('doubles nothing', async () => {
  await connectByKey(world, 'alice');
  await listed();
  const dialog = await choose(await exportJson());
  await dialog.getByText('1 is here already and stays as it is').waitFor();
  expect(await importButton(dialog).isDisabled()).toBe(true);
  expect(await world.records('connections')).toHaveLength(1);
});

it('refuses a file that is not whole, not ours, newer or wrong, and says where [E8]', async () => {
  await connectByKey(world, 'alice');
  await listed();
  const json = await exportJson();
  const sealed = await exportSealed();
  await forgetAll();
  const before = await sealedNames(world.page);
  const dialog = await choose(json.slice(0, -40));
  await dialog.getByText('The file is not JSON, or a part of it is missing.').waitFor();
  await chooseIn(dialog, '{"openapi":"3.1.0"}');
  await dialog.getByText('This is not a file of connections').waitFor();
  await chooseIn(dialog, json.replace('"version": 1', '"version": 4'));
  await dialog.getByText('A newer Patchbay wrote this file.').waitFor();
  await chooseIn(dialog, json.replace('"practice-keys"', '17'));
  await dialog
    .getByRole('table', { name: 'Mistakes' })
    .getByRole('row')
    .filter({ hasText: 'connections.0.provider' })
    .waitFor();
  expect(await importButton(dialog).isDisabled()).toBe(true);
  const tampered = JSON.parse(sealed) as { exportedAt: number };
  await chooseIn(dialog, JSON.stringify({ ...tampered, exportedAt: 1 }));
  await dialog.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await dialog.getByRole('button', { name: 'Open the file' }).click();
  await dialog.getByText('the file was changed or damaged').waitFor();
  expect(await world.records('connections')).toEqual([]);
  expect(await sealedNames(world.page)).toEqual(before);
});

it('wants a passphrase that is long enough, typed twice alike, by keyboard alone', async () => {
  await connectByKey(world, 'alice');
  await button('Export with secrets…').focus();
  await screens.options.keyboard.press('Enter');
  const dialog = screens.options.getByRole('dialog', { name: 'Export with secrets' });
  const exports = dialog.getByRole('button', { name: 'Export', exact: true });
  await expectFocus(dialog.getByLabel('Passphrase', { exact: true }));
  await screens.options.keyboard.type('elevencharz');
  await dialog.getByText('Too short: at least 12 characters.').waitFor();
  await screens.options.keyboard.type(' and some more of them');
  await dialog.getByText('Strong.').waitFor();
  await expect.poll(() => exports.isDisabled()).toBe(true);
  await dialog.getByLabel('Passphrase again', { exact: true }).fill('something else');
  await dialog.getByText('The two passphrases differ.').waitFor();
  await expect.poll(() => exports.isDisabled()).toBe(true);
  await expectNothingFound(screens.options);
  await screens.options.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await expectFocus(button('Export with secrets…'));
});

it('is found nothing wrong with by axe, before and after a file is chosen', async () => {
  await connectByKey(world, 'alice');
  await listed();
  const json = await exportJson();
  await expectNothingFound(screens.options);
  const dialog = await choose(json);
  await dialog.getByText('1 is here already').waitFor();
  await expectNothingFound(screens.options);
  await chooseIn(dialog, json.replace('"practice-keys"', '17'));
  await dialog.getByRole('table', { name: 'Mistakes' }).waitFor();
  await expectNothingFound(screens.options);
});
