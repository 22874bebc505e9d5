/**
 * What a person hears, and what they do not want to hear of: snooze, mute, quiet hours, ends.
 */
import type { Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import { clockText } from '../../lib/domain/quiet-hours.ts';
import type { Settings } from '../../lib/domain/settings.ts';
import { badgeText, notifications } from '../support/browser/observe.ts';
import { expectNothingFound } from './support/axe.ts';
import { connectByKey } from './support/connect.ts';
import { useScreens } from './support/screens.ts';
import { useWorld } from './support/world.ts';

const world = useWorld();
const screens = useScreens(world, ['options']);
const DAY = 24 * 60 * 60 * 1000;

/** The part of the extension API that is asked here; the page that runs it is the extension's. */
declare const chrome: { readonly notifications: { clear(id: string): Promise<boolean> } };

let alice: string;

beforeEach(async () => {
  alice = (await connectByKey(world, 'alice', { name: 'Alice’s' })).id;
  await screens.tableRow('Alice’s').waitFor();
});

async function breakAlice(): Promise<void> {
  world.practice.control.revokeKey('alice');
  await world.call('checkNow', { ids: [alice] });
}

async function chooseInMenu(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'More for Alice’s' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

it('a snoozed connection is out of badge and notifications until its snooze is over', async () => {
  await breakAlice();
  await expect.poll(() => badgeText(world.page)).toBe('1');
  const page = screens.options;
  await chooseInMenu(page, 'Snooze for 1 week');
  await expect.poll(() => badgeText(world.page)).toBe('');
  await expect.poll(() => notifications(world.page)).toEqual([]);
  await screens.tableRow('Alice’s').getByText('Snoozed until').waitFor();
  await world.browser.stopWorker();
  await world.call('checkNow', { ids: [alice] });
  expect(await badgeText(world.page)).toBe('');
  await chooseInMenu(page, 'End snooze');
  await expect.poll(() => badgeText(world.page)).toBe('1');
  await expect.poll(async () => (await notifications(world.page)).length).toBe(1);
});

it('a muted connection is counted and not notified about; the details say so', async () => {
  const page = screens.options;
  await page.goto(new URL(`#/connections/${alice}`, page.url()).href);
  const details = page.getByRole('region', { name: 'Details of Alice’s' });
  await details.getByRole('button', { name: 'Mute notifications' }).click();
  await details.getByText('Muted: no notifications').waitFor();
  await breakAlice();
  await expect.poll(() => badgeText(world.page)).toBe('1');
  expect(await notifications(world.page)).toEqual([]);
  await details.getByRole('button', { name: 'Snooze for 1 hour' }).waitFor();
  await expectNothingFound(page);
  await details.getByRole('button', { name: 'Unmute notifications' }).click();
  await details.getByRole('button', { name: 'Mute notifications', exact: true }).waitFor();
  // One tells after the other: this comes after what the click has told.
  await world.call('muteConnections', { ids: [alice], isMuted: false });
  expect(await notifications(world.page)).toEqual([]);
});

it('quiet hours hold notifications back and not the badge', async () => {
  const page = screens.options;
  await page.goto(new URL('#/settings', page.url()).href);
  await page.getByRole('checkbox', { name: 'Quiet hours' }).check();
  const group = page.getByRole('group', { name: 'Quiet hours' });
  await group.getByLabel('From').waitFor();
  await expectNothingFound(page);
  const minutes = new Date().getHours() * 60 + new Date().getMinutes();
  const wrapped = (at: number): number => (at + 1440) % 1440;
  await group.getByLabel('From').fill(clockText(wrapped(minutes - 120)));
  await group.getByLabel('From').blur();
  const from = wrapped(minutes - 120);
  const isKept = async (): Promise<boolean> =>
    (await world.records('kept')).some(
      (one) => (one as Partial<Settings>).quietHours?.from === from,
    );
  await expect.poll(isKept).toBe(true);
  // The page goes by what it has read, which nothing on it shows.
  await page.reload();
  await expect.poll(() => group.getByLabel('From').inputValue()).toBe(clockText(from));
  await group.getByLabel('to').fill(clockText(wrapped(minutes + 120)));
  await group.getByLabel('to').blur();
  const quietHours = { isOn: true, from: wrapped(minutes - 120), to: wrapped(minutes + 120) };
  await expect
    .poll(async () => (await world.records('kept')).some((one) => hasHours(one, quietHours)))
    .toBe(true);
  await breakAlice();
  await expect.poll(() => badgeText(world.page)).toBe('1');
  expect(await notifications(world.page)).toEqual([]);
  await world.browser.stopWorker();
  await page.getByRole('checkbox', { name: 'Quiet hours' }).uncheck();
  await expect.poll(async () => (await notifications(world.page)).length).toBe(1);
});

function hasHours(record: unknown, hours: Settings['quietHours']): boolean {
  const kept = (record as Partial<Settings>).quietHours;
  return kept !== undefined && kept.isOn && kept.from === hours.from && kept.to === hours.to;
}

it('an end is notified once, however often the worker dies', async () => {
  const [{ revision = 0 } = {}] = await world.records('connections');
  const statedEndAt = Date.now() + 5 * DAY;
  await world.call('setStatedEnd', { id: alice, revision, statedEndAt });
  const wake = async (): Promise<void> => {
    await world.browser.stopWorker();
    await world.call('checkNow', { ids: [alice] });
  };
  await wake();
  await expect.poll(() => notifications(world.page)).toEqual([`ends:connection:${alice}`]);
  await world.page.evaluate((id) => chrome.notifications.clear(id), `ends:connection:${alice}`);
  await wake();
  await wake();
  expect(await notifications(world.page)).toEqual([]);
});
