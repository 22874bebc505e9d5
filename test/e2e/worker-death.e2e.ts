/**
 * The browser may stop the background worker at any moment. Whatever it was doing: afterwards the
 * state is true and the next step works.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Connection } from '../../lib/domain/connection.ts';
import { badgeText, notifications, tooltip } from '../support/browser/observe.ts';
import { signInWindow } from '../support/browser/sign-in-window.ts';
import {
  attempt,
  attemptReconnect,
  attemptSignIn,
  connectByKey,
  connectByOauth,
  connection,
  connectionOf,
  ended,
  keyWish,
  notedWindow,
  openNotedSignIn,
  reconnectWish,
} from './support/connect.ts';
import { eventually } from './support/eventually.ts';
import { outputOf, replyTo } from './support/procedure-call.ts';
import { openOptions, tableRow } from './support/screens.ts';
import { renewals, saysInterrupted } from './support/renewing.ts';
import { attemptSecrets, keptRecord, sealedNames, storedRecords } from './support/stored.ts';
import { openBrowser, useWorld } from './support/world.ts';

const world = useWorld();

/** Any call wakes the worker; its start makes everything true before it answers. */
async function wake(): Promise<void> {
  await world.call('listProviders', {});
}

/** Begins a check of everything whose answer nobody will hear: the worker is about to go. */
function beginCheck(): Promise<unknown> {
  return replyTo(world.page, 'checkNow', { ids: [] });
}

/** What a person keeps by reconnecting: everything but credential and health. */
function lasting({ id, name, tags, environmentId, createdAt }: Connection) {
  return { id, name, tags, environmentId, createdAt };
}

describe('the worker is stopped while the sign-in window is open', () => {
  it('and says at its next start that the attempt was abandoned [F33]', async () => {
    const { authorizationId, window } = await openNotedSignIn(world);
    expect(await attemptSecrets(world.page)).toHaveLength(1);
    await world.browser.stopWorker();
    await wake();
    expect((await ended(world, authorizationId)).state).toEqual({ kind: 'abandoned' });
    expect(await attemptSecrets(world.page)).toEqual([]);
    await eventually(() => expect(window.isClosed()).toBe(true));
    expect(world.practice.requests.to('authorisation', '/token')).toEqual([]);

    const { health } = await connectionOf(world, await attemptSignIn(world, 'alice'));
    expect(health.kind).toBe('active');
  });

  it('and a reconnect that it ran leaves the connection as it was [F33]', async () => {
    const before = await connectByOauth(world, 'alice', { tags: ['kept'] });
    const opening = signInWindow(world.browser.context);
    const { authorizationId } = await world.call('reconnect', reconnectWish(before.id));
    const window = await opening;
    await notedWindow(world, authorizationId);
    await world.browser.stopWorker();
    await wake();
    expect(await connection(world, before.id)).toEqual(before);
    await eventually(() => expect(window.isClosed()).toBe(true));
    expect((await attemptReconnect(world, before.id, 'alice')).state.kind).toBe('done');
    expect(lasting(await connection(world, before.id))).toEqual(lasting(before));
  });
});

describe('the worker is stopped while a fresh credential is proven', () => {
  it('and nothing is half saved [F4]', async () => {
    const hold = world.practice.control.holdNext('keys', '/v1/whoami');
    const { authorizationId } = await world.call('connect', keyWish(world, 'alice'));
    await hold.reached;
    await world.browser.stopWorker();
    hold.release();
    await wake();
    expect((await ended(world, authorizationId)).state).toEqual({ kind: 'abandoned' });
    expect(await world.records('connections')).toEqual([]);
    expect(await sealedNames(world.page)).not.toContainEqual(expect.stringMatching(/^credential:/));
    const { health } = await connectionOf(world, await attempt(world, keyWish(world, 'alice')));
    expect(health.kind).toBe('active');
  });
});

describe('the worker is stopped during a check', () => {
  it('and the connection is what it was, and is checked at the next wish', async () => {
    const before = await connectByKey(world, 'alice');
    const options = await openOptions(world);
    await tableRow(options, before.name).waitFor();
    const hold = world.practice.control.holdNext('keys', '/v1/whoami');
    const check = beginCheck();
    await hold.reached;
    const stop = options.getByRole('button', { name: /^Stop checking/ });
    await stop.waitFor();
    await world.browser.stopWorker();
    await check;
    hold.release();
    await wake();
    await stop.waitFor({ state: 'detached' });
    expect(await connection(world, before.id)).toEqual(before);
    expect(await badgeText(world.page)).toBe('');
    const tally = await world.call('checkNow', { ids: [] });
    expect(tally).toEqual({ checked: 1, reconnect: 0, unverified: 0, left: [] });
    expect((await connection(world, before.id)).checkedAt).toBeGreaterThan(before.checkedAt ?? 0);
  });

  it('between two refusals of a key, and the next check finds out', async () => {
    const { id } = await connectByKey(world, 'alice');
    world.practice.control.revokeKey('alice');
    const first = world.practice.control.holdNext('keys', '/v1/whoami');
    const check = beginCheck();
    await first.reached;
    // The second refusal comes when the test says so, whoever asks for it.
    const second = world.practice.control.holdNext('keys', '/v1/whoami');
    first.release();
    await eventually(async () =>
      expect((await connection(world, id)).health).toMatchObject({ doubt: 'suspect' }),
    );
    await world.browser.stopWorker();
    await check;
    await wake();
    expect((await connection(world, id)).health.kind).toBe('unverified');
    expect(await badgeText(world.page)).toBe('');
    second.release();
    await world.call('checkNow', { ids: [] });
    expect((await connection(world, id)).health).toMatchObject({
      kind: 'reconnect',
      reason: 'key-rejected',
    });
    expect(await badgeText(world.page)).toBe('1');
  });
});

describe('the worker is stopped during a refresh', () => {
  it('before the server rotated, and the old token goes on [F1]', async () => {
    const { id } = await connectByOauth(world, 'alice');
    world.practice.control.expireAccessTokens('alice');
    world.practice.control.setFault('token', { kind: 'hang' });
    const asked = world.practice.requests.next('authorisation', '/token');
    const check = beginCheck();
    await asked;
    expect((await connection(world, id)).refreshStartedAt).not.toBeNull();
    await world.browser.stopWorker();
    await check;
    world.practice.control.setFault('token', null);
    await world.call('checkNow', { ids: [] });
    expect(await connection(world, id)).toMatchObject({
      health: { kind: 'active' },
      refreshStartedAt: null,
    });
  });

  it('after the server rotated, and the person is told that the grant was lost [F2 F5]', async () => {
    const before = await connectByOauth(world, 'alice', { tags: ['kept'], name: 'Mine' });
    world.practice.control.expireAccessTokens('alice');
    const hold = world.practice.control.holdNext('token');
    const check = beginCheck();
    await hold.reached;
    await world.browser.stopWorker();
    await check;
    hold.release();
    // Nothing is claimed before the server has been asked, and that is at once.
    expect((await connection(world, before.id)).health.kind).toBe('active');
    await wake();
    await saysInterrupted(world, before.id);
    await eventually(async () => expect(await badgeText(world.page)).toBe('1'));
    await wake();
    expect(renewals(world)).toHaveLength(2);

    expect((await attemptReconnect(world, before.id, 'alice')).state.kind).toBe('done');
    const after = await connection(world, before.id);
    expect(lasting(after)).toEqual(lasting(before));
    expect(after).toMatchObject({ health: { kind: 'active' }, refreshStartedAt: null });
    await eventually(async () => expect(await badgeText(world.page)).toBe(''));
  });
});

describe('the worker is stopped between writing a change and telling it', () => {
  /** Takes the lock under which notifications are told. @returns what lets it go */
  async function holdNotices(page: Page): Promise<() => Promise<void>> {
    await page.evaluate(
      () =>
        new Promise<void>((held) => {
          void navigator.locks.request('notices', () => {
            held();
            return new Promise<void>((release) => Object.assign(globalThis, { release }));
          });
        }),
    );
    return () => page.evaluate(() => (Reflect.get(globalThis, 'release') as () => void)());
  }

  it('and tells it at the next start, once [F3]', async () => {
    const { id } = await connectByOauth(world, 'alice');
    const release = await holdNotices(world.page);
    world.practice.control.revokeGrants('alice');
    const check = beginCheck();
    await eventually(async () => expect(await keptRecord(world.page, 'untold')).toEqual([id]));
    expect(await notifications(world.page)).toEqual([]);
    await world.browser.stopWorker();
    await check;
    await release();
    await wake();
    expect(await notifications(world.page)).toEqual([`connection:${id}`]);
    expect(await badgeText(world.page)).toBe('1');
    expect(await keptRecord(world.page, 'untold')).toEqual([]);

    await world.page.evaluate(
      (id) =>
        (
          globalThis as unknown as {
            chrome: { notifications: { clear(id: string): Promise<void> } };
          }
        ).chrome.notifications.clear(id),
      `connection:${id}`,
    );
    await world.browser.stopWorker();
    await wake();
    expect(await notifications(world.page)).toEqual([]);
  });
});

describe('the browser is started again with the same profile', () => {
  it('and the badge and the tooltip are there before anybody opens anything [F3]', async () => {
    const userDataDir = await mkdtemp(join(tmpdir(), 'patchbay-restart-'));
    const { practice, recorder } = world;
    try {
      const first = await openBrowser(recorder, { userDataDir });
      const { keys } = practice.definitions;
      await outputOf(first.page, 'importProvider', { text: JSON.stringify(keys) });
      await outputOf(first.page, 'connect', keyWish(world, 'bob'));
      await eventually(async () =>
        expect(await storedRecords(first.page, 'connections')).toHaveLength(1),
      );
      practice.control.revokeKey('bob');
      await outputOf(first.page, 'checkNow', { ids: [] });
      expect(await badgeText(first.page)).toBe('1');
      const said = await tooltip(first.page);
      await recorder.look(first.browser);
      await first.browser.close();

      const second = await openBrowser(recorder, { userDataDir });
      await eventually(async () => {
        expect(await badgeText(second.page)).toBe('1');
        expect(await tooltip(second.page)).toBe(said);
      });
      expect(await storedRecords(second.page, 'connections')).toMatchObject([
        { health: { kind: 'reconnect', reason: 'key-rejected' } },
      ]);
      await recorder.look(second.browser);
      await second.browser.close();
    } finally {
      await rm(userDataDir, { recursive: true, force: true });
    }
  });
});
