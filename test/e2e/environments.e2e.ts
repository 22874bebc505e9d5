/**
 * Environments of the person's own, from their making to their end.
 */
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { badgeText } from '../support/browser/observe.ts';
import { openNewConnection } from '../support/journey/options-page.ts';
import { expectNothingFound } from './support/axe.ts';
import { connectByKey, connection } from './support/connect.ts';
import { openOptions, tableRow, useScreens } from './support/screens.ts';
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
  await expectNothingFound(settings);
  await adding.getByLabel('Name').fill('Sandbox');
  await adding.getByRole('button', { name: 'Save' }).click();
  await settings.getByRole('button', { name: 'Rename Sandbox' }).click();
  await settings.getByRole('dialog', { name: 'Rename Sandbox' }).getByLabel('Name').fill('Play');
  await settings.keyboard.press('Enter');
  const list = settings.getByRole('list', { name: 'Environments' });
  await list.getByRole('listitem').filter({ hasText: 'Play' }).waitFor();
  await expectNothingFound(settings);

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
  await expectNothingFound(screens.options);
  await dialog.getByRole('button', { name: 'Copy' }).click();
  await screens.message('Mine was copied to Staging').waitFor();
  await screens.options.getByRole('combobox', { name: 'Environment' }).selectOption('staging');
  await screens.tableRow('Mine').getByText('Not authorised yet').waitFor();
  await screens.options
    .getByRole('status', { name: 'Messages' })
    .getByRole('button', { name: 'Authorise' })
    .click();
  const reconnecting = screens.options.getByRole('dialog', { name: 'Reconnect Mine' });
  await reconnecting
    .getByRole('textbox', { name: 'API key' })
    .fill(world.practice.control.keyOf('bob'));
  await reconnecting.getByRole('button', { name: 'Reconnect' }).click();
  await screens.tableRow('Mine').getByText('Active').waitFor();
  const identities = (await world.records('connections')).map(({ identity }) => identity?.label);
  expect(identities.toSorted()).toEqual(['alice@practice.example', 'bob@practice.example']);
});

describe('one of them', () => {
  /** The options page's own selector: not that of a dialog. */
  function shown(page: Page): Locator {
    return page.getByRole('main').getByRole('combobox', { name: 'Environment', exact: true });
  }

  it('is left by a move in the details, and list, badge and other pages follow', async () => {
    const { id } = await connectByKey(world, 'alice', { name: 'Mine' });
    world.practice.control.revokeKey('alice');
    await world.call('checkNow', { ids: [] });
    const other = await openOptions(world);
    await shown(other).selectOption('production');
    await expect.poll(() => badgeText(world.page)).toBe('1');
    const { options } = screens;
    await options.getByRole('link', { name: 'Open Mine' }).click();
    const details = options.getByRole('region', { name: 'Details of Mine' });
    const move = details.getByRole('combobox', { name: 'Move Mine' });
    await expect.poll(() => move.inputValue()).toBe('production');
    await move.selectOption('staging');
    await screens.message('Mine was moved to Staging.').waitFor();
    expect((await connection(world, id)).environmentId).toBe('staging');
    for (const page of [options, other]) {
      await page
        .getByRole('status', { name: 'Summary' })
        .getByText('Nothing on this shelf')
        .waitFor();
      await tableRow(page, 'Mine').waitFor({ state: 'detached' });
    }
    await screens.popupRow('Mine').waitFor({ state: 'detached' });
    await expect.poll(() => badgeText(world.page)).toBe('');
    // The details stay, with the place where it stands now.
    await expect.poll(() => move.inputValue()).toBe('staging');

    await shown(other).selectOption('staging');
    await tableRow(other, 'Mine').getByText('Reconnect needed').waitFor();
    await screens.popupRow('Mine').waitFor();
    await expect.poll(() => badgeText(world.page)).toBe('1');

    // What is chosen elsewhere takes the place of what the address names; Back names it again.
    const chooser = screens.popup.getByRole('combobox', { name: 'Environment' });
    await chooser.selectOption('development');
    await expect.poll(() => shown(other).inputValue()).toBe('development');
    await other.waitForURL(/#\/connections$/);
    for (const before of ['production', '']) {
      await other.goBack();
      await expect.poll(() => shown(other).inputValue()).toBe(before);
    }
  });

  it('that the list shows is the one that a new connection begins with', async () => {
    const { options } = screens;
    await connectByKey(world, 'alice', { name: 'Mine' });
    await screens.tableRow('Mine').waitFor();
    await shown(options).selectOption('development');
    await screens.tableRow('Mine').waitFor({ state: 'detached' });
    const dialog = await openNewConnection(options, 'Practice Keys');
    const chosen = dialog.getByRole('combobox', { name: 'Environment' });
    await expect.poll(() => chosen.inputValue()).toBe('development');
    await dialog
      .getByRole('textbox', { name: 'API key' })
      .fill(world.practice.control.keyOf('bob'));
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await screens.tableRow('bob@practice.example').waitFor();
    await expect
      .poll(async () => (await world.records('connections')).map((one) => one.environmentId).sort())
      .toEqual(['development', 'production']);
  });
});
