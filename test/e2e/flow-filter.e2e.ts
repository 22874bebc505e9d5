/**
 * The list narrowed down to what one flow uses: from the sidebar, from the register, from a view.
 */
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SavedView } from '../../lib/domain/saved-view.ts';
import { expectNothingFound } from './support/axe.ts';
import { connectByBasic, connectByKey } from './support/connect.ts';
import { useScreens } from './support/screens.ts';
import { useWorld } from './support/world.ts';

const world = useWorld();
const screens = useScreens(world, ['options']);

const BASIC = 'Practice Basic · alice@practice.example';

beforeEach(async () => {
  const { id } = await connectByKey(world, 'alice', { name: 'Ads' });
  await connectByBasic(world, 'alice');
  const text = { address: null, note: '' };
  await world.call('addFlow', { name: 'Nightly export', ...text, connectionIds: [id] });
  await screens.tableRow('Ads').waitFor();
});

afterEach(async () => {
  const kept = (await world.records('kept')).flatMap((one) => (Array.isArray(one) ? one : []));
  for (const one of kept as readonly Partial<SavedView>[])
    if (one.search !== undefined) await world.call('removeView', { id: one.id ?? '' });
  for (const { id } of await world.records('flows')) await world.call('removeFlow', { id });
});

async function expectRows(page: Page, ...names: string[]): Promise<void> {
  const cells = page.locator('tr.row .cell-name');
  await expect.poll(async () => (await cells.allTextContents()).toSorted()).toEqual(names);
}

it('the sidebar counts each flow, narrows down, and goes when the flows are gone', async () => {
  const page = screens.options;
  const filters = page.getByRole('complementary', { name: 'Filters' });
  const flow = filters.getByRole('combobox', { name: 'Flow' });
  await flow.selectOption('Nightly export (1)');
  await expectRows(page, 'Ads');
  await page.waitForURL(/#\/connections\?flow=/);
  await expectNothingFound(page);
  // The others follow it, and it follows them.
  await filters
    .getByRole('link', { name: /^All providers/ })
    .getByText('1')
    .waitFor();
  await filters.getByRole('link', { name: /^Practice Basic/ }).click();
  await page.getByRole('heading', { name: 'No connection fits' }).waitFor();
  const on = page.getByRole('list', { name: 'Filters that are on' });
  await on.getByText('Flow: Nightly export').waitFor();
  await flow.getByRole('option', { name: 'Nightly export (0)' }).waitFor({ state: 'attached' });
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expectRows(page, 'Ads', BASIC);
  for (const { id } of await world.records('flows')) await world.call('removeFlow', { id });
  await flow.waitFor({ state: 'detached' });
});

it('the register leads to the list of what a flow uses, which a view keeps', async () => {
  const page = screens.options;
  await page.getByRole('link', { name: 'Flows', exact: true }).click();
  const link = page.getByRole('link', { name: 'Show in the list what Nightly export uses' });
  await link.waitFor();
  await expectNothingFound(page);
  await link.click();
  await expectRows(page, 'Ads');
  await page.getByRole('button', { name: 'Saved views' }).click();
  await page.getByRole('textbox', { name: 'Name of the view' }).fill('Nightly');
  await page.getByRole('button', { name: 'Save view' }).click();
  await page.keyboard.press('Escape');
  await page
    .getByRole('complementary', { name: 'Filters' })
    .getByRole('combobox', { name: 'Flow' })
    .selectOption('With or without a flow (2)');
  await expectRows(page, 'Ads', BASIC);
  await page.getByRole('button', { name: 'Saved views' }).click();
  await page.getByRole('link', { name: 'Nightly', exact: true }).click();
  await expectRows(page, 'Ads');
});
