/**
 * Everything without a pointer.
 */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { allowAs, signInWindow } from '../support/browser/sign-in-window.ts';
import {
  attemptReconnect,
  connectByBasic,
  connectByKey,
  connectByOauth,
} from './support/connect.ts';
import { useScreens } from './support/screens.ts';
import { expectFocus } from './support/settled.ts';
import { useWorld } from './support/world.ts';

const world = useWorld();
const screens = useScreens(world);

const BASIC = 'Practice Basic · alice@practice.example';
const CLOUD = 'Practice Cloud · alice@practice.example';
const KEYS = 'Practice Keys · alice@practice.example';

/** The accessible name of what has the focus. */
function focused(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const element = document.activeElement;
    return element?.getAttribute('aria-label') ?? element?.textContent ?? null;
  });
}

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Presses Tab until what is wanted has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  const passed: (string | null)[] = [];
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press('Tab');
    const here = await focused(page);
    if (here === name) return;
    passed.push(here);
  }
  throw new Error(`Tab does not reach "${name}", but: ${passed.join(' | ')}`);
}

describe('in the popup', () => {
  it('search and Enter lead from opening to mended', async () => {
    await connectByBasic(world, 'alice');
    await connectByOauth(world, 'alice');
    world.practice.control.revokeGrants('alice');
    await world.call('checkNow', { ids: [] });
    const { popup } = screens;
    await screens.popupRow(CLOUD).getByText('Reconnect needed').waitFor();
    await press(popup, '/');
    await popup.keyboard.type('cloud');
    await screens.popupRow(BASIC).waitFor({ state: 'detached' });
    const opening = signInWindow(world.browser.context);
    await press(popup, 'Enter');
    await allowAs(await opening, 'alice');
    await screens.popupRow(CLOUD).getByText('Active').waitFor();
    await press(popup, '/', 'Escape');
    await expect.poll(() => popup.getByRole('searchbox').inputValue()).toBe('');
  });

  it('arrows go through rows and what is in them, and the menu gives the focus back', async () => {
    await connectByKey(world, 'alice');
    const { popup } = screens;
    await screens.popupRow(KEYS).waitFor();
    await press(popup, 'ArrowDown');
    await expect.poll(() => focused(popup)).toBe(`Open ${KEYS}`);
    await press(popup, 'ArrowRight');
    await expect.poll(() => focused(popup)).toBe(`More for ${KEYS}`);
    await press(popup, 'Enter');
    await expect.poll(() => focused(popup)).toBe('Check now');
    await press(popup, 'End', 'Home', 'ArrowDown', 'Escape');
    await expect.poll(() => focused(popup)).toBe(`More for ${KEYS}`);
    await press(popup, 'ArrowUp');
    await expect.poll(() => focused(popup)).toBe('Search connections');
  });
});

describe('in the popup, whose list changes under the focus,', () => {
  it('the focus stays in its row', async () => {
    await connectByBasic(world, 'alice');
    const { id } = await connectByOauth(world, 'alice');
    world.practice.control.revokeGrants('alice');
    await world.call('checkNow', { ids: [] });
    const { popup } = screens;
    await screens.popupRow(CLOUD).getByText('Reconnect needed').waitFor();
    await press(popup, 'ArrowDown');
    await expect.poll(() => focused(popup)).toBe(`Reconnect ${CLOUD}`);
    await attemptReconnect(world, id, 'alice');
    await expect.poll(() => focused(popup)).toBe(`Open ${CLOUD}`);
    await press(popup, 'ArrowUp');
    await expect.poll(() => focused(popup)).toBe(`Open ${BASIC}`);
  });
});

describe('in the options page', () => {
  it('a refused key is replaced', async () => {
    await connectByKey(world, 'alice');
    const key = world.practice.control.rotateKey('alice');
    await world.call('checkNow', { ids: [] });
    const { options } = screens;
    await screens.tableRow(KEYS).getByText('Reconnect needed').waitFor();
    await tabTo(options, `Reconnect ${KEYS}`);
    await press(options, 'Enter');
    const dialog = options.getByRole('dialog', { name: `Reconnect ${KEYS}` });
    await dialog.waitFor();
    await expectFocus(dialog.getByLabel('API key', { exact: true }));
    await options.keyboard.type(key);
    await press(options, 'Enter');
    await dialog.waitFor({ state: 'detached' });
    await screens.tableRow(KEYS).getByText('Active').waitFor();
  });

  it('a connection is renamed, and the focus comes back to where it was', async () => {
    await connectByKey(world, 'alice');
    const { options } = screens;
    await screens.tableRow(KEYS).waitFor();
    await tabTo(options, `Rename ${KEYS}`);
    await press(options, 'Enter');
    await expectFocus(options.getByRole('dialog').getByLabel('Name', { exact: true }));
    await options.keyboard.type('Renamed');
    await press(options, 'Enter');
    await screens.tableRow('Renamed').waitFor();
    await options.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => focused(options)).toBe('Rename Renamed');
  });
});
