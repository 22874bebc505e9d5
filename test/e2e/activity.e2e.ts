/**
 * What happened: written down by the background, shown on a page of its own and as a strip of days.
 */
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import { readCsv } from '../support/read-csv.ts';
import { expectNothingFound } from './support/axe.ts';
import { connectByKey } from './support/connect.ts';
import { useScreens } from './support/screens.ts';
import { useWorld } from './support/world.ts';

const world = useWorld();
const screens = useScreens(world, ['options']);

let alice: string;

beforeEach(async () => {
  alice = (await connectByKey(world, 'alice', { name: 'Alice’s' })).id;
  await screens.tableRow('Alice’s').waitFor();
});

async function visit(hash: string): Promise<Page> {
  await screens.options.goto(new URL(hash, screens.options.url()).href);
  return screens.options;
}

/** Lines of today, the newest first. */
function lines(page: Page): Locator {
  return page.getByRole('region', { name: 'Today' }).getByRole('listitem');
}

async function breakAlice(): Promise<void> {
  world.practice.control.revokeKey('alice');
  await world.call('checkNow', { ids: [alice] });
}

async function mendAlice(): Promise<void> {
  const credential = { kind: 'key' as const, key: world.practice.control.createKey('alice') };
  const wish = { connectionId: alice, credential, client: null, chooseAccount: false };
  await world.call('reconnect', wish);
}

it('is listed as it happens, the newest first, and narrowed down by its address', async () => {
  const page = screens.options;
  await page.getByRole('link', { name: 'Activity', exact: true }).click();
  await lines(page).filter({ hasText: 'Connected' }).first().waitFor();
  await breakAlice();
  await lines(page).filter({ hasText: 'Reconnect needed' }).first().waitFor();
  await world.browser.stopWorker();
  await mendAlice();
  const mended = lines(page).filter({ hasText: 'Works again · credential replaced by you' });
  await mended.first().waitFor();
  expect(await lines(page).first().textContent()).toContain('Works again');

  await page.getByRole('combobox', { name: 'What happened' }).selectOption('Changes by you');
  await mended.waitFor({ state: 'detached' });
  await page.waitForURL(/#\/activity\?what=changes$/);
  await page.getByRole('searchbox', { name: 'Search names' }).fill('nobody');
  await page.getByText('Nothing of that kind').waitFor();
  await page.getByRole('searchbox', { name: 'Search names' }).fill('alice’s');
  // The address follows the letters once they can be seen.
  await page.waitForURL(/q=alice/);
  await page.reload();
  await lines(page).filter({ hasText: 'Connected' }).first().waitFor();
  await lines(page).first().getByRole('link', { name: 'Alice’s' }).click();
  await page.getByRole('region', { name: 'Details of Alice’s' }).waitFor();
});

it('says what a person did, by them alone, and keeps it when the connection is gone', async () => {
  const { revision } = await connectByKey(world, 'bob', { name: 'Bob’s' });
  expect(revision).toBe(1);
  await world.call('renameConnection', { id: alice, name: 'Anna’s', revision: 1 });
  const page = await visit(`#/activity?connection=${alice}`);
  await lines(page).filter({ hasText: 'Renamed from Alice’s' }).waitFor();
  expect(await lines(page).filter({ hasText: 'Bob’s' }).count()).toBe(0);
  const { batchId } = await world.call('deleteConnections', { ids: [alice], revoke: false });
  await lines(page).filter({ hasText: 'Deleted' }).waitFor();
  await page.getByText('which is not here any more').waitFor();
  await world.call('undoDeletion', { batchId });
  await lines(page).filter({ hasText: 'Brought back' }).waitFor();
  await page.getByRole('button', { name: 'Show of all connections' }).click();
  await lines(page).filter({ hasText: 'Bob’s' }).first().waitFor();
});

it('shows the last 90 days of a connection, in words too', async () => {
  const page = await visit(`#/connections/${alice}?tab=activity`);
  const strip = page.getByRole('img', { name: /^Last 90 days: / });
  await page.getByRole('img', { name: 'Last 90 days: 1 good, 89 not watched' }).waitFor();
  await breakAlice();
  await page.getByRole('img', { name: 'Last 90 days: 1 broken, 89 not watched' }).waitFor();
  expect(await strip.locator('.strip-day').last().getAttribute('title')).toContain(': broken');
  await mendAlice();
  // The first one is of before it broke.
  await page.getByText('accepted').nth(1).waitFor();
  // Of a day the worst stays.
  await page.getByRole('img', { name: 'Last 90 days: 1 broken, 89 not watched' }).waitFor();
  await expectNothingFound(page);
  await page.getByRole('link', { name: 'All activity of this connection' }).click();
  await page.getByText('Only Alice’s').waitFor();
});

it('has nothing that axe finds, and fits a narrow window', async () => {
  await breakAlice();
  const page = await visit('#/activity');
  await page.setViewportSize({ width: 400, height: 800 });
  await lines(page).first().waitFor();
  const isWide = () => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  await expect.poll(isWide).toBe(false);
  await expectNothingFound(page);
});

it('is exported as a table: what the filters leave, in UTC, and nothing that a spreadsheet runs', async () => {
  const [{ revision = 0 } = {}] = await world.records('connections');
  await world.call('renameConnection', { id: alice, name: '=HYPERLINK("x")', revision });
  await breakAlice();
  const page = await visit('#/activity?q=hyperlink');
  await lines(page).filter({ hasText: 'Reconnect needed' }).first().waitFor();
  await expectNothingFound(page);
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export as CSV' }).click();
  const download = await downloading;
  await screens.message(/lines of the activity were exported/).waitFor();
  const text = await readFile(await download.path(), 'utf8');
  expect(download.suggestedFilename()).toMatch(/^patchbay-activity-\d{4}-\d\d-\d\d\.csv$/);
  const [head = [], ...rows] = readCsv(text);
  expect(head.slice(0, 2)).toEqual(['Time (UTC)', 'Name']);
  // As the page lists them, and those of before under their old name left out.
  await expect.poll(() => page.locator('.activity-line').count()).toBe(rows.length);
  const times = rows.map(([at = '']) => at);
  expect(times.every((at) => /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(at))).toBe(true);
  expect(new Set(rows.map(([, name]) => name))).toEqual(new Set([`'=HYPERLINK("x")`]));
  expect(rows.map(([, , , what]) => what)).toContain('Reconnect needed');
  expect(world.practice.control.secrets().filter((secret) => text.includes(secret))).toEqual([]);
  await page.getByRole('searchbox', { name: 'Search names' }).fill('nowhere');
  await page.getByText('Nothing of that kind').waitFor();
  const exporting = page.getByRole('button', { name: 'Export as CSV' });
  await expect.poll(() => exporting.isDisabled()).toBe(true);
});
