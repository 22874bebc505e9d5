/**
 * The dialog "Edit": everything about a connection in one form, and nothing lost on the way.
 */
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { dayEndingAt, endOfDay } from '../../lib/domain/calendar-day.ts';
import { expectNothingFound } from './support/axe.ts';
import { connectByBasic, connectByKey, connectByOauth, connection } from './support/connect.ts';
import { openOptions, openPopup, popupRow, useScreens } from './support/screens.ts';
import { expectFocus } from './support/settled.ts';
import { useWorld } from './support/world.ts';

const world = useWorld();
const screens = useScreens(world, ['options']);

const KEYS = 'Practice Keys · alice@practice.example';
const CLOUD = 'Practice Cloud · alice@practice.example';
const DAY = 24 * 60 * 60 * 1000;

/** From the menu of the row. */
async function openEdit(page: Page, name = KEYS): Promise<Locator> {
  await page.getByRole('button', { name: `More for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  const dialog = page.getByRole('dialog', { name: `Edit ${name}` });
  await dialog.waitFor();
  return dialog;
}

function save(dialog: Locator): Promise<void> {
  return dialog.getByRole('button', { name: 'Save' }).click();
}

it('changes everything in one step, seen everywhere at once', async () => {
  const { id, revision } = await connectByKey(world, 'alice', { tags: ['old'] });
  await connectByKey(world, 'bob', { tags: ['team'] });
  const popup = await openPopup(world);
  const dialog = await openEdit(screens.options);
  await dialog.getByLabel('Name', { exact: true }).fill('Numbers');
  await dialog.getByLabel('Environment').selectOption('Staging');
  await dialog.getByRole('button', { name: 'Remove tag old' }).click();
  await dialog.getByLabel('Add a tag').fill('team');
  await screens.options.keyboard.press('Enter');
  await dialog.getByLabel('Notes').fill('Ask <b>Maria</b>');
  const lastDay = dayEndingAt(Date.now() + 5 * DAY);
  await dialog.getByLabel('Last day').fill(lastDay);
  await save(dialog);
  await screens.message('Numbers was saved.').waitFor();
  await screens.tableRow('Numbers').getByText('Staging').waitFor();
  await screens.tableRow('Numbers').getByText('Expires in').waitFor();
  await popupRow(popup, 'Numbers').waitFor();
  expect(await connection(world, id)).toMatchObject({
    name: 'Numbers',
    environmentId: 'staging',
    tags: ['team'],
    notes: 'Ask <b>Maria</b>',
    statedEndAt: endOfDay(lastDay),
    revision: revision + 1,
  });
});

it('two pages edit the same connection: nothing typed is lost, and both see what is', async () => {
  const { id } = await connectByKey(world, 'alice');
  const second = await openOptions(world);
  const mine = await openEdit(screens.options);
  const theirs = await openEdit(second);
  await theirs.getByLabel('Name', { exact: true }).fill('Theirs');
  await theirs.getByLabel('Notes').fill('Their notes');
  await save(theirs);
  await theirs.waitFor({ state: 'detached' });

  await mine.getByLabel('Name', { exact: true }).fill('Mine');
  await save(mine);
  const now = screens.options.getByRole('dialog', { name: 'Edit Theirs' });
  await now.getByText('It was changed elsewhere in the meantime.').waitFor();
  await now.getByText('Changed elsewhere to: Theirs').waitFor();
  expect(await now.getByLabel('Name', { exact: true }).inputValue()).toBe('Mine');
  expect(await now.getByLabel('Notes').inputValue()).toBe('Their notes');
  await expectFocus(now.getByLabel('Name', { exact: true }));
  expect(await connection(world, id)).toMatchObject({ name: 'Theirs' });

  await save(now);
  await now.waitFor({ state: 'detached' });
  expect(await connection(world, id)).toMatchObject({ name: 'Mine', notes: 'Their notes' });
});

it('a wrong new key changes nothing, and the old one goes on working', async () => {
  const { id } = await connectByKey(world, 'alice');
  const dialog = await openEdit(screens.options);
  await dialog.getByLabel('Name', { exact: true }).fill('Numbers');
  const key = dialog.getByLabel('New key', { exact: true });
  await key.fill('not-a-key');
  await save(dialog);
  await dialog.getByText('The provider did not accept it.').waitFor();
  await expectFocus(key);
  expect(await dialog.getByLabel('Name', { exact: true }).inputValue()).toBe('Numbers');
  expect(await connection(world, id)).toMatchObject({ name: KEYS, health: { kind: 'active' } });
  await dialog.getByRole('button', { name: 'Go back' }).click();
  expect(await world.call('checkNow', { ids: [id] })).toMatchObject({ checked: 1, reconnect: 0 });
  expect(await connection(world, id)).toMatchObject({ health: { kind: 'active' } });
});

it('a right new key takes the old one’s place, with the rest and a last day of its own', async () => {
  const { id } = await connectByKey(world, 'alice');
  const key = world.practice.control.rotateKey('alice');
  await world.call('checkNow', { ids: [id] });
  const dialog = await openEdit(screens.options);
  await dialog.getByLabel('Name', { exact: true }).fill('Numbers');
  const lastDay = dayEndingAt(Date.now() + 100 * DAY);
  await dialog.getByLabel('Last day').fill(lastDay);
  await dialog.getByLabel('New key', { exact: true }).fill(key);
  await save(dialog);
  await screens.message('Numbers was saved.').waitFor();
  await screens.tableRow('Numbers').getByText('Active').waitFor();
  expect(await connection(world, id)).toMatchObject({
    name: 'Numbers',
    statedEndAt: endOfDay(lastDay),
    health: { kind: 'active' },
  });
  const shown = await screens.options.evaluate(() => document.documentElement.outerHTML);
  expect(shown).not.toContain(key);
});

it('a key of somebody else is asked about, and keeps what was typed', async () => {
  const { id } = await connectByKey(world, 'alice');
  const dialog = await openEdit(screens.options);
  await dialog.getByLabel('Name', { exact: true }).fill('Numbers');
  const key = dialog.getByLabel('New key', { exact: true });
  await key.fill(world.practice.control.keyOf('bob'));
  await save(dialog);
  await dialog.getByRole('button', { name: /Replace/ }).waitFor();
  await dialog.getByRole('button', { name: 'Dismiss' }).click();
  await dialog.getByRole('button', { name: 'Save' }).waitFor();
  expect(await connection(world, id)).toMatchObject({ name: KEYS });
  await key.fill('');
  await save(dialog);
  await screens.message('Numbers was saved.').waitFor();
  expect(await connection(world, id)).toMatchObject({
    name: 'Numbers',
    identity: { label: 'alice@practice.example' },
  });
});

it('a user and a password belong together; a sign-in has neither here', async () => {
  await connectByBasic(world, 'alice');
  await connectByOauth(world, 'alice');
  const name = (await world.records('connections')).find(
    ({ methodKind }) => methodKind === 'basic',
  )?.name;
  const dialog = await openEdit(screens.options, name);
  await dialog.getByLabel('New password', { exact: true }).fill('x');
  await save(dialog);
  await dialog.getByText('Fill in the user name too').waitFor();
  await screens.options.keyboard.press('Escape');
  const signIn = await openEdit(screens.options, CLOUD);
  expect(await signIn.getByLabel('Last day').count()).toBe(0);
  expect(await signIn.getByLabel(/^New/).count()).toBe(0);
});

it('is reached and left by keyboard from the details, and axe finds nothing', async () => {
  const { id } = await connectByKey(world, 'alice', { tags: ['one'] });
  const page = await openOptions(world, `#/connections/${id}`);
  const button = page
    .getByRole('region', { name: `Details of ${KEYS}` })
    .getByRole('button', { name: 'Edit' });
  await button.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: `Edit ${KEYS}` });
  await dialog.waitFor();
  await expectFocus(dialog.getByLabel('Name', { exact: true }));
  await page.keyboard.type(' ');
  await page.keyboard.press('Enter');
  await dialog.getByText('Give it a name.').waitFor();
  await expectFocus(dialog.getByLabel('Name', { exact: true }));
  await expectNothingFound(page);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await expectFocus(button);
});
