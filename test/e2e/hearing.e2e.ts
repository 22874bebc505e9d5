/**
 * Mute and snooze of several connections from the options page, and of one from the popup.
 */
import type { Locator, Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import { badgeText } from '../support/browser/observe.ts';
import { expectNothingFound } from './support/axe.ts';
import { connectByBasic, connectByKey } from './support/connect.ts';
import { useScreens } from './support/screens.ts';
import { useWorld } from './support/world.ts';

const world = useWorld();
const screens = useScreens(world);

/** Ads and Billing are broken, Crm works. */
beforeEach(async () => {
  const { id: ads } = await connectByKey(world, 'alice', { name: 'Ads' });
  const { id: billing } = await connectByKey(world, 'bob', { name: 'Billing' });
  const crm = await connectByBasic(world, 'alice');
  await world.call('renameConnection', { id: crm.id, name: 'Crm', revision: crm.revision });
  for (const person of ['alice', 'bob'] as const) world.practice.control.revokeKey(person);
  await world.call('checkNow', { ids: [ads, billing] });
  await screens.tableRow('Crm').waitFor();
  await screens.tableRow('Billing').getByText('Reconnect needed').waitFor();
});

function said(text: string | RegExp): Locator {
  return screens.message(text);
}

async function choose(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'Mute or snooze' }).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

async function heard(): Promise<Record<string, string>> {
  const all = await world.records('connections');
  return Object.fromEntries(
    all.map(({ name, isMuted, snoozedUntil }) => [
      name,
      [isMuted === true ? 'muted' : '', snoozedUntil === undefined ? '' : 'snoozed'].join(''),
    ]),
  );
}

it('several are snoozed, the others are said to be left alone, and Undo takes it back', async () => {
  const page = screens.options;
  await expect.poll(() => badgeText(world.page)).toBe('2');
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
  await choose(page, 'Snooze for 1 week');
  await said('2 connections snoozed').waitFor();
  await said('1 not snoozed: it neither broke nor ends soon').waitFor();
  await expect.poll(() => badgeText(world.page)).toBe('');
  expect(await heard()).toEqual({ Ads: 'snoozed', Billing: 'snoozed', Crm: '' });
  await page.getByRole('button', { name: 'Show each' }).click();
  const dialog = page.getByRole('dialog', { name: 'Result for each connection' });
  const each = async () => (await dialog.getByRole('listitem').allInnerTexts()).toSorted();
  await expect
    .poll(each)
    .toEqual([
      'Ads · 1 connection snoozed',
      'Billing · 1 connection snoozed',
      'Crm · 1 not snoozed: it neither broke nor ends soon',
    ]);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo' }).click();
  await said('2 connections are not snoozed any more').waitFor();
  await expect.poll(() => badgeText(world.page)).toBe('2');
  expect(await heard()).toEqual({ Ads: '', Billing: '', Crm: '' });
});

it('several are muted by keyboard; those that were so before stay so on Undo', async () => {
  const page = screens.options;
  const [ads] = (await world.records('connections')).filter(({ name }) => name === 'Ads');
  await world.call('muteConnections', { ids: [ads?.id ?? ''], isMuted: true });
  // The page goes by what it has read.
  await screens.tableRow('Ads').getByText('Muted').first().waitFor();
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
  await page.getByRole('button', { name: 'Mute or snooze' }).focus();
  await page.keyboard.press('Enter');
  const menu = page.getByRole('menu', { name: 'Mute or snooze' });
  await expect
    .poll(() => menu.getByRole('menuitem').allInnerTexts())
    .toEqual([
      'Snooze for 1 hour',
      'Snooze until tomorrow',
      'Snooze for 1 week',
      'Mute notifications',
      'Unmute notifications',
    ]);
  await expectNothingFound(page);
  for (const key of ['End', 'ArrowUp', 'Enter']) await page.keyboard.press(key);
  await said('Notifications about 3 connections muted').waitFor();
  expect(await heard()).toEqual({ Ads: 'muted', Billing: 'muted', Crm: 'muted' });
  await page.getByRole('button', { name: 'Undo' }).click();
  await said('Notifications about 2 connections are on again').waitFor();
  expect(await heard()).toEqual({ Ads: 'muted', Billing: '', Crm: '' });
});

it('one is muted, snoozed and heard again from the popup', async () => {
  const { popup } = screens;
  const chooseInMenu = async (item: string): Promise<void> => {
    await popup.getByRole('button', { name: 'More for Ads' }).click();
    await popup.getByRole('menuitem', { name: item, exact: true }).click();
  };
  const row = screens.popupRow('Ads');
  // A window that lies behind another one is drawn seldom, and each click waits for it.
  await popup.bringToFront();
  await popup.getByRole('button', { name: 'More for Ads' }).click();
  await popup.getByRole('menu').waitFor();
  await expectNothingFound(popup);
  await popup.keyboard.press('Escape');
  await chooseInMenu('Mute notifications');
  await popup.getByText('No notifications about Ads from now on.').waitFor();
  await row.getByText('Muted: no notifications').waitFor();
  await chooseInMenu('Unmute notifications');
  await row.getByText('Muted').waitFor({ state: 'detached' });
  await chooseInMenu('Snooze for 1 hour');
  await row.getByText('Snoozed until').waitFor();
  await expect.poll(() => badgeText(world.page)).toBe('1');
  await chooseInMenu('End snooze');
  await row.getByText('Snoozed until').waitFor({ state: 'detached' });
  await expect.poll(() => badgeText(world.page)).toBe('2');
});
