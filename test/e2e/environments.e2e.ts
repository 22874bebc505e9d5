/**
 * Environments of the person's own, from their making to their end.
 */
import { expect, it } from 'vitest';
import { axeFindings } from './support/axe.ts';
import { connectByKey, connection } from './support/connect.ts';
import { openOptions, useScreens } from './support/screens.ts';
import { useWorld } from './support/world.ts';

const world = useWorld();
const screens = useScreens(world);

it('are added, renamed, shown by every selector, and removed with a place for what stands there', async () => {
  const { id, name } = await connectByKey(world, 'alice', { name: 'Mine' });
  const settings = await openOptions(world, '#/settings');
  await settings.getByRole('button', { name: 'Add environment' }).click();
  const adding = settings.getByRole('dialog', { name: 'New environment' });
  await adding.getByLabel('Name').fill('production');
  await adding.getByRole('button', { name: 'Save' }).click();
  await adding.getByText('Another environment has this name').waitFor();
  expect(await axeFindings(settings)).toEqual([]);
  await adding.getByLabel('Name').fill('Sandbox');
  await adding.getByRole('button', { name: 'Save' }).click();
  await settings.getByRole('button', { name: 'Rename Sandbox' }).click();
  await settings.getByRole('dialog', { name: 'Rename Sandbox' }).getByLabel('Name').fill('Play');
  await settings.keyboard.press('Enter');
  const list = settings.getByRole('list', { name: 'Environments' });
  await list.getByRole('listitem').filter({ hasText: 'Play' }).waitFor();
  expect(await axeFindings(settings)).toEqual([]);

  const chooser = screens.popup.getByRole('combobox', { name: 'Environment' });
  await chooser.selectOption({ label: 'Play' });
  await screens.popupRow(name).waitFor({ state: 'detached' });
  const play = await chooser.inputValue();
  const { revision } = await connection(world, id);
  await world.call('moveConnection', { id, environmentId: play, revision });
  await screens.popupRow(name).waitFor();

  await settings.getByRole('button', { name: 'Remove Play' }).click();
  const removing = settings.getByRole('dialog', { name: 'Remove Play' });
  await removing.getByText('1 connection stands here').waitFor();
  await removing.getByRole('combobox', { name: 'Environment' }).selectOption('staging');
  await removing.getByRole('button', { name: 'Remove' }).click();
  await list.getByRole('listitem').filter({ hasText: 'Play' }).waitFor({ state: 'detached' });
  expect((await connection(world, id)).environmentId).toBe('staging');
  await expect.poll(() => chooser.inputValue()).toBe('staging');
  await screens.popupRow(name).waitFor();
});

it('get a copy of a connection, which asks to be authorised', async () => {
  await connectByKey(world, 'alice', { name: 'Mine' });
  await screens.options.getByRole('button', { name: 'More for Mine' }).click();
  await screens.options.getByRole('menuitem', { name: 'Copy to environment…' }).click();
  const dialog = screens.options.getByRole('dialog', { name: 'Copy Mine' });
  await dialog.getByRole('combobox', { name: 'Environment' }).selectOption('staging');
  expect(await axeFindings(screens.options)).toEqual([]);
  await dialog.getByRole('button', { name: 'Copy' }).click();
  await screens.message('Mine was copied to Staging').waitFor();
  await screens.options.getByRole('combobox', { name: 'Environment' }).selectOption('staging');
  await screens.tableRow('Mine').getByText('Not authorised yet').waitFor();
  await screens.options.getByRole('button', { name: 'Authorise Mine' }).click();
  const reconnecting = screens.options.getByRole('dialog', { name: 'Reconnect Mine' });
  await reconnecting
    .getByRole('textbox', { name: 'API key' })
    .fill(world.practice.control.keyOf('bob'));
  await reconnecting.getByRole('button', { name: 'Reconnect' }).click();
  await screens.tableRow('Mine').getByText('Active').waitFor();
  const identities = (await world.records('connections')).map(({ identity }) => identity?.label);
  expect(identities.toSorted()).toEqual(['alice@practice.example', 'bob@practice.example']);
});
