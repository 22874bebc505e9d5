/**
 * What assistive technology is given: every screen and dialog, in both themes, wide and narrow.
 */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { allowAs, signInWindow } from '../support/browser/sign-in-window.ts';
import { expectNothingFound } from './support/axe.ts';
import {
  attempt,
  connectByBasic,
  connectByKey,
  connectByOauth,
  ended,
  keyWish,
  reconnectWish,
} from './support/connect.ts';
import { useScreens } from './support/screens.ts';
import { useWorld } from './support/world.ts';
import { authorization } from '../client/connections.ts';
import { shareOf } from '../support/deep.ts';

const world = useWorld();
const screens = useScreens(world);

const KEYS = 'Practice Keys · alice@practice.example';
const BASIC = 'Practice Basic · alice@practice.example';

/** One connection that works and one that broke. */
async function oneOfEach(): Promise<void> {
  await connectByBasic(world, 'alice');
  await connectByKey(world, 'alice');
  world.practice.control.revokeKey('alice');
  await world.call('checkNow', { ids: [] });
}

async function options(hash: string): Promise<Page> {
  await screens.options.goto(new URL(hash, screens.options.url()).href);
  return screens.options;
}

describe('axe finds nothing in the popup', () => {
  it('when there is no connection', async () => {
    await screens.popup.getByRole('button', { name: 'New connection' }).last().waitFor();
    await expectNothingFound(screens.popup);
  });

  it('with its list, its menu, and a search that finds nothing', async () => {
    await oneOfEach();
    await screens.popupRow(KEYS).getByText('Reconnect needed').waitFor();
    await expectNothingFound(screens.popup);
    await screens.popup.getByRole('button', { name: `More for ${KEYS}` }).click();
    await screens.popup.getByRole('menu').waitFor();
    await expectNothingFound(screens.popup);
    await screens.popup.keyboard.press('Escape');
    await screens.popup.getByRole('searchbox').fill('nothing like this');
    await screens.popup.getByRole('button', { name: 'Clear search' }).waitFor();
    await expectNothingFound(screens.popup);
  });
});

/** What needs a word of each kind of attempt: a choice, a failure, a way on, a wait. */
const IDENTITY = { id: 'a', label: 'alice@practice.example', workspace: null };
const ATTEMPTS = [
  [
    { kind: 'failed', code: 'window-busy', detail: null },
    { kind: 'mismatch', connectionId: 'c-1', expected: IDENTITY, received: IDENTITY },
    { kind: 'cancelled' },
  ],
  [{ kind: 'waiting' }, { kind: 'duplicate', connectionId: 'c-1', identity: IDENTITY }],
] as const;

/** Runs in a page. Puts attempts behind the back of the background, in place of what was there. */
async function plantAttempts(attempts: readonly object[]): Promise<void> {
  const db = await new Promise<IDBDatabase>((resolve) => {
    const opening = indexedDB.open('patchbay');
    opening.addEventListener('success', () => resolve(opening.result));
  });
  const store = db.transaction('authorizations', 'readwrite').objectStore('authorizations');
  store.clear();
  for (const attempt of attempts) store.put(attempt);
  await new Promise((resolve) => store.transaction.addEventListener('complete', resolve));
  db.close();
}

describe('axe finds nothing in the popup when it tells', () => {
  it('of attempts to sign in', async () => {
    const { popup } = screens;
    for (const states of ATTEMPTS) {
      const attempts = states.map((state, at) =>
        authorization({ id: `a-${at}`, state, createdAt: Date.now() - at }),
      );
      await world.page.evaluate(plantAttempts, attempts);
      await popup.reload();
      await popup.getByRole('region', { name: 'Attempts to sign in' }).waitFor();
      await expectNothingFound(popup);
    }
  });

  it('that the background does not answer', async () => {
    await connectByKey(world, 'alice');
    const { popup } = screens;
    await screens.popupRow(KEYS).waitFor();
    await popup.evaluate(() => {
      const { runtime } = Reflect.get(globalThis, 'browser') as { runtime: object };
      Reflect.defineProperty(runtime, 'sendMessage', { value: async () => undefined });
    });
    await popup.getByRole('button', { name: 'Check now' }).click();
    await popup.getByRole('alert').waitFor();
    await expectNothingFound(popup);
  });
});

describe('axe finds nothing in the options page', () => {
  it.each(['#/connections', '#/providers', '#/settings', '#/new'])(
    'at %s when there is no connection',
    async (hash) => {
      const page = await options(hash);
      await page.getByRole('navigation').waitFor();
      await expectNothingFound(page);
    },
  );

  it.each(shareOf([400, 760, 1280], [400, 1280]))('with its list at %i px', async (width) => {
    await oneOfEach();
    await screens.options.setViewportSize({ width, height: 800 });
    await screens.tableRow(KEYS).getByText('Reconnect needed').waitFor();
    await expectNothingFound(screens.options);
  });

  it.each(['Overview', 'Accounts', 'Activity'])('in the details, at %s', async (tab) => {
    await oneOfEach();
    const page = screens.options;
    await page.getByRole('button', { name: `More for ${KEYS}` }).click();
    await page.getByRole('menuitem', { name: 'Open details' }).click();
    await page.getByRole('tab', { name: tab }).click();
    await page.getByRole('tabpanel').waitFor();
    await expectNothingFound(page);
  });

  it('in the dialogs about one connection', async () => {
    await oneOfEach();
    const page = screens.options;
    for (const [button, dialog] of [
      [`Reconnect ${KEYS}`, `Reconnect ${KEYS}`],
      [`Rename ${BASIC}`, `Rename ${BASIC}`],
      [`Delete ${BASIC}`, 'Delete 1 connection'],
    ] as const) {
      await page.getByRole('button', { name: button }).click();
      await page.getByRole('dialog', { name: dialog }).waitFor();
      await expectNothingFound(page);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
  });

  it('in the strip of attempts that run, failed and ask, and where deleting can revoke', async () => {
    const { id, name } = await connectByOauth(world, 'alice');
    const ofBob = keyWish(world, 'bob');
    world.practice.control.revokeKey('bob');
    const failed = await attempt(world, ofBob);
    const opening = signInWindow(world.browser.context);
    const wish = { ...reconnectWish(id), chooseAccount: true };
    const [window, { authorizationId }] = await Promise.all([
      opening,
      world.call('reconnect', wish),
    ]);
    await allowAs(window, 'bob');
    const asking = await ended(world, authorizationId);
    const held = world.practice.control.holdNext('keys');
    await world.call('connect', keyWish(world, 'alice'));
    await held.reached;
    const page = screens.options;
    const strip = page.getByRole('list', { name: 'Attempts to sign in' });
    expect([failed.state.kind, asking.state.kind]).toEqual(['failed', 'mismatch']);
    await expect.poll(() => strip.getByRole('listitem').count()).toBe(3);
    await expectNothingFound(page);
    held.release();
    await strip.getByRole('listitem').nth(2).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: `Delete ${name}` }).click();
    await page.getByRole('checkbox', { name: /Also revoke access/ }).waitFor();
    await expectNothingFound(page);
  });

  it.each(['Practice Cloud', 'Practice Keys', 'Practice Basic', 'GitHub'])(
    'in the dialog for a new connection with %s',
    async (provider) => {
      const page = await options('#/new');
      const dialog = page.getByRole('dialog', { name: 'New connection' });
      await dialog.getByRole('button', { name: provider }).click();
      await dialog.getByLabel('Name (optional)').waitFor();
      await expectNothingFound(page);
    },
  );

  it('in the dialog for a definition, with its mistakes', async () => {
    const page = await options('#/providers');
    await page.getByRole('button', { name: 'Import provider' }).click();
    const dialog = page.getByRole('dialog', { name: 'Import provider' });
    await dialog.waitFor();
    await expectNothingFound(page);
    await dialog.getByLabel('Choose a definition (JSON)').setInputFiles({
      name: 'bad.json',
      mimeType: 'application/json',
      buffer: Buffer.from('{"id":"A B"}'),
    });
    await dialog.getByRole('table', { name: 'Mistakes' }).waitFor();
    await expectNothingFound(page);
  });
});
