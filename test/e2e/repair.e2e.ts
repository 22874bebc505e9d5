/**
 * "Reconnect all": everything that broke, one after the other, whatever comes in between.
 */
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { badgeText } from '../support/browser/observe.ts';
import { allowAs, denyAs, signInWindow } from '../support/browser/sign-in-window.ts';
import { signInAs } from '../support/journey/options-page.ts';
import { expectNothingFound } from './support/axe.ts';
import { connectByKey, connectByOauth, notedWindow } from './support/connect.ts';
import { eventually } from './support/eventually.ts';
import { openOptions, openPopup, useScreens } from './support/screens.ts';
import { useWorld } from './support/world.ts';

const world = useWorld();
const screens = useScreens(world, ['options']);

/**
 * Two sign-ins of alice, one of bob and one key of alice, all ended at the providers.
 * @returns the key that alice has now
 */
async function fourBroken(): Promise<string> {
  await connectByOauth(world, 'alice', { name: 'Ads' });
  await connectByOauth(world, 'alice', { name: 'Billing', environmentId: 'staging' });
  world.practice.control.signOut();
  await connectByOauth(world, 'bob', { name: 'Crm' });
  world.practice.control.signOut();
  await connectByKey(world, 'alice', { name: 'Keys' });
  const key = world.practice.control.rotateKey('alice');
  for (const person of ['alice', 'bob'] as const) world.practice.control.revokeGrants(person);
  await world.call('checkNow', { ids: [] });
  await eventually(async () => expect(await healths()).not.toContain('active'));
  return key;
}

async function healths(): Promise<string[]> {
  const all = await world.records('connections');
  return all.sort((a, b) => (a.name < b.name ? -1 : 1)).map(({ health }) => health.kind);
}

/** Opens the queue anew, as a person who comes back to it. */
function openQueue(): Promise<Page> {
  return openOptions(world, '#/repair');
}

async function beginQueue(): Promise<Page> {
  const page = await openQueue();
  await page.getByRole('button', { name: 'Start' }).click();
  await turn(page, 'Ads').waitFor();
  return page;
}

function turn(page: Page, name: string): Locator {
  return page.getByRole('region', { name: `Now: ${name}` });
}

function said(page: Page, text: string): Locator {
  return page.getByRole('status', { name: 'Messages' }).getByText(text);
}

function button(page: Page, name: string): Locator {
  return page.getByRole('button', { name, exact: true });
}

/** Waits until the window that stands is known to be its attempt's own. */
async function windowNoted(): Promise<void> {
  const all = await world.records('authorizations');
  const waiting = all.find(({ state }) => state.kind === 'waiting');
  await notedWindow(world, waiting?.id ?? '');
}

/** What the summary counts. */
function tally(page: Page): Promise<string[]> {
  return page
    .getByRole('list', { name: 'What became of them' })
    .getByRole('listitem')
    .allInnerTexts();
}

/** Mends whose turn it is, through the window. */
function mendAs(page: Page, person: string): Promise<void> {
  return signInAs(page, person, () => button(page, 'Reconnect').click());
}

describe('the queue', () => {
  it('leads through all that broke, also when page and worker end in the middle', async () => {
    const key = await fourBroken();
    const popup = await openPopup(world);
    await popup.getByRole('button', { name: 'Reconnect all (4)' }).click();
    const { options } = screens;
    await eventually(() => expect(options.url()).toContain('#/repair'));
    await options.getByText('4 connections ask for you.').waitFor();
    await button(options, 'Start').click();
    await options.getByText('1 of 4').waitFor();

    const opening = signInWindow(world.browser.context);
    await button(options, 'Reconnect').click();
    const window = await opening;
    await window.getByText('Patchbay suggests alice@practice.example').waitFor();
    await allowAs(window, 'alice');
    await said(options, 'Ads: connected again').waitFor();
    await turn(options, 'Billing').waitFor();
    await options.getByText('2 of 4').waitFor();

    const second = signInWindow(world.browser.context);
    await button(options, 'Reconnect').click();
    const abandoned = await second;
    await windowNoted();
    await options.close();
    await world.browser.stopWorker();
    const page = await openQueue();
    await eventually(() => expect(abandoned.isClosed()).toBe(true));
    await page.getByText('A queue is under way: 2 of 4 is next.').waitFor();
    await button(page, 'Continue').click();
    await turn(page, 'Billing').waitFor();
    await mendAs(page, 'alice');
    await turn(page, 'Crm').waitFor();

    await button(page, 'Skip').click();
    await said(page, 'Crm: skipped').waitFor();
    await turn(page, 'Keys').getByLabel('API key', { exact: true }).fill(key);
    await button(page, 'Reconnect').click();
    await page.getByRole('heading', { name: 'What became of them' }).waitFor();
    await expect
      .poll(() => tally(page))
      .toEqual(['3 mended', '0 left for later', '1 skipped', '0 failed']);
    expect(await page.getByRole('list', { name: 'Skipped' }).innerText()).toMatch(
      /^Crm\s+Production$/,
    );
    expect(await healths()).toEqual(['active', 'active', 'reconnect', 'active']);
    await eventually(async () => expect(await badgeText(world.page)).toBe('1'));
    await button(page, 'Close').click();
    await eventually(() => expect(page.url()).toContain('#/connections'));
    await eventually(async () => {
      const attempts = await world.records('authorizations');
      expect(attempts.filter(({ state }) => state.kind !== 'done')).toEqual([]);
    });
  });

  it('says which failed and why, leaves what was cancelled for later, and starts again with both', async () => {
    const key = await fourBroken();
    const page = await beginQueue();
    const denying = signInWindow(world.browser.context);
    await button(page, 'Reconnect').click();
    await denyAs(await denying, 'alice');
    await turn(page, 'Ads').getByRole('alert').waitFor();
    await button(page, 'Next').click();

    const closing = signInWindow(world.browser.context);
    await turn(page, 'Billing').getByRole('button', { name: 'Reconnect' }).click();
    await (await closing).close();
    await said(page, 'Billing: left for later').waitFor();
    await turn(page, 'Crm').waitFor();
    await button(page, 'Later').click();
    await turn(page, 'Keys').getByLabel('API key', { exact: true }).fill('pk_practice_wrong');
    await button(page, 'Reconnect').click();
    await turn(page, 'Keys').getByRole('alert').waitFor();
    await turn(page, 'Keys').getByLabel('API key', { exact: true }).fill(key);
    await button(page, 'Try again').click();
    await page.getByRole('heading', { name: 'What became of them' }).waitFor();
    await expect
      .poll(() => tally(page))
      .toEqual(['1 mended', '2 left for later', '0 skipped', '1 failed']);
    const failed = page.getByRole('list', { name: 'Not mended' });
    expect(await failed.innerText()).toMatch(
      /^Ads\s+Production\s+Access was declined at the provider/,
    );

    await failed.getByRole('link', { name: 'Ads' }).click();
    await page.getByRole('region', { name: 'Details of Ads' }).waitFor();
    await page.goBack();
    await button(page, 'Start again with the 3 left').click();
    await page.getByText('1 of 3').waitFor();
    expect(await healths()).toEqual(['reconnect', 'reconnect', 'reconnect', 'active']);
  });

  it('keeps the turn where the worker alone ends, and says so when the person comes back', async () => {
    await fourBroken();
    const { options } = screens;
    await options.getByRole('button', { name: 'Reconnect all (4)' }).click();
    await button(options, 'Start').click();
    const opening = signInWindow(world.browser.context);
    await turn(options, 'Ads').getByRole('button', { name: 'Reconnect' }).click();
    const window = await opening;
    await windowNoted();
    await world.browser.stopWorker();
    // As the browser tells the page when the window before it is gone.
    await options.evaluate(() => dispatchEvent(new Event('focus')));
    await turn(options, 'Ads').getByText('It was interrupted before it was finished').waitFor();
    await eventually(() => expect(window.isClosed()).toBe(true));
    await options.getByText('1 of 4').waitFor();
    await mendAs(options, 'alice');
    await turn(options, 'Billing').waitFor();
    expect(await healths()).toEqual(['active', 'reconnect', 'reconnect', 'reconnect']);
  });

  it('waits for an answer where somebody else signed in', async () => {
    await fourBroken();
    const page = await beginQueue();
    await mendAs(page, 'bob');
    await turn(page, 'Ads')
      .getByText(/You signed in as bob@practice.example/)
      .waitFor();
    await page.getByText('1 of 4').waitFor();
    const again = button(page, 'Try again as alice@practice.example');
    world.practice.control.signOut();
    await signInAs(page, 'alice', () => again.click());
    await turn(page, 'Billing').waitFor();
    expect(await healths()).toEqual(['active', 'reconnect', 'reconnect', 'reconnect']);
  });

  it('opens the next window by itself where it shall, and stops where the person says', async () => {
    await fourBroken();
    const page = await beginQueue();
    await page.getByRole('switch', { name: 'Continue automatically' }).click();
    const { context } = world.browser;
    const first = signInWindow(context);
    await button(page, 'Reconnect').click();
    const ofAds = await first;
    // Each opens by itself after the one before, and a message goes again: both are awaited beforehand.
    const second = signInWindow(context);
    await allowAs(ofAds, 'alice');
    const ofBilling = await second;
    const opening = signInWindow(context);
    const [third] = await Promise.all([
      opening,
      said(page, 'Billing: connected again').waitFor(),
      allowAs(ofBilling, 'alice'),
    ]);
    await button(page, 'Cancel').click();
    await eventually(() => expect(third.isClosed()).toBe(true));
    await turn(page, 'Keys').waitFor();
    await button(page, 'Stop').click();
    await page.getByText('1 had no turn', { exact: true }).waitFor();
    expect(await healths()).toEqual(['active', 'active', 'reconnect', 'reconnect']);
  });

  it('lets go of what works again by itself', async () => {
    await connectByOauth(world, 'alice', { name: 'Ads' });
    world.practice.control.revokeGrants('alice');
    await connectByKey(world, 'alice', { name: 'Keys' });
    world.practice.control.setFault('keys', {
      kind: 'body',
      status: 401,
      body: { error: { code: 'invalid_key' } },
    });
    await world.call('checkNow', { ids: [] });
    const page = await beginQueue();
    world.practice.control.setFault('keys', null);
    await world.call('checkNow', { ids: [] });
    await said(page, 'Keys: works again by itself').waitFor();
    await button(page, 'Skip').click();
    await page.getByText('1 works again by itself', { exact: true }).waitFor();
    expect(await healths()).toEqual(['reconnect', 'active']);
  });

  it('names what a new sign-in would not mend, and what would', async () => {
    await fourBroken();
    await connectByOauth(world, 'bob', { name: 'Policy', environmentId: 'staging' });
    world.practice.control.takeRoleAway('bob');
    await world.call('checkNow', { ids: [] });
    const page = await openQueue();
    const apart = page.getByRole('list', { name: 'Not in this queue' });
    await apart.getByText('Ask for the missing role or scope').waitFor();
    await expect.poll(() => apart.getByRole('link').allInnerTexts()).toEqual(['Policy']);
  });
});

describe('without a pointer', () => {
  it('the focus is where the next key is wanted, from Start to the summary', async () => {
    const key = await fourBroken();
    const page = await openQueue();
    await button(page, 'Start').focus();
    await page.keyboard.press('Enter');
    await turn(page, 'Ads').waitFor();
    await signInAs(page, 'alice', () => pressOn(page, 'Reconnect'));
    await turn(page, 'Billing').waitFor();
    await expectFocus(page, 'Reconnect');
    for (const name of ['Billing', 'Crm']) {
      await turn(page, name).waitFor();
      await expectFocus(page, 'Reconnect');
      await page.keyboard.press('Tab');
      await pressOn(page, 'Later');
    }
    await turn(page, 'Keys').waitFor();
    await eventually(async () =>
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT'),
    );
    await page.keyboard.type(key);
    await page.keyboard.press('Enter');
    await expectFocus(page, 'Start again with the 2 left');
    await expect
      .poll(() => tally(page))
      .toEqual(['2 mended', '2 left for later', '0 skipped', '0 failed']);
  });
});

describe('assistive technology', () => {
  it('is given nothing wrong where there is nothing to do', async () => {
    const page = await openQueue();
    await page.getByRole('heading', { name: 'Nothing asks to be reconnected' }).waitFor();
    await expectNothingFound(page);
  });

  it('is given nothing wrong', async () => {
    await fourBroken();
    const page = await openQueue();
    await button(page, 'Start').waitFor();
    await expectNothingFound(page);
    await button(page, 'Start').click();
    for (const name of ['Ads', 'Billing', 'Crm']) {
      await turn(page, name).waitFor();
      await expectNothingFound(page);
      await button(page, 'Later').click();
    }
    await turn(page, 'Keys').getByLabel('API key', { exact: true }).fill('pk_practice_wrong');
    await button(page, 'Reconnect').click();
    await turn(page, 'Keys').getByRole('alert').waitFor();
    await expectNothingFound(page);
    await button(page, 'Next').click();
    await page.getByRole('list', { name: 'Not mended' }).waitFor();
    await page.setViewportSize({ width: 400, height: 700 });
    await expectNothingFound(page);
  });
});

async function focusedText(page: Page): Promise<string | null | undefined> {
  return page.evaluate(() => document.activeElement?.textContent);
}

async function expectFocus(page: Page, name: string): Promise<void> {
  await eventually(async () => expect(await focusedText(page)).toBe(name));
}

/** Presses Enter on what has the focus, once that is what is meant. */
async function pressOn(page: Page, name: string): Promise<void> {
  await expectFocus(page, name);
  await page.keyboard.press('Enter');
}
