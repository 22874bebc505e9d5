/**
 * The network's own truth (rows F9 to F12, F19 and F37 of the faults): what is this machine's doing
 * is said once and of no connection, what is a provider's once and of the provider.
 */
import { afterEach, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { badgeText, notifications } from '../support/browser/observe.ts';
import { expectNothingFound } from './support/axe.ts';
import { connectByBasic, connectByKey, connectByOauth, connection } from './support/connect.ts';
import { eventually } from './support/eventually.ts';
import { popupRow, tableRow, useScreens } from './support/screens.ts';
import { makeOverdue, plantDefinition } from './support/stored.ts';
import { useWorld } from './support/world.ts';

const world = useWorld();
const screens = useScreens(world);
const KEYS = 'Practice Keys · alice@practice.example';
const BASIC = 'Practice Basic · alice@practice.example';

const line = (page: Page) => page.getByRole('status', { name: 'Network' });
const checkAll = () => world.call('checkNow', { ids: [] });

/** Fires an event of the worker, as the browser does. */
async function fire(event: 'onRemoved' | 'onAdded'): Promise<void> {
  const worker = await world.browser.worker();
  await worker.evaluate((event) => {
    const { chrome } = globalThis as unknown as {
      chrome: { permissions: Record<string, { dispatch(given: object): void }> };
    };
    chrome.permissions[event]?.dispatch({ origins: ['https://far.invalid/*'] });
  }, event);
}

/** The alarm that was set before the sleep fires now. */
async function wakeByAlarm(): Promise<void> {
  await world.page.evaluate(async () => {
    const { chrome } = globalThis as unknown as {
      chrome: { alarms: { create(name: string, when: object): Promise<void> } };
    };
    await chrome.alarms.create('sweep', { when: Date.now() });
  });
}

/** Both pages say it, the rows are as they were, and nobody is called. */
async function expectSaidOnce(what: RegExp): Promise<void> {
  for (const page of [screens.options, screens.popup]) await line(page).getByText(what).waitFor();
  for (const name of [KEYS, BASIC]) {
    expect(await tableRow(screens.options, name).textContent()).toContain('Active');
    expect(await popupRow(screens.popup, name).textContent()).not.toContain('verify');
  }
  expect(await badgeText(world.page)).toBe('');
  expect(await notifications(world.page)).toEqual([]);
}

async function expectNothingSaid(): Promise<void> {
  await eventually(async () => {
    expect(await line(screens.options).textContent()).toBe('');
    expect(await line(screens.popup).textContent()).toBe('');
  });
}

describe('a network that hears nobody', () => {
  afterEach(() => world.browser.context.setOffline(false));

  it('because it is switched off is one line, and what is due is asked when it is back [F9]', async () => {
    const { id } = await connectByKey(world, 'alice');
    await connectByBasic(world, 'alice');
    await world.browser.context.setOffline(true);
    await makeOverdue(world.page);
    await expectSaidOnce(/Offline\. Showing what was last known/);
    const { checkedAt } = await connection(world, id);
    await world.browser.context.setOffline(false);
    await eventually(async () =>
      expect((await connection(world, id)).checkedAt).toBeGreaterThan(checkedAt ?? 0),
    );
    await expectNothingSaid();
  });

  it.each([
    ['a portal answers for everybody', { kind: 'html' }],
    ['every connection breaks', { kind: 'reset' }],
  ] as const)(
    'because %s is one line, and over with the first answer [F10 F11]',
    async (_, fault) => {
      const before = [await connectByKey(world, 'alice'), await connectByBasic(world, 'alice')];
      world.practice.control.setFault('keys', fault);
      world.practice.control.setFault('basic', fault);
      await checkAll();
      await expectSaidOnce(/No provider answers: you seem to be offline/);
      expect(await Promise.all(before.map(({ id }) => connection(world, id)))).toEqual(before);
      world.practice.control.reset();
      await checkAll();
      await expectNothingSaid();
    },
  );
});

describe('a provider that lets many connections down', () => {
  it('is one line about the provider, and its row is no alarm', async () => {
    for (const environmentId of ['production', 'staging', 'development'])
      await connectByKey(world, 'alice', { environmentId });
    await connectByBasic(world, 'alice');
    world.practice.control.setFault('keys', { kind: 'status', status: 503 });
    await checkAll();
    const said = /Practice Keys has trouble: 3 connections could not be checked since/;
    for (const page of [screens.options, screens.popup]) await line(page).getByText(said).waitFor();
    expect(await badgeText(world.page)).toBe('');
    expect(await notifications(world.page)).toEqual([]);
    for (const page of [screens.options, screens.popup]) await expectNothingFound(page);
    world.practice.control.reset();
    await checkAll();
    await expectNothingSaid();
  });
});

describe('a clock or a machine that slept', () => {
  it('finds everything overdue and every token expired, and condemns nobody [F19]', async () => {
    const cloud = await connectByOauth(world, 'alice');
    const key = await connectByKey(world, 'alice');
    world.practice.control.expireAccessTokens('alice');
    // Before: an alarm that is being planned this moment may come first.
    world.practice.requests.clear();
    await makeOverdue(world.page);
    await wakeByAlarm();
    await eventually(async () => {
      for (const { id, checkedAt } of [cloud, key])
        expect((await connection(world, id)).checkedAt).toBeGreaterThan(checkedAt ?? 0);
    });
    for (const { id } of [cloud, key])
      expect((await connection(world, id)).health.kind).toBe('active');
    expect(world.practice.requests.to('authorisation', '/token')).toHaveLength(1);
  });
});

describe('a permission that was withdrawn', () => {
  it('is needed, not broken; it is asked for by a button, and given the row is well [F37]', async () => {
    const { id } = await connectByKey(world, 'alice');
    const { keys } = world.practice.definitions;
    const check = { ...keys.check, url: 'https://far.invalid/v1' };
    await plantDefinition(world.page, { ...keys, check });
    await world.browser.stopWorker();
    await world.call('listProviders', {});
    await fire('onRemoved');
    const row = tableRow(screens.options, KEYS);
    await row.getByText('Permission needed').waitFor();
    await row.getByRole('button', { name: `Allow access: ${KEYS}` }).waitFor();
    const inPopup = popupRow(screens.popup, KEYS);
    await inPopup.getByText('Permission needed').waitFor();
    expect(await badgeText(world.page)).toBe('');
    expect(await notifications(world.page)).toEqual([]);
    expect((await connection(world, id)).health).toMatchObject({ doubt: 'permission-missing' });

    await inPopup.getByRole('button', { name: `Allow access: ${KEYS}` }).click();
    await eventually(() => expect(screens.options.url()).toContain(`#/connections/${id}`));
    await plantDefinition(world.page, keys);
    await world.browser.stopWorker();
    await world.call('listProviders', {});
    await fire('onAdded');
    await row.getByText('Active').waitFor();
  });
});
