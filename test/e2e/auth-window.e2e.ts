/**
 * The browser's sign-in window: one at a time, never stuck, not shown where the session that the
 * browser has can do (rows F27, F30 to F33 of the faults; F28 and F29 stand in hostile-redirect).
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Authorization } from '../../lib/domain/authorization.ts';
import { wakesWorker } from '../support/browser/background-worker.ts';
import { allowAs, signInWindow } from '../support/browser/sign-in-window.ts';
import {
  attemptSignIn,
  connectByOauth,
  connection,
  connectionOf,
  ended,
  notedWindow,
  oauthWish,
  openSignIn,
  reconnectWish,
} from './support/connect.ts';
import { eventually } from './support/eventually.ts';
import { outputOf } from './support/procedure-call.ts';
import { openOptions, openPopup, popupRow } from './support/screens.ts';
import { forgetAttempts, sealedNames, storedRecords } from './support/stored.ts';
import { openBrowser, useWorld } from './support/world.ts';
import { IS_DEEP } from '../support/deep.ts';

const world = useWorld();
const CLOUD = 'Practice Cloud · alice@practice.example';

async function stateOf(id: string): Promise<Authorization['state'] | undefined> {
  return (await world.records('authorizations')).find((one) => one.id === id)?.state;
}

/** Windows of the browser that are none of its ordinary ones. */
function popupWindows(): Promise<number> {
  return world.page.evaluate(async () => {
    const { chrome } = globalThis as unknown as {
      chrome: { windows: { getAll(filter: object): Promise<unknown[]> } };
    };
    return (await chrome.windows.getAll({ windowTypes: ['popup'] })).length;
  });
}

describe('a sign-in page', () => {
  it('that never loads opens no window, and does not keep the next one from opening [F31]', async () => {
    world.practice.control.setFault('authorisation', { kind: 'hang' });
    const { authorizationId } = await world.call('connect', oauthWish(world));
    const { state } = await ended(world, authorizationId);
    expect(state).toEqual({ kind: 'failed', code: 'window-timeout', detail: null });
    expect(await popupWindows()).toBe(0);
    world.practice.control.setFault('authorisation', null);
    const { health } = await connectionOf(world, await attemptSignIn(world, 'alice'));
    expect(health.kind).toBe('active');
  });

  it('that answers 4xx is said, before and in the window, and may be tried again [F30]', async () => {
    const denied = { kind: 'status', status: 403, body: 'no' } as const;
    world.practice.control.setFault('authorisation', denied);
    const { authorizationId } = await world.call('connect', oauthWish(world));
    const before = await ended(world, authorizationId);
    expect(before.state).toMatchObject({ kind: 'failed', code: 'window-page-failed' });
    world.practice.control.setFault('authorisation', null);

    const { authorizationId: second, window } = await openSignIn(world);
    world.practice.control.setFault('authorisation', { kind: 'status', status: 401 });
    const closed = window.waitForEvent('close');
    await window
      .getByRole('button', { name: 'Continue as alice' })
      .click()
      .catch(() => undefined);
    await closed;
    expect((await ended(world, second)).state).toMatchObject({ code: 'window-page-failed' });
    world.practice.control.setFault('authorisation', null);
    expect((await attemptSignIn(world, 'alice')).state.kind).toBe('done');
  });
});

describe('a window that nobody waits for any more', () => {
  it('is closed, and the one that is asked for opens [F32]', async () => {
    const { window: left } = await openSignIn(world);
    await world.browser.stopWorker();
    // Nothing tells the next worker of it: it has to find it by itself.
    await forgetAttempts(world.page);
    const closed = left.waitForEvent('close');
    expect((await attemptSignIn(world, 'alice')).state.kind).toBe('done');
    await closed;
    await expect.poll(popupWindows).toBe(0);
  });
});

/** Another browser each: in the deep run alone. */

describe.runIf(IS_DEEP)('a browser that is closed in the middle', () => {
  it('leaves no attempt that seems to go on, and no secret of it [F27]', async () => {
    const userDataDir = await mkdtemp(join(tmpdir(), 'patchbay-closed-'));
    const { practice, recorder } = world;
    try {
      const first = await openBrowser(recorder, { userDataDir });
      const { oauth } = practice.definitions;
      await outputOf(first.page, 'importProvider', { text: JSON.stringify(oauth) });
      const opening = signInWindow(first.browser.context);
      await outputOf(first.page, 'connect', oauthWish(world));
      await opening;
      expect(await sealedNames(first.page)).toHaveLength(1);
      await first.browser.close();

      const second = await openBrowser(recorder, { userDataDir });
      await eventually(async () => {
        const [attempt] = await storedRecords(second.page, 'authorizations');
        // An orderly end closes the window first, which is heard where the worker still lives.
        expect(['abandoned', 'cancelled']).toContain(attempt?.state.kind);
      });
      expect(await sealedNames(second.page)).toEqual([]);
      await second.browser.close();
    } finally {
      await rm(userDataDir, { recursive: true, force: true });
    }
  });
});

describe('several attempts', () => {
  it('wait for one another, can be cancelled while they wait, and open in their order', async () => {
    const popup = await openPopup(world);
    const { authorizationId: first, window } = await openSignIn(world);
    const { authorizationId: second } = await world.call('connect', oauthWish(world));
    const { authorizationId: third } = await world.call('connect', oauthWish(world));
    expect(await stateOf(second)).toEqual({ kind: 'queued' });
    const attempts = popup.getByRole('region', { name: 'Attempts to sign in' });
    await attempts
      .getByText(/Waiting for the other sign-in window/)
      .first()
      .waitFor();
    await world.call('cancelAuthorization', { authorizationId: second });
    expect((await ended(world, second)).state).toEqual({ kind: 'cancelled' });
    expect(await popupWindows()).toBe(1);

    const opening = signInWindow(world.browser.context);
    await window.close();
    expect((await ended(world, first)).state).toEqual({ kind: 'cancelled' });
    await allowAs(await opening, 'alice');
    expect((await ended(world, third)).state.kind).toBe('done');
  });

  it('that waited when the worker was stopped are told apart from the one at the window [F33]', async () => {
    const { authorizationId: first, window } = await openSignIn(world);
    const { authorizationId: second } = await world.call('connect', oauthWish(world));
    await notedWindow(world, first);
    await world.browser.stopWorker();
    await world.call('listProviders', {});
    expect((await ended(world, first)).state).toEqual({ kind: 'abandoned' });
    expect((await ended(world, second)).state).toMatchObject({ code: 'not-started' });
    await eventually(() => expect(window.isClosed()).toBe(true));
    await expect.poll(popupWindows).toBe(0);
  });

  it('wake nobody for each window once their worker was stopped', async () => {
    const { context } = world.browser;
    const another = () =>
      world.page.evaluate(async () => {
        const { chrome } = globalThis as unknown as {
          chrome: {
            windows: {
              create(what: object): Promise<{ id: number }>;
              remove(id: number): Promise<void>;
            };
          };
        };
        await chrome.windows.remove((await chrome.windows.create({})).id);
      });
    const { authorizationId } = await openSignIn(world);
    await notedWindow(world, authorizationId);
    expect(await wakesWorker(context, another)).toBe(true);
    await world.call('listProviders', {});
    expect((await ended(world, authorizationId)).state).toEqual({ kind: 'abandoned' });
    expect(await wakesWorker(context, another)).toBe(false);
  });
});

describe('the session that the browser has', () => {
  /** Practice Cloud as a provider that answers by it. @param hints whether it is told whom we mean */
  async function allowSilence(hints: boolean): Promise<void> {
    const { oauth } = world.practice.definitions;
    const methods = oauth.methods.map((method) => {
      if (method.kind !== 'oauth2') return method;
      const { hintParameter, ...rest } = method;
      const silent = { ...rest, silentParams: { prompt: 'none' } };
      return hints && hintParameter !== undefined ? { ...silent, hintParameter } : silent;
    });
    await world.call('importProvider', { text: JSON.stringify({ ...oauth, methods }) });
  }

  it('mends a connection in one click, without a window, and that is said', async () => {
    const before = await connectByOauth(world, 'alice', { tags: ['kept'] });
    await allowSilence(true);
    const popup = await openPopup(world);
    const windows: string[] = [];
    world.browser.context.on('page', (page) => windows.push(page.url()));
    await popupRow(popup, CLOUD)
      .getByRole('button', { name: `More for ${CLOUD}` })
      .click();
    await popup.getByRole('menuitem', { name: 'Reconnect' }).click();
    await eventually(async () => {
      const { authorizedAt } = await connection(world, before.id);
      expect(authorizedAt).toBeGreaterThan(before.authorizedAt ?? 0);
    });
    const after = await connection(world, before.id);
    expect(after).toMatchObject({ tags: ['kept'], health: { kind: 'active' } });
    expect(after.grant?.isRenewable).toBe(true);
    expect(windows).toEqual([]);
    const options = await openOptions(world, `#/connections/${before.id}?tab=activity`);
    await options.getByText(/reconnected with the sign-in that this browser had/).waitFor();
  });

  it('of somebody else is not used: the connection stays, and the window opens', async () => {
    const before = await connectByOauth(world, 'alice');
    world.practice.control.signOut();
    const bobs = await attemptSignIn(world, 'bob');
    expect(bobs.state.kind).toBe('done');
    await allowSilence(false);
    const opening = signInWindow(world.browser.context);
    const { authorizationId } = await world.call('reconnect', reconnectWish(before.id));
    const window = await opening;
    expect(await connection(world, before.id)).toEqual(before);
    await window.close();
    expect((await ended(world, authorizationId)).state).toEqual({ kind: 'cancelled' });
  });

  it('that is over leads to the window', async () => {
    const before = await connectByOauth(world, 'alice');
    await allowSilence(true);
    world.practice.control.signOut();
    const opening = signInWindow(world.browser.context);
    const { authorizationId } = await world.call('reconnect', reconnectWish(before.id));
    await allowAs(await opening, 'alice');
    expect((await ended(world, authorizationId)).state.kind).toBe('done');
  });
});
