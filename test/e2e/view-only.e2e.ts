/**
 * View only: who may change something, on both pages and past them.
 */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { allowAs } from '../support/browser/sign-in-window.ts';
import { badgeText } from '../support/browser/observe.ts';
import { expectNothingFound } from './support/axe.ts';
import { connectByKey, connection, ended, openSignIn } from './support/connect.ts';
import { replyTo } from './support/procedure-call.ts';
import { openOptions, openPopup, useScreens } from './support/screens.ts';
import { useWorld } from './support/world.ts';

const world = useWorld();
const screens = useScreens(world);

const PASSPHRASE = 'correct horse battery';
const REASON = 'View only: changes are locked with a passphrase.';

async function tryPassphrase(page: Page, passphrase: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Unlock changes' });
  await dialog.getByRole('textbox', { name: 'Passphrase' }).fill(passphrase);
  await dialog.getByRole('button', { name: 'Unlock changes' }).click();
}

/** What the organisation set, as the browser hands it to this worker. */
async function organisationSets(managed: object): Promise<void> {
  const worker = await world.browser.worker();
  await worker.evaluate((set) => {
    const { chrome } = globalThis as unknown as {
      chrome: { storage: { managed: { get: () => Promise<object> } } };
    };
    chrome.storage.managed.get = async () => set;
  }, managed);
}

it('is locked and unlocked in Settings, and both pages follow', async () => {
  const { id, name, revision } = await connectByKey(world, 'alice', { name: 'Mine' });
  const settings = await openOptions(world, '#/settings');
  await settings.getByRole('button', { name: 'Lock changes', exact: true }).click();
  const dialog = settings.getByRole('dialog', { name: 'Lock changes' });
  await dialog.getByRole('textbox', { name: 'Passphrase', exact: true }).fill(PASSPHRASE);
  await dialog.getByRole('textbox', { name: 'Passphrase again' }).fill('correct hose');
  await dialog.getByRole('button', { name: 'Lock changes' }).click();
  await dialog.getByText('The two passphrases are not the same').waitFor();
  await expectNothingFound(settings);
  await dialog.getByRole('textbox', { name: 'Passphrase again' }).fill(PASSPHRASE);
  await dialog.getByRole('button', { name: 'Lock changes' }).click();
  await dialog.waitFor({ state: 'detached' });

  for (const page of [settings, screens.options, screens.popup]) {
    await page.getByRole('status', { name: 'View only' }).getByText(REASON).waitFor();
    await expectNothingFound(page);
  }
  const rename = screens.options.getByRole('button', { name: `Rename ${name}` });
  await expect.poll(() => rename.isDisabled()).toBe(true);
  expect(await rename.getAttribute('aria-describedby')).toBe('view-only-reason');
  const adding = screens.popup.getByRole('button', { name: 'New connection' }).first();
  await expect.poll(() => adding.isDisabled()).toBe(true);

  const rpc = { id, name: 'Changed', revision };
  expect(await replyTo(world.page, 'renameConnection', rpc)).toMatchObject({
    ok: false,
    code: 'view-only',
  });
  expect((await connection(world, id)).name).toBe('Mine');

  await settings.getByRole('button', { name: 'Unlock changes' }).first().click();
  await settings.getByRole('dialog', { name: 'Unlock changes' }).waitFor();
  await expectNothingFound(settings);
  await tryPassphrase(settings, PASSPHRASE);
  await settings.getByRole('button', { name: 'Lock changes', exact: true }).waitFor();
  await rename.click();
  const renaming = screens.options.getByRole('dialog', { name: /^Rename / });
  await renaming.getByLabel('Name', { exact: true }).fill('Yours');
  await renaming.getByRole('button', { name: 'Save' }).click();
  await screens.popupRow('Yours').waitFor();
});

it('lets everything be seen, searched and checked, and says what broke', async () => {
  await connectByKey(world, 'alice', { name: 'Mine' });
  await world.call('lockChanges', { passphrase: PASSPHRASE });
  world.practice.control.revokeKey('alice');
  await screens.options.getByRole('button', { name: 'Check all' }).click();
  await screens.tableRow('Mine').getByText('Reconnect needed').waitFor();
  await expect.poll(() => badgeText(world.page)).toBe('1');
  const mend = screens.options.getByRole('button', { name: 'Reconnect Mine' });
  await expect.poll(() => mend.isDisabled()).toBe(true);
  await screens.options.getByRole('searchbox').fill('nobody');
  await screens.tableRow('Mine').waitFor({ state: 'detached' });
  await screens.options.getByRole('searchbox').fill('mine');
  await screens.tableRow('Mine').waitFor();
  await screens.popup.getByRole('combobox', { name: 'Environment' }).selectOption('staging');
  await screens.popupRow('Mine').waitFor({ state: 'detached' });
  await screens.popup.getByRole('combobox', { name: 'Environment' }).selectOption('');
  await screens.popupRow('Mine').waitFor();
  await screens.options.getByRole('link', { name: 'Open Mine' }).click();
  await screens.options.getByRole('tab', { name: 'Activity' }).click();
  await screens.options.getByRole('tabpanel').getByText(/401/).first().waitFor();
  await world.call('unlockChanges', { passphrase: PASSPHRASE });
});

it('makes wrong passphrases wait, and reloading or a new worker does not help', async () => {
  await world.call('lockChanges', { passphrase: PASSPHRASE });
  const settings = await openOptions(world, '#/settings');
  await settings.getByRole('button', { name: 'Unlock changes' }).first().click();
  const dialog = settings.getByRole('dialog', { name: 'Unlock changes' });
  await tryPassphrase(settings, 'not this one');
  await dialog.getByText('This is not the passphrase').waitFor();
  for (const passphrase of ['nor this', 'nor that'])
    await replyTo(world.page, 'unlockChanges', { passphrase });
  await dialog.getByText(/The next try is possible in \d+ seconds?/).waitFor();
  const again = dialog.getByRole('button', { name: 'Unlock changes' });
  await expect.poll(() => again.isDisabled()).toBe(true);
  // At once: the wait is ten seconds.
  await world.browser.stopWorker();
  expect(await replyTo(world.page, 'unlockChanges', { passphrase: PASSPHRASE })).toMatchObject({
    ok: false,
    code: 'passphrase-wait',
  });
  await settings.reload();
  await settings.getByRole('button', { name: 'Unlock changes' }).first().click();
  const wait = dialog.getByText(/The next try is possible in/);
  await wait.waitFor();
  await expectNothingFound(settings);
  await wait.waitFor({ state: 'detached' });
  await tryPassphrase(settings, PASSPHRASE);
  await settings.getByRole('button', { name: 'Lock changes', exact: true }).waitFor();
  expect(await world.records('kept')).not.toContainEqual(
    expect.objectContaining({ wrongTries: expect.any(Number) }),
  );
});

it('lets an attempt that was begun before end as it would have', async () => {
  const { authorizationId, window } = await openSignIn(world);
  await world.call('lockChanges', { passphrase: PASSPHRASE });
  await allowAs(window, 'alice');
  expect((await ended(world, authorizationId)).state.kind).toBe('done');
  await screens.tableRow('alice@practice.example').getByText('Active').waitFor();
  await world.call('unlockChanges', { passphrase: PASSPHRASE });
});

it('that the organisation set is named, and nobody unlocks it here', async () => {
  await organisationSets({ viewOnly: true, organisation: 'Acme IT' });
  expect(await replyTo(world.page, 'addEnvironment', { name: 'Mine' })).toMatchObject({
    ok: false,
    code: 'view-only-organisation',
  });
  const settings = await openOptions(world, '#/settings');
  const popup = await openPopup(world);
  for (const page of [settings, popup]) {
    await page.getByText('View only: Acme IT has locked changes in Patchbay.').first().waitFor();
    expect(await page.getByRole('button', { name: 'Unlock changes' }).count()).toBe(0);
    await expectNothingFound(page);
  }
  expect(await settings.getByRole('button', { name: 'Lock changes', exact: true }).count()).toBe(0);
  expect(await replyTo(world.page, 'unlockChanges', { passphrase: 'anything' })).toMatchObject({
    ok: false,
    code: 'view-only-organisation',
  });
  // The next worker hears from the browser itself that nobody set anything.
  await world.browser.stopWorker();
  await world.call('stopChecking', {});
  await settings.getByRole('button', { name: 'Lock changes', exact: true }).waitFor();
});
