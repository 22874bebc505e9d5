/**
 * The ends: everything deleted, with what providers can end ended first, and the way out where no
 * passphrase is known any more.
 */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { alarms, badgeText, notifications } from '../support/browser/observe.ts';
import { expectNothingFound } from './support/axe.ts';
import { connectByKey, connectByOauth, connection } from './support/connect.ts';
import { replyTo } from './support/procedure-call.ts';
import { openOptions, tableRow } from './support/screens.ts';
import { useWorld } from './support/world.ts';

const world = useWorld();
const PASSPHRASE = 'correct horse battery staple';

async function openDialog(page: Page) {
  await page.getByRole('button', { name: 'Delete everything' }).click();
  return page.getByRole('dialog', { name: 'Delete everything' });
}

it('what providers can end is ended first, what lives on is named, and then nothing is left [E7 O15]', async () => {
  await connectByOauth(world, 'alice', { name: 'Ads' });
  await connectByKey(world, 'bob', { name: 'Mail' });
  const { control, requests } = world.practice;
  const options = await openOptions(world, '#/settings');
  const dialog = await openDialog(options);
  await dialog.getByRole('listitem').filter({ hasText: 'Mail · Practice Keys' }).waitFor();
  const ends = dialog.getByRole('checkbox', { name: /end the access of 1 connection/ });
  await ends.check();
  await dialog.getByRole('textbox', { name: /to confirm$/ }).fill('delete everything');

  control.setFault(
    'authorisation',
    { kind: 'body', status: 503, body: {} },
    { path: '/token/revocation' },
  );
  await dialog.getByRole('button', { name: 'Delete everything' }).click();
  const outcome = dialog.getByRole('status', { name: 'What came of ending access' });
  await outcome.getByText('Nothing has been deleted yet.').waitFor();
  await outcome.getByRole('listitem').filter({ hasText: 'Ads' }).waitFor();
  await expectNothingFound(options);
  expect(await world.records('connections')).toHaveLength(2);
  expect(control.liveGrants('alice')).toBe(1);

  // Held, so that the person can stop it.
  control.setFault('authorisation', null);
  const hold = control.holdNext('authorisation', '/token/revocation');
  await outcome.getByRole('button', { name: 'Try again' }).click();
  await hold.reached;
  await dialog.getByRole('progressbar', { name: 'Ending access' }).waitFor();
  await dialog.getByRole('button', { name: 'Stop' }).click();
  hold.release();
  await outcome.getByText('The access of 1 connection has ended').waitFor();
  await expect.poll(() => control.liveGrants('alice')).toBe(0);
  expect(await world.records('connections')).toHaveLength(2);
  const ended = (await world.records('connections')).find(({ name }) => name === 'Ads');
  expect(ended?.health).toMatchObject({ kind: 'reconnect', reason: 'revoked' });

  requests.clear();
  await dialog.getByRole('button', { name: 'Delete everything' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(requests.to('authorisation', '/token/revocation')).toEqual([]);
  for (const store of ['connections', 'checks', 'secrets', 'providers', 'deletions'] as const)
    expect(await world.records(store)).toEqual([]);
  expect(await alarms(world.page)).toEqual([]);
  expect(await notifications(world.page)).toEqual([]);
  await expect.poll(() => badgeText(world.page)).toBe('');
  for (const definition of Object.values(world.practice.definitions))
    await world.call('importProvider', { text: JSON.stringify(definition) });
});

it('who has forgotten the passphrase of view only gets the list back, and nothing that it kept', async () => {
  const { id } = await connectByKey(world, 'alice', { name: 'Mine' });
  await world.call('lockChanges', { passphrase: PASSPHRASE });
  const settings = await openOptions(world, '#/settings');
  const change = settings.getByRole('button', { name: 'Delete everything' });
  await expect.poll(() => change.isDisabled()).toBe(true);
  const secrets = settings.getByRole('region', { name: 'View only' });
  await secrets.getByRole('button', { name: 'Delete the secrets and keep the list' }).click();
  const dialog = settings.getByRole('dialog', { name: 'Delete the secrets and keep the list' });
  await dialog.getByText('The lock on changes ends with them').waitFor();
  const submit = dialog.getByRole('button', { name: 'Delete the secrets and keep the list' });
  expect(await submit.isDisabled()).toBe(true);
  await expectNothingFound(settings);
  await dialog.getByRole('textbox', { name: /to confirm$/ }).fill('delete the secrets');
  await submit.click();
  await dialog.waitFor({ state: 'detached' });
  await expect.poll(() => change.isDisabled()).toBe(false);
  expect((await connection(world, id)).health.kind).toBe('reconnect');
  expect(await world.records('secrets')).toEqual([]);
  expect(await replyTo(world.page, 'pauseSync', { ids: [id] })).toMatchObject({ ok: true });
  await settings.getByRole('link', { name: 'Connections', exact: true }).click();
  await tableRow(settings, 'Mine').getByText('Reconnect needed').waitFor();
});
