/**
 * The passphrase of the vault: that it really takes the key away, and what both pages say meanwhile.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { LaunchedBrowser } from '../support/browser/launch.ts';
import { badgeText } from '../support/browser/observe.ts';
import { expectNothingFound } from './support/axe.ts';
import { connectByKey, connection, keyWish } from './support/connect.ts';
import { keysOnDisk, type Sealed } from './support/disk-search.ts';
import { eventually } from './support/eventually.ts';
import { outputOf, replyTo } from './support/procedure-call.ts';
import { openOptions, openPopup, popupRow, tableRow } from './support/screens.ts';
import { storedRecords } from './support/stored.ts';
import { openBrowser, useWorld } from './support/world.ts';
import { IS_DEEP } from '../support/deep.ts';

let userDataDir = '';
const world = useWorld(async () => {
  userDataDir = await mkdtemp(join(tmpdir(), 'patchbay-vault-'));
  return { userDataDir };
});
afterAll(() => rm(userDataDir, { recursive: true, force: true }));

const PASSPHRASE = 'correct horse battery staple';
const LOCKED = 'Checks paused while locked.';

/** A sealed credential as it lies in the store. */
function sealedCredential(id: string): Promise<Sealed> {
  return world.page.evaluate(
    (name) =>
      new Promise<Sealed>((resolve, reject) => {
        const opening = indexedDB.open('patchbay');
        opening.addEventListener('success', () => {
          const reading = opening.result.transaction('secrets').objectStore('secrets').get(name);
          reading.addEventListener('error', () => reject(reading.error));
          reading.addEventListener('success', () => {
            const { iv, sealed } = reading.result as { iv: Uint8Array; sealed: ArrayBuffer };
            resolve({ id: name, iv: [...iv], sealed: [...new Uint8Array(sealed)] });
          });
          opening.result.close();
        });
      }),
    `credential:${id}`,
  );
}

/** What closing the browser does to the session, without the minutes that a new one takes. */
async function forgetSession(): Promise<void> {
  await world.page.evaluate(async () => {
    const { chrome } = globalThis as unknown as {
      chrome: { storage: { session: { clear(): Promise<void> } } };
    };
    await chrome.storage.session.clear();
  });
  await world.browser.stopWorker();
  await world.browser.worker();
}

it('a passphrase takes the key off the disk, and both pages say that checks are paused', async () => {
  const { id } = await connectByKey(world, 'alice', { name: 'Mine' });
  await eventually(async () =>
    expect(keysOnDisk(userDataDir, await sealedCredential(id))).toBeGreaterThan(0),
  );

  const settings = await openOptions(world, '#/settings');
  await settings.getByRole('button', { name: 'Set a passphrase' }).click();
  const dialog = settings.getByRole('dialog', { name: 'Set a passphrase' });
  await dialog.getByRole('textbox', { name: 'New passphrase' }).fill(PASSPHRASE);
  await dialog.getByRole('textbox', { name: 'Passphrase again' }).fill(PASSPHRASE);
  await expectNothingFound(settings);
  await dialog.getByRole('button', { name: 'Set a passphrase' }).click();
  await dialog.waitFor({ state: 'detached' });
  await settings.getByRole('button', { name: 'Lock now' }).waitFor();
  expect(await world.call('checkNow', { ids: [id] })).toMatchObject({ checked: 1, reconnect: 0 });
  // The browser takes a file away in its own time.
  await eventually(async () => expect(keysOnDisk(userDataDir, await sealedCredential(id))).toBe(0));

  await forgetSession();
  const popup = await openPopup(world);
  const note = popup.getByRole('status', { name: 'Locked' });
  await note.getByText(LOCKED).waitFor();
  await popupRow(popup, 'Mine')
    .getByText(/Active as of .* not checked while locked/)
    .waitFor();
  await settings.getByRole('status', { name: 'Locked' }).getByText(LOCKED).waitFor();
  await expectNothingFound(popup);
  await expectNothingFound(settings);
  await expect.poll(() => badgeText(world.page)).toBe('–');
  expect(await replyTo(world.page, 'checkNow', { ids: [id] })).toMatchObject({
    ok: false,
    code: 'vault-locked',
  });

  await note.getByLabel('Passphrase').fill('wrong passphrase');
  await note.getByRole('button', { name: 'Unlock' }).click();
  await note.locator('.unlock-problem').waitFor();
  await note.getByLabel('Passphrase').fill(PASSPHRASE);
  await note.getByRole('button', { name: 'Unlock' }).click();
  await note.getByText(LOCKED).waitFor({ state: 'detached' });
  await expect.poll(() => badgeText(world.page)).toBe('');
  expect((await connection(world, id)).health.kind).toBe('active');

  await settings.getByRole('button', { name: 'Remove passphrase' }).click();
  const removing = settings.getByRole('dialog', { name: 'Remove passphrase' });
  await removing.getByRole('textbox', { name: 'Passphrase until now' }).fill(PASSPHRASE);
  await removing.getByRole('button', { name: 'Remove passphrase' }).click();
  await settings.getByRole('button', { name: 'Set a passphrase' }).waitFor();
});

it('a passphrase that is lost costs the secrets and not the list; deleting everything is a first run', async () => {
  await connectByKey(world, 'alice', { name: 'Mine' });
  await world.call('protectVault', { current: null, passphrase: PASSPHRASE });
  await world.call('lockVault', {});
  const options = await openOptions(world, '#/settings');
  await options.getByRole('button', { name: 'Delete the secrets and keep the list' }).click();
  const forgetting = options.getByRole('dialog', { name: 'Delete the secrets and keep the list' });
  await expectNothingFound(options);
  await forgetting.getByRole('button', { name: 'Delete the secrets and keep the list' }).click();
  await options.getByRole('button', { name: 'Set a passphrase' }).waitFor();
  await options.getByRole('link', { name: 'Connections', exact: true }).click();
  await tableRow(options, 'Mine').getByText('Reconnect needed').waitFor();

  await options.getByRole('link', { name: 'Settings', exact: true }).click();
  await options.getByRole('button', { name: 'Delete everything' }).click();
  const deleting = options.getByRole('dialog', { name: 'Delete everything' });
  const button = deleting.getByRole('button', { name: 'Delete everything' });
  expect(await button.isDisabled()).toBe(true);
  await deleting.getByRole('textbox', { name: /to confirm$/ }).fill('delete everything');
  await button.click();
  await deleting.waitFor({ state: 'detached' });
  await options.getByRole('link', { name: 'Connections', exact: true }).click();
  await options.getByRole('heading', { name: 'No connections yet' }).waitFor();
  await expect.poll(() => badgeText(world.page)).toBe('');
  for (const store of ['connections', 'checks', 'secrets', 'providers', 'flows'] as const)
    expect(await world.records(store)).toEqual([]);
  for (const definition of Object.values(world.practice.definitions))
    await world.call('importProvider', { text: JSON.stringify(definition) });
});

it.runIf(IS_DEEP)(
  'a browser that is killed has everything when it comes back, and is locked [F26]',
  async () => {
    const profile = await mkdtemp(join(tmpdir(), 'patchbay-kill-'));
    const { practice, recorder } = world;
    try {
      const first = await openBrowser(recorder, { userDataDir: profile });
      const { keys } = practice.definitions;
      await outputOf(first.page, 'importProvider', { text: JSON.stringify(keys) });
      await outputOf(first.page, 'protectVault', { current: null, passphrase: PASSPHRASE });
      await outputOf(first.page, 'connect', keyWish(world, 'bob', { name: 'Survivor' }));
      await eventually(async () =>
        expect(await storedRecords(first.page, 'connections')).toHaveLength(1),
      );
      await kill(first.browser);

      const second = await openBrowser(recorder, { userDataDir: profile });
      const popup = await second.browser.page('popup.html');
      await popup.getByText(LOCKED).waitFor();
      await popupRow(popup, 'Survivor').waitFor();
      await outputOf(second.page, 'unlockVault', { passphrase: PASSPHRASE });
      expect(await outputOf(second.page, 'checkNow', { ids: [] })).toMatchObject({
        checked: 1,
        reconnect: 0,
      });
      await recorder.look(second.browser);
      await second.browser.close();
    } finally {
      await rm(profile, { recursive: true, force: true, maxRetries: 3 });
    }
  },
);

/** Ends the browser as a crash does: nothing is written any more. */
async function kill({ context }: LaunchedBrowser): Promise<void> {
  const browser = context.browser();
  if (browser === null) throw new Error('This context has no browser of its own.');
  const session = await browser.newBrowserCDPSession();
  const closed = new Promise<void>((resolve) => {
    context.on('close', () => resolve());
  });
  void session.send('Browser.crash').catch(() => undefined);
  await closed;
}
