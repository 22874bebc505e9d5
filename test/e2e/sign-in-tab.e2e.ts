/**
 * Signing in in an ordinary tab, in a browser that has no sign-in window: the same checks, the same
 * ends, and nothing left open.
 */
import { describe, expect, it } from 'vitest';
import { wakesWorker } from '../support/browser/background-worker.ts';
import { allowAs, denyAs, signInWindow } from '../support/browser/sign-in-window.ts';
import {
  attemptSignIn,
  connectByOauth,
  connection,
  connectionOf,
  ended,
  notedWindow,
  oauthWish,
  openSignIn,
} from './support/connect.ts';
import { eventually } from './support/eventually.ts';
import { openOptions, tableRow } from './support/screens.ts';
import { attemptSecrets } from './support/stored.ts';
import { useWorld } from './support/world.ts';

const world = useWorld();
const CLOUD = 'Practice Cloud · alice@practice.example';

/** Until the worker is stopped the browser says what Edge on Android says. */
async function loseWindow(): Promise<void> {
  const worker = await world.browser.worker();
  await worker.evaluate(() => {
    const { chrome } = globalThis as unknown as {
      chrome: { identity: { launchWebAuthFlow: () => Promise<never> } };
    };
    chrome.identity.launchWebAuthFlow = () =>
      Promise.reject(
        new Error("Couldn't create a browser window to display an authorization page."),
      );
  });
}

/** Each with the code that says so; the same checks as a window's, so that one does in a short run. */
const REFUSED = [
  { tamper: { kind: 'state-wrong' }, code: 'state-mismatch', row: 'O3' },
  { tamper: { kind: 'iss-wrong' }, code: 'issuer-mismatch', row: 'O4' },
  { tamper: { kind: 'other-path' }, code: 'redirect-mismatch', row: 'O5' },
] as const;

describe('where the browser has no sign-in window', () => {
  it('a connection is mended in a tab, and that is kept as a setting', async () => {
    const before = await connectByOauth(world, 'alice', { tags: ['kept'] });
    await loseWindow();
    const options = await openOptions(world, `#/connections/${before.id}?reconnect=1`);
    const dialog = options.getByRole('dialog', { name: `Reconnect ${CLOUD}` });
    await dialog.getByRole('button', { name: 'Reconnect' }).click();
    await dialog.getByText('This browser has no sign-in window for extensions.').waitFor();
    expect(await connection(world, before.id)).toEqual(before);

    const opening = signInWindow(world.browser.context);
    await dialog.getByRole('button', { name: 'Sign in in a tab' }).click();
    const tab = await opening;
    const refused: (string | undefined)[] = [];
    tab.on('requestfailed', (request) => {
      if (request.url().includes('.chromiumapp.org/')) refused.push(request.failure()?.errorText);
    });
    await dialog.getByText('Waiting for you to sign in to Practice Cloud in its tab').waitFor();
    const closed = tab.waitForEvent('close');
    await allowAs(tab, 'alice');
    await closed;
    await options.getByText(`${CLOUD} is connected again.`).waitFor();
    // The answer went to nobody but us: no resolver and no proxy was asked.
    await expect.poll(() => refused).toEqual(['net::ERR_BLOCKED_BY_CLIENT']);
    const after = await connection(world, before.id);
    expect(after).toMatchObject({ tags: ['kept'], health: { kind: 'active' } });
    expect(after.authorizedAt).toBeGreaterThan(before.authorizedAt ?? 0);
    await expect.poll(() => options.evaluate(() => document.visibilityState)).toBe('visible');

    await options.goto(options.url().replace(/#.*/, '#/settings'));
    const setting = options.getByRole('checkbox', { name: 'Always sign in in a tab' });
    await expect.poll(() => setting.isChecked()).toBe(true);
  });

  it('a new connection is offered a tab on the page, and is made there', async () => {
    await loseWindow();
    const { authorizationId } = await world.call('connect', oauthWish(world));
    expect((await ended(world, authorizationId)).state).toMatchObject({ code: 'window-missing' });
    const options = await openOptions(world);
    const strip = options.getByRole('list', { name: 'Attempts to sign in' });
    await strip.getByRole('button', { name: 'Sign in in a tab' }).click();
    const dialog = options.getByRole('dialog', { name: 'New connection' });
    const opening = signInWindow(world.browser.context);
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
    await allowAs(await opening, 'alice');
    await tableRow(options, CLOUD).waitFor();
    expect(await world.records('connections')).toMatchObject([{ health: { kind: 'active' } }]);
  });
});

describe('an attempt in a tab', () => {
  const inTab = () => world.call('saveSettings', { signsInInTab: true });

  it('is cancelled when the tab is closed, and from our pages, which closes the tab [F28]', async () => {
    await inTab();
    const first = await openSignIn(world);
    await first.window.close();
    expect((await ended(world, first.authorizationId)).state).toEqual({ kind: 'cancelled' });
    const { authorizationId, window } = await openSignIn(world);
    const closed = window.waitForEvent('close');
    await world.call('cancelAuthorization', { authorizationId });
    expect((await ended(world, authorizationId)).state).toEqual({ kind: 'cancelled' });
    await closed;
    expect(await attemptSecrets(world.page)).toEqual([]);
  });

  it('that the person denies says so [F29]', async () => {
    await inTab();
    const { authorizationId, window } = await openSignIn(world);
    const closed = window.waitForEvent('close');
    await denyAs(window, 'alice');
    expect((await ended(world, authorizationId)).state).toMatchObject({ code: 'denied' });
    await closed;
  });

  it.each(REFUSED)('is refused by $code before a code is sent [$row]', async ({ tamper, code }) => {
    await inTab();
    world.practice.control.setRedirectTamper(tamper);
    const { state } = await attemptSignIn(world, 'alice');
    expect(state).toEqual({ kind: 'failed', code, detail: null });
    expect(world.practice.requests.to('authorisation', '/token')).toEqual([]);
    expect(await world.records('connections')).toEqual([]);
  });

  it('waits for the one before it', async () => {
    await inTab();
    const { authorizationId: first, window } = await openSignIn(world);
    const { authorizationId: second } = await world.call('connect', oauthWish(world));
    const stored = (await world.records('authorizations')).find(({ id }) => id === second);
    expect(stored?.state).toEqual({ kind: 'queued' });
    const opening = signInWindow(world.browser.context);
    await window.close();
    await allowAs(await opening, 'alice');
    expect((await ended(world, first)).state).toEqual({ kind: 'cancelled' });
    const { health } = await connectionOf(world, await ended(world, second));
    expect(health.kind).toBe('active');
  });

  it('is not finished when the worker is stopped; its tab goes, and wakes nobody [F33]', async () => {
    await inTab();
    const { authorizationId, window } = await openSignIn(world);
    await notedWindow(world, authorizationId);
    await world.browser.stopWorker();
    const closed = window.waitForEvent('close');
    await world.call('listProviders', {});
    expect((await ended(world, authorizationId)).state).toEqual({ kind: 'abandoned' });
    await closed;
    expect(await attemptSecrets(world.page)).toEqual([]);
    expect((await attemptSignIn(world, 'alice')).state.kind).toBe('done');

    // A second time: what the one that died listened to must not wake another for every tab.
    await notedWindow(world, (await openSignIn(world)).authorizationId);
    const { context } = world.browser;
    const another = async () => (await context.newPage()).close();
    expect(await wakesWorker(context, another)).toBe(true);
    await world.call('listProviders', {});
    await eventually(async () => {
      const states = (await world.records('authorizations')).map(({ state }) => state.kind);
      expect(states).not.toContain('waiting');
    });
    expect(await wakesWorker(context, another)).toBe(false);
  });

  it('goes on in a tab that was put to sleep, under its new number', async () => {
    await inTab();
    const { authorizationId } = await openSignIn(world);
    const tabOf = () => notedWindow(world, authorizationId);
    const before = await tabOf();
    const awake = world.browser.context.waitForEvent('page');
    await world.page.bringToFront();
    await world.page.evaluate(async (tabId) => {
      const { chrome } = globalThis as unknown as {
        chrome: {
          tabs: {
            discard(id: number): Promise<{ id: number }>;
            update(id: number, what: object): Promise<unknown>;
          };
        };
      };
      const { id } = await chrome.tabs.discard(tabId);
      await chrome.tabs.update(id, { active: true });
    }, before);
    await expect.poll(tabOf).not.toBe(before);
    const tab = await awake;
    const closed = tab.waitForEvent('close');
    await allowAs(tab, 'alice');
    expect((await ended(world, authorizationId)).state.kind).toBe('done');
    await closed;
  });
});
