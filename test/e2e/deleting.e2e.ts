/**
 * Deleting, as a person meets it: gone at once everywhere, back by Undo, gone for good after 30 real
 * seconds, whoever dies in between.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { alarms, badgeText, notifications } from '../support/browser/observe.ts';
import { expectNothingFound } from './support/axe.ts';
import { connectByKey, connectByOauth, connection, keyWish } from './support/connect.ts';
import { endGoing } from './support/end-going.ts';
import { eventually } from './support/eventually.ts';
import { set } from './support/failpoint.ts';
import { outputOf } from './support/procedure-call.ts';
import { openOptions, tableRow, useScreens } from './support/screens.ts';
import { keptRecord, sealedNames, storedRecords } from './support/stored.ts';
import { openBrowser, useWorld } from './support/world.ts';

const world = useWorld();
const screens = useScreens(world);

const CLOUD = 'Practice Cloud · alice@practice.example';

function messages(page: Page) {
  return page.getByRole('status', { name: 'Messages' });
}

/** Deletes one connection in the interface. */
async function deleteInDialog(page: Page, name: string, revokes: boolean): Promise<void> {
  await page.getByRole('button', { name: `Delete ${name}` }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete 1 connection' });
  await dialog.getByText('Nothing is deleted at the source').waitFor();
  await dialog.getByText('You can undo this for 30 seconds').waitFor();
  if (revokes) await dialog.getByRole('checkbox', { name: /Also revoke access/ }).check();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await tableRow(page, name).waitFor({ state: 'detached' });
  await messages(page).getByText('1 connection deleted.').waitFor();
}

it('is gone at once from every list, badge and notification, and back by Undo on another page', async () => {
  const { id } = await connectByKey(world, 'alice', { name: 'Mine', tags: ['kept'] });
  world.practice.control.revokeKey('alice');
  await world.call('checkNow', { ids: [] });
  const before = await connection(world, id);
  const checks = await world.records('checks');
  await expect.poll(() => badgeText(world.page)).toBe('1');
  const other = await openOptions(world);

  await deleteInDialog(screens.options, 'Mine', false);
  await tableRow(other, 'Mine').waitFor({ state: 'detached' });
  await screens.popupRow('Mine').waitFor({ state: 'detached' });
  await expect.poll(() => badgeText(world.page)).toBe('');
  await expect.poll(() => notifications(world.page)).toEqual([]);
  expect(await world.call('checkNow', { ids: [id] })).toMatchObject({ checked: 0 });

  await messages(screens.popup).getByRole('button', { name: 'Undo' }).waitFor();
  await messages(other).getByRole('button', { name: 'Undo' }).click();
  await messages(other).getByText('1 connection is back').waitFor();
  for (const page of [screens.options, other]) await tableRow(page, 'Mine').waitFor();
  await screens.popupRow('Mine').waitFor();
  await messages(screens.options).getByText('deleted').waitFor({ state: 'detached' });
  expect(await connection(world, id)).toEqual(before);
  expect(await world.records('checks')).toEqual(checks);
  await expect.poll(() => badgeText(world.page)).toBe('1');
});

it('is back by the keyboard, also when the worker is stopped in between', async () => {
  const before = await connectByOauth(world, 'alice');
  await deleteInDialog(screens.options, CLOUD, true);
  await expectNothingFound(screens.options);
  await world.browser.stopWorker();
  await screens.options.keyboard.press('Control+z');
  await tableRow(screens.options, CLOUD).waitFor();
  expect(await connection(world, before.id)).toEqual(before);
  expect(world.practice.control.liveGrants('alice')).toBe(1);
  const tally = await world.call('checkNow', { ids: [before.id] });
  expect(tally).toEqual({ checked: 1, reconnect: 0, unverified: 0, left: [] });
});

it('is gone for good after 30 seconds, and its grant with it, although the worker was stopped', async () => {
  await connectByOauth(world, 'alice');
  const begunAt = Date.now();
  await deleteInDialog(screens.options, CLOUD, true);
  await messages(screens.options).getByText('Access is revoked when').waitFor();
  const endsAt = (await world.records('deletions'))[0]?.endsAt ?? 0;
  expect(endsAt).toBeGreaterThanOrEqual(begunAt + 30_000);
  // Pages show it as soon as it is written, and the alarm is set right after that.
  await eventually(async () => {
    const [alarm] = await alarms(world.page);
    expect(alarm?.scheduledTime).toBeLessThanOrEqual(endsAt + 1_000);
  });
  await world.browser.stopWorker();
  expect(await world.records('connections')).toEqual([]);
  expect(await sealedNames(world.page)).not.toEqual([]);
  expect(world.practice.control.liveGrants('alice')).toBe(1);
  await eventually(() => expect(world.practice.control.liveGrants('alice')).toBe(0), 50_000);
  await messages(screens.options).getByText(`Access ended for ${CLOUD}.`).waitFor();
  expect(Date.now()).toBeGreaterThanOrEqual(endsAt);
  await eventually(async () => expect(await world.records('deletions')).toEqual([]));
  expect(await sealedNames(world.page)).toEqual([]);
  expect(await world.records('checks')).toEqual([]);
  await messages(screens.options).getByText('deleted').waitFor({ state: 'detached' });
});

it('says afterwards which access could not be revoked, until somebody has read it [O15]', async () => {
  const { id } = await connectByOauth(world, 'alice', { name: 'Mine' });
  const { control } = world.practice;
  control.setFault(
    'authorisation',
    { kind: 'body', status: 503, body: {} },
    { path: '/token/revocation' },
  );
  await world.call('deleteConnections', { ids: [id], revoke: true });
  await screens.options.close();
  await endGoing(world, 'practice-oauth');
  const said = messages(screens.popup).getByText('Access could not be revoked for Mine');
  await said.waitFor();
  const later = await openOptions(world);
  await messages(later).getByText('Access could not be revoked for Mine').waitFor();
  await messages(later).getByRole('button', { name: 'Dismiss' }).click();
  await said.waitFor({ state: 'detached' });
  await eventually(async () => expect(await keptRecord(world.page, 'notRevoked')).toBeUndefined());
});

it('asks a provider again that could not end the access, and says so until it has [O15]', async () => {
  const { id } = await connectByOauth(world, 'alice', { name: 'Mine' });
  const { control } = world.practice;
  const fault = { kind: 'status', status: 503, retryAfter: '7200' } as const;
  control.setFault('authorisation', fault, { path: '/token/revocation' });
  await world.call('deleteConnections', { ids: [id], revoke: true });
  const finish = async (): Promise<void> => {
    await set(world.page, 'deletions', id, { endsAt: 1 });
    await world.browser.stopWorker();
    await world.call('listProviders', {});
  };
  await finish();
  const said = messages(screens.options).getByText('Access is not revoked yet for Mine');
  await said.waitFor();
  expect(control.liveGrants('alice')).toBe(1);
  const [waiting] = await world.records('deletions');
  expect((waiting?.endsAt ?? 0) - Date.now()).toBeGreaterThan(7_000_000);
  expect(await sealedNames(world.page)).toHaveLength(1);
  control.reset();
  await finish();
  await said.waitFor({ state: 'detached' });
  expect(control.liveGrants('alice')).toBe(0);
  expect(await world.records('deletions')).toEqual([]);
  expect(await sealedNames(world.page)).toEqual([]);
  expect(await keptRecord(world.page, 'notRevoked')).toBeUndefined();
});

it('can be undone after the browser was started again', async () => {
  const userDataDir = await mkdtemp(join(tmpdir(), 'patchbay-undo-'));
  const { practice, recorder } = world;
  try {
    const first = await openBrowser(recorder, { userDataDir });
    const { keys } = practice.definitions;
    await outputOf(first.page, 'importProvider', { text: JSON.stringify(keys) });
    await outputOf(first.page, 'connect', keyWish(world, 'bob', { name: 'Mine' }));
    const before = await eventually(async () => {
      const [one] = await storedRecords(first.page, 'connections');
      if (one === undefined) throw new Error('not connected yet');
      return one;
    });
    await outputOf(first.page, 'deleteConnections', { ids: [before.id], revoke: false });
    // However long this machine takes to start a browser.
    await set(first.page, 'deletions', before.id, { endsAt: Date.now() + 5 * 60_000 });
    await first.browser.close();

    const second = await openBrowser(recorder, { userDataDir });
    const page = await second.browser.page('options.html#/connections');
    await messages(page).getByRole('button', { name: 'Undo' }).click();
    await tableRow(page, 'Mine').waitFor();
    expect(await storedRecords(second.page, 'connections')).toEqual([before]);
    await recorder.look(second.browser);
    await second.browser.close();
  } finally {
    await rm(userDataDir, { recursive: true, force: true });
  }
});
