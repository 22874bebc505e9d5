/**
 * What is kept is damaged, gone, or in somebody's way: said, never hidden, and the rest works.
 */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { DATABASE_VERSION } from '../../lib/store/database.ts';
import { badgeText } from '../support/browser/observe.ts';
import { expectNothingFound } from './support/axe.ts';
import { connectByKey } from './support/connect.ts';
import { openOptions, openPopup, popupRow, tableRow } from './support/screens.ts';
import { deleteDatabase, keptRecord, storedRecords } from './support/stored.ts';
import { useWorld } from './support/world.ts';

const world = useWorld();

/** Puts something into the store behind everybody's back. */
async function plant(page: Page, record: object): Promise<void> {
  await page.evaluate(
    (planted) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('patchbay');
        opening.addEventListener('success', () => {
          const writing = opening.result.transaction('connections', 'readwrite');
          writing.objectStore('connections').put(planted);
          writing.addEventListener('complete', () => resolve());
          writing.addEventListener('error', () => reject(writing.error));
          opening.result.close();
        });
      }),
    record,
  );
}

/** The first schema that was released. */
const STORES: readonly [string, string | string[] | null][] = [
  ['connections', 'id'],
  ['checks', ['connectionId', 'at']],
  ['authorizations', 'id'],
  ['providers', 'id'],
  ['clients', 'id'],
  ['kept', null],
  ['secrets', 'id'],
];
const INDEXES: readonly [string, string | string[]][] = [
  ['byList', ['urgency', 'sortName', 'id']],
  ['byEnvironment', ['environmentId', 'urgency', 'sortName', 'id']],
  ['byDue', 'nextCheckAt'],
  ['byIdentity', ['providerId', 'identity.id']],
];

/** Makes a database of some version with the first schema, and holds it, deaf to whoever needs it. */
async function hold(page: Page, version: number): Promise<void> {
  await page.evaluate(
    ([wanted, stores, indexes]) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('patchbay', wanted);
        opening.addEventListener('upgradeneeded', () => {
          const made = stores.map(([name, keyPath]) =>
            opening.result.createObjectStore(name, { keyPath }),
          );
          for (const [name, keyPath] of indexes) made[0]?.createIndex(name, keyPath);
        });
        opening.addEventListener('error', () => reject(opening.error));
        opening.addEventListener('success', () => {
          Object.assign(globalThis, { held: opening.result });
          resolve();
        });
      }),
    [version, STORES, INDEXES] as const,
  );
}

async function letGo(page: Page): Promise<void> {
  await page.evaluate(() => (globalThis as unknown as { held: IDBDatabase }).held.close());
}

/** Waits until it stands beside the database how many connections are in it, which is told after them. */
async function writtenBeside(page: Page, count: number): Promise<void> {
  const had = () =>
    page.evaluate(async () => {
      const { chrome } = globalThis as unknown as {
        chrome: { storage: { local: { get(name: string): Promise<Record<string, unknown>> } } };
      };
      return (await chrome.storage.local.get('had'))['had'];
    });
  await expect.poll(had).toMatchObject({ count });
}

it('a record that cannot be read is set aside and shown, and the others work [F24]', async () => {
  await connectByKey(world, 'alice', { name: 'Well' });
  const [well] = await world.records('connections');
  await plant(world.page, {
    ...well,
    id: 'damaged',
    name: 'Damaged',
    health: { kind: 'hibernating', until: 'spring' },
    nextCheckAt: 1,
  });
  const options = await openOptions(world);
  await tableRow(options, 'Well').waitFor();
  const note = options.getByRole('status', { name: 'What cannot be read' });
  await note.getByText('1 connection cannot be read. The others are fine.').waitFor();
  expect(await tableRow(options, 'Damaged').count()).toBe(0);
  const popup = await openPopup(world);
  await popup.getByText('1 connection cannot be read. The others are fine.').waitFor();
  await popupRow(popup, 'Well').waitFor();
  expect(await popupRow(popup, 'Damaged').count()).toBe(0);
  expect(await world.call('checkNow', { ids: [] })).toMatchObject({ checked: 1, reconnect: 0 });
  expect(await world.records('quarantine')).toHaveLength(1);

  await note.getByRole('button', { name: 'Show what' }).click();
  const dialog = options.getByRole('dialog', { name: 'What cannot be read' });
  await dialog.getByText('Damaged', { exact: true }).waitFor();
  await expectNothingFound(options);
  const downloading = options.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save a copy' }).click();
  expect((await downloading).suggestedFilename()).toBe('patchbay-unreadable.json');
  await dialog.getByRole('button', { name: 'Delete Damaged' }).click();
  await expect.poll(() => note.textContent()).toBe('');
  expect(await world.records('quarantine')).toEqual([]);
  await tableRow(options, 'Well').waitFor();
});

it('a database that is gone is a recovery screen and no first run [F25]', async () => {
  await connectByKey(world, 'alice', { name: 'Was here' });
  await writtenBeside(world.page, 1);
  await world.browser.stopWorker();
  await deleteDatabase(world.page);
  const popup = await openPopup(world);
  await popup.getByRole('heading', { name: 'Your connections are gone' }).waitFor();
  await popup.getByText(/^1 connection was here on /).waitFor();
  await expectNothingFound(popup);
  const options = await openOptions(world);
  await options.getByRole('heading', { name: 'Your connections are gone' }).waitFor();
  for (const page of [popup, options])
    expect(await page.getByRole('status', { name: 'Summary' }).innerText()).toBe('');
  await expectNothingFound(options);
  await world.browser.worker();
  await expect.poll(() => badgeText(world.page)).toBe('!');
  await options.getByRole('button', { name: 'Restore from a file' }).click();
  await options.getByRole('dialog', { name: 'Import connections' }).waitFor();
  await options.keyboard.press('Escape');
  await options.getByRole('link', { name: 'Connections', exact: true }).click();
  await options.getByRole('button', { name: 'Start anew' }).click();
  await options.getByRole('heading', { name: 'No connections yet' }).waitFor();
  await expect.poll(() => badgeText(world.page)).toBe('');
  await popup.reload();
  await popup.getByRole('button', { name: 'New connection' }).last().waitFor();
  expect(await popup.getByText('Your connections are gone').count()).toBe(0);
  await restoreDefinitions();
});

it('an old page in the way is said, and the list comes once it is gone [F22]', async () => {
  await world.browser.stopWorker();
  await deleteDatabase(world.page);
  // As a page of an older version that does not hear.
  await hold(world.page, 1);
  const popup = await openPopup(world);
  await popup.getByText(/Close the other Patchbay pages/).waitFor();
  const options = await openOptions(world);
  await options.getByText(/Close the other Patchbay pages/).waitFor();
  await letGo(world.page);
  await popup.getByText(/Close the other Patchbay pages/).waitFor({ state: 'detached' });
  await options.getByText(/Close the other Patchbay pages/).waitFor({ state: 'detached' });
  await restoreDefinitions();
  await connectByKey(world, 'alice', { name: 'After the upgrade' });
  await popupRow(popup, 'After the upgrade').waitFor();
  await tableRow(options, 'After the upgrade').waitFor();
  expect(await world.records('quarantine')).toEqual([]);
});

it('data of a newer version is left alone, and the pages say what to do', async () => {
  await world.browser.stopWorker();
  await deleteDatabase(world.page);
  await hold(world.page, DATABASE_VERSION + 1);
  await letGo(world.page);
  const popup = await openPopup(world);
  await popup.getByText(/Update Patchbay to read it/).waitFor();
  const options = await openOptions(world);
  await options.getByText(/Update Patchbay to read it/).waitFor();
  await options.close();
  await popup.close();
  await world.browser.stopWorker();
  await deleteDatabase(world.page);
  await restoreDefinitions();
  expect(await storedRecords(world.page, 'connections')).toEqual([]);
  expect(await keptRecord(world.page, 'untold')).toBeUndefined();
});

/** What every test of the file starts with. */
async function restoreDefinitions(): Promise<void> {
  for (const definition of Object.values(world.practice.definitions))
    await world.call('importProvider', { text: JSON.stringify(definition) });
}
