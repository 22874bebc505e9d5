/**
 * The popup as it hangs from the toolbar, and what narrows and hands on what it shows.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../lib/domain/connection.ts';
import type { ToolbarPopup } from '../support/browser/toolbar-popup.ts';
import { attempt, connectByBasic, connectByKey, connectionOf, keyWish } from './support/connect.ts';
import { eventually } from './support/eventually.ts';
import { openOptions, openPopup, useScreens } from './support/screens.ts';
import { expectFocus } from './support/settled.ts';
import { keptRecord } from './support/stored.ts';
import { useWorld } from './support/world.ts';

declare const chrome: {
  readonly tabs: { getCurrent(): Promise<{ readonly active: boolean } | undefined> };
};

/** Pages of the provider "Zebra Crew": a name of this machine for which we hold no permission. */
const CREW_HOST = 'app.crew.example';
const KEYS = 'Practice Keys · alice@practice.example';
const BASIC = 'Practice Basic · alice@practice.example';
const CREW = 'Zebra Crew · alice@practice.example';

let pages: Server;
let crewUrl: string;

const world = useWorld(async () => {
  pages = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>A page</title><p>Nothing but a page</p>');
  });
  await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve));
  const { port } = pages.address() as AddressInfo;
  crewUrl = `http://${CREW_HOST}:${port}/board?card=a-private-card`;
  return { args: [`--host-resolver-rules=MAP ${CREW_HOST} 127.0.0.1`] };
});
afterAll(() => pages.close());

/** A service like Practice Keys whose people go to `crew.example`. */
async function connectToCrew(): Promise<Connection> {
  const crew = { ...world.practice.definitions.keys, id: 'zebra-crew', name: 'Zebra Crew' };
  const text = JSON.stringify({ ...crew, sites: ['crew.example'] });
  await world.call('importProvider', { text });
  const wish = keyWish(world, 'alice', { providerId: 'zebra-crew' });
  return connectionOf(world, await attempt(world, wish));
}

/** The names in the list of a popup, from above, once there are so many. */
function namesIn(popup: ToolbarPopup, count: number): Promise<string[]> {
  return eventually(async () => {
    const names = await popup.evaluate(() =>
      [...document.querySelectorAll('.popup-row')]
        .toSorted((a, b) => Number(a.ariaPosInSet) - Number(b.ariaPosInSet))
        .map((row) => row.querySelector('.popup-row-name')?.textContent ?? ''),
    );
    expect(names).toHaveLength(count);
    return names;
  });
}

/** Whether the tab of one of our pages is the one that is seen in its window. */
function isInFront(page: Page): Promise<boolean | undefined> {
  return page.evaluate(async () => (await chrome.tabs.getCurrent())?.active);
}

/** Runs in a popup, and answers before the popup is gone. */
function pressOpenConnections(): void {
  const button = document.querySelector<HTMLElement>('.popup-open');
  setTimeout(() => button?.click());
}

/** Runs in a popup, and answers before the popup is gone. */
async function pressOpenDetails(): Promise<void> {
  document.querySelector<HTMLElement>('.popup-row [aria-haspopup="menu"]')?.click();
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const items = [...document.querySelectorAll<HTMLElement>('[role="menuitem"]')];
  const details = items.find(({ textContent }) => textContent === 'Open details');
  setTimeout(() => details?.click());
}

async function namesOver(url: string, count: number): Promise<string[]> {
  const tab = await world.browser.context.newPage();
  await tab.goto(url);
  const popup = await world.browser.openToolbarPopup(tab);
  const names = await namesIn(popup, count);
  await popup.close();
  await tab.close();
  return names;
}

describe('opened over a page', () => {
  it('of a provider has its connections first within each health, without a permission', async () => {
    await connectByBasic(world, 'alice');
    await connectByKey(world, 'alice');
    await connectToCrew();
    expect(await namesOver('about:blank#nothing', 3)).toEqual([BASIC, KEYS, CREW]);
    expect(await namesOver(crewUrl, 3)).toEqual([CREW, BASIC, KEYS]);
    world.practice.control.revokeKey('alice');
    await world.call('checkNow', { ids: [] });
    expect(await namesOver(crewUrl, 3)).toEqual([CREW, KEYS, BASIC]);
  });

  it('at the address of a service finds its connections by that', async () => {
    await connectByBasic(world, 'alice');
    await connectByKey(world, 'alice');
    const { keys } = world.practice.origins;
    expect(await namesOver(`${keys}/v1/whoami`, 2)).toEqual([KEYS, BASIC]);
  });

  it('hands on to the page of connections, and closes', async () => {
    const { id } = await connectByKey(world, 'alice');
    const tab = await world.browser.context.newPage();
    await tab.goto('about:blank#hand-on');
    for (const { press, hash, role, name } of [
      { press: pressOpenConnections, hash: '#/connections', role: 'table', name: 'Connections' },
      {
        press: pressOpenDetails,
        hash: `#/connections/${id}`,
        role: 'region',
        name: `Details of ${KEYS}`,
      },
    ] as const) {
      const popup = await world.browser.openToolbarPopup(tab);
      await namesIn(popup, 1);
      const opening = world.browser.context.waitForEvent('page');
      await popup.evaluate(press);
      const opened = await opening;
      await popup.closed;
      await opened.getByRole(role, { name, exact: true }).waitFor();
      expect(new URL(opened.url()).hash).toBe(hash);
      await opened.close();
    }
    await tab.close();
  });

  it('leaves the list as it is in the tab that has it, and brings that tab to the front', async () => {
    const { id } = await connectByKey(world, 'alice');
    const settings = await openOptions(world, '#/settings');
    const list = await openOptions(world, '#/connections?q=keys&sort=name');
    const tab = await world.browser.context.newPage();
    await tab.goto('about:blank#two-tabs');
    for (const [press, hash] of [
      [pressOpenConnections, '#/connections?q=keys&sort=name'],
      [pressOpenDetails, `#/connections/${id}?q=keys&sort=name`],
    ] as const) {
      const popup = await world.browser.openToolbarPopup(tab);
      await namesIn(popup, 1);
      await popup.evaluate(press);
      await popup.closed;
      await expect.poll(() => isInFront(list)).toBe(true);
      await expect.poll(() => new URL(list.url()).hash).toBe(hash);
    }
    expect(new URL(settings.url()).hash).toBe('#/settings');
    await Promise.all([settings.close(), list.close(), tab.close()]);
  });

  it('is searched by its keys: Esc clears the search, and then is left to the browser, which closes', async () => {
    await connectByBasic(world, 'alice');
    await connectByKey(world, 'alice');
    const tab = await world.browser.context.newPage();
    await tab.goto('about:blank#keys');
    const popup = await world.browser.openToolbarPopup(tab);
    await namesIn(popup, 2);
    // DevTools' keys do not reach the browser itself: it would close on what the page leaves to it.
    await popup.evaluate(() => {
      const root = document.documentElement;
      addEventListener('keydown', ({ key, defaultPrevented }) => {
        if (key === 'Escape')
          root.dataset['taken'] = `${root.dataset['taken'] ?? ''} ${defaultPrevented}`;
      });
    });
    const press = async (key: string, windowsVirtualKeyCode: number, text = ''): Promise<void> => {
      const event = { key, windowsVirtualKeyCode, text };
      await popup.session.send('Input.dispatchKeyEvent', { type: 'keyDown', ...event });
      await popup.session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
    };
    await press('/', 191, '/');
    for (const letter of 'keys') await press(letter, letter.toUpperCase().charCodeAt(0), letter);
    expect(await namesIn(popup, 1)).toEqual([KEYS]);
    await press('Escape', 27);
    await namesIn(popup, 2);
    expect(await popup.evaluate(() => document.querySelector('input')?.value)).toBe('');
    await press('Escape', 27);
    const taken = await popup.evaluate(() => document.documentElement.dataset['taken']);
    expect(taken).toBe(' true false');
    await popup.close();
    await tab.close();
  });

  it('keeps neither its host nor its address, and tells them to nobody', async () => {
    await connectToCrew();
    await namesOver(crewUrl, 1);
    await world.recorder.look(world.browser);
    expect(world.recorder.places()).toContain('records of patchbay/connections');
    expect(world.recorder.leaks([CREW_HOST, 'a-private-card'])).toEqual([]);
  });
});

describe('opened as a page', () => {
  const screens = useScreens(world, ['popup']);
  const summary = () => screens.popup.getByRole('status', { name: 'Summary' });
  const environment = () => screens.popup.getByRole('combobox', { name: 'Environment' });
  const rows = () => screens.popup.getByRole('list', { name: 'Connections' }).getByRole('listitem');

  beforeEach(async () => {
    await connectByKey(world, 'alice');
    await screens.popupRow(KEYS).waitFor();
  });

  it('shows, counts and remembers one environment', async () => {
    const staged = keyWish(world, 'bob', { environmentId: 'staging', name: 'Staged' });
    await attempt(world, staged);
    await screens.popupRow('Staged').waitFor();
    await expect.poll(() => summary().innerText()).toBe('All 2 connections active');
    await environment().selectOption('Staging');
    await screens.popupRow(KEYS).waitFor({ state: 'detached' });
    await expect
      .poll(async () => [await rows().count(), await summary().innerText()])
      .toEqual([1, '1 connection active']);
    const again = await openPopup(world);
    await again.getByRole('listitem', { name: 'Staged' }).waitFor();
    const combobox = again.getByRole('combobox', { name: 'Environment' });
    await expect.poll(() => combobox.inputValue()).toBe('staging');
    await expect.poll(() => again.getByRole('listitem').count()).toBe(1);
    expect(await keptRecord(world.page, 'settings')).toMatchObject({ environmentId: 'staging' });
    await combobox.selectOption('Development');
    await again.getByRole('button', { name: 'Show all environments' }).click();
    await again.getByRole('listitem', { name: KEYS }).waitFor();
  });

  it('has a menu that is used by its keys alone', async () => {
    const { popup } = screens;
    const more = popup.getByRole('button', { name: `More for ${KEYS}` });
    const focused = () => popup.evaluate(() => document.activeElement?.textContent);
    const press = async (key: string) => {
      await popup.keyboard.press(key);
      return focused();
    };
    await more.focus();
    await popup.keyboard.press('Enter');
    const menu = popup.getByRole('menu', { name: `More for ${KEYS}` });
    await expect
      .poll(() => menu.getByRole('menuitem').allInnerTexts())
      .toEqual([
        'Check now',
        'Reconnect',
        'Pause sync',
        'Mute notifications',
        'Open details',
        'Copy evidence',
      ]);
    await expect.poll(focused).toBe('Check now');
    const walked = [];
    for (const key of ['ArrowDown', 'End', 'ArrowDown', 'ArrowUp', 'Home'])
      walked.push(await press(key));
    expect(walked).toEqual([
      'Reconnect',
      'Copy evidence',
      'Check now',
      'Copy evidence',
      'Check now',
    ]);
    await popup.keyboard.press('Escape');
    await menu.waitFor({ state: 'detached' });
    await expectFocus(more);
    await popup.keyboard.press('Enter');
    await expect.poll(focused).toBe('Check now');
    for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await popup.keyboard.press(key);
    await screens.popupRow(KEYS).getByText('Sync paused').waitFor();
    await expectFocus(more);
  });

  it('checks one alone from its menu, and resumes what it paused', async () => {
    const other = await connectByBasic(world, 'alice');
    await screens.popupRow(BASIC).waitFor();
    const { popup } = screens;
    await popup.bringToFront();
    const choose = async (item: string): Promise<void> => {
      await popup.getByRole('button', { name: `More for ${KEYS}` }).click();
      await popup.getByRole('menuitem', { name: item, exact: true }).click();
    };
    const checkedAt = async () =>
      new Map((await world.records('connections')).map((one) => [one.id, one.checkedAt]));
    const before = await checkedAt();
    await choose('Check now');
    await popup.getByText('1 connection checked', { exact: true }).waitFor();
    const after = await checkedAt();
    expect([...after.keys()].filter((id) => after.get(id) === before.get(id))).toEqual([other.id]);
    await choose('Pause sync');
    await screens.popupRow(KEYS).getByText('Sync paused').waitFor();
    await choose('Resume sync');
    await screens.popupRow(KEYS).getByText('Sync paused').waitFor({ state: 'detached' });
    expect((await world.records('connections')).map(({ sync }) => sync.kind)).toEqual(['on', 'on']);
  });

  it('copies the evidence, without the key that the provider put into its answer', async () => {
    const { control } = world.practice;
    const key = control.keyOf('alice');
    const body = { error: { code: 'invalid_key', message: `The key ${key} was refused` } };
    control.setFault('keys', { kind: 'body', status: 401, body });
    await world.call('checkNow', { ids: [] });
    const { popup } = screens;
    await screens.popupRow(KEYS).getByText('Reconnect needed').waitFor();
    await world.browser.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await popup.bringToFront();
    await popup.getByRole('button', { name: `More for ${KEYS}` }).click();
    await popup.getByRole('menuitem', { name: 'Copy evidence' }).click();
    await popup.getByText('Evidence copied. It holds no secrets.').waitFor();
    const text = await popup.evaluate(() => navigator.clipboard.readText());
    expect(text).toContain(`${KEYS} (Practice Keys)`);
    expect(text).toContain('/v1/whoami | HTTP 401');
    expect(text).toContain('was refused');
    expect(text).not.toContain(key);
    await world.browser.context.clearPermissions();
  });
});
