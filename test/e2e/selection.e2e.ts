/**
 * Several connections at once: selecting them, and what can be done with a selection.
 */
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { TAGS_CARRIED_MAX } from '../../lib/domain/tag.ts';
import { seed } from '../bench/popup/seed.ts';
import { expectNothingFound } from './support/axe.ts';
import { connectByBasic, connectByKey } from './support/connect.ts';
import { openOptions, useScreens } from './support/screens.ts';
import { expectFocus, laidOut } from './support/settled.ts';
import { forgetConnections, holdStore } from './support/stored.ts';
import { useWorld } from './support/world.ts';

const world = useWorld();
const screens = useScreens(world, ['options']);

const NAMES = ['Ads', 'Billing', 'Crm'];

/** Two keys and a password of alice and bob. */
async function three(): Promise<Page> {
  await connectByKey(world, 'alice', { name: 'Ads' });
  await connectByKey(world, 'bob', { name: 'Billing', environmentId: 'staging' });
  const crm = await connectByBasic(world, 'alice');
  await world.call('renameConnection', { id: crm.id, name: 'Crm', revision: crm.revision });
  for (const name of NAMES) await screens.tableRow(name).waitFor();
  return screens.options;
}

function bar(page: Page): Locator {
  return page.getByRole('toolbar', { name: 'Selection' });
}

function act(page: Page, name: string): Locator {
  return bar(page).getByRole('button', { name, exact: true });
}

function box(page: Page, name: string): Locator {
  return page.getByRole('checkbox', { name: `Select ${name}`, exact: true });
}

function count(page: Page): Promise<string> {
  return bar(page).getByRole('status').innerText();
}

function said(page: Page, text: string | RegExp): Locator {
  return page.getByRole('status', { name: 'Messages' }).getByText(text);
}

function selectPage(page: Page): Locator {
  return page.getByRole('checkbox', { name: 'Select all on this page' });
}

function tagField(page: Page): Locator {
  return page
    .getByRole('textbox', { name: 'Add a tag' })
    .or(page.getByRole('combobox', { name: 'Add a tag' }));
}

async function byName<T>(
  read: (one: Awaited<ReturnType<typeof all>>[number]) => T,
): Promise<Record<string, T>> {
  return Object.fromEntries((await all()).map((one) => [one.name, read(one)]));
}

function all() {
  return world.records('connections');
}

/** The names of the rows that are selected, in the order that is seen. */
function selectedRows(page: Page): Promise<string[]> {
  return page
    .getByRole('row')
    .filter({ has: page.getByRole('checkbox', { name: /^Select (?!all)/, checked: true }) })
    .locator('.cell-name')
    .allTextContents();
}

describe('selecting', () => {
  it('goes beyond the page, is kept by filters, and says what they hide', async () => {
    await seed(world.page, 300);
    const page = await openOptions(world);
    await page.getByRole('row').nth(5).waitFor();
    await selectPage(page).check();
    const onPage = Number.parseInt(await count(page), 10);
    expect(onPage).toBeGreaterThan(5);
    expect(onPage).toBeLessThan(300);
    await act(page, 'Select all 300 connections').click();
    await expect.poll(() => count(page)).toBe('300 selected');
    await expect.poll(() => act(page, 'Select all 300 connections').count()).toBe(0);
    await page.getByRole('searchbox', { name: 'Search connections' }).fill('payroll');
    await expect.poll(() => count(page)).toBe('300 selected · 250 hidden by filters');
    await page.getByRole('searchbox', { name: 'Search connections' }).fill('');
    await act(page, 'Clear selection').click();
    await bar(page).waitFor({ state: 'detached' });
    await expect.poll(() => selectPage(page).isChecked()).toBe(false);
  });

  it('stretches with Shift from the last one, by pointer and by keyboard, in the order seen', async () => {
    await seed(world.page, 12);
    const page = await openOptions(world, '#/connections?sort=created');
    const boxes = page.getByRole('checkbox', { name: /^Select (?!all)/ });
    await boxes.nth(8).waitFor();
    await boxes.nth(2).click();
    await boxes.nth(5).click({ modifiers: ['Shift'] });
    const names = await page.locator('tr.row .cell-name').allTextContents();
    await expect.poll(() => selectedRows(page)).toEqual(names.slice(2, 6));
    await boxes.nth(1).focus();
    await page.keyboard.press('Shift+Space');
    await expect.poll(() => selectedRows(page)).toEqual(names.slice(1, 6));
    await boxes.nth(3).click();
    await boxes.nth(4).click({ modifiers: ['Shift'] });
    await expect.poll(() => selectedRows(page)).toEqual([1, 2, 5].map((at) => names[at]));
    // No text was selected by the way.
    expect(await page.evaluate(() => getSelection()?.toString())).toBe('');
    // Beside the box is the box too.
    await page
      .locator('label.select-box')
      .nth(10)
      .click({ modifiers: ['Shift'], position: { x: 2, y: 2 } });
    await expect.poll(() => selectedRows(page)).toEqual([names[1], names[2]]);
  });

  it('stretches over rows that are not in the page, and over the heads of groups', async () => {
    await seed(world.page, 300);
    const page = await openOptions(world, '#/connections?group=provider');
    const boxes = page.locator('tr.row:not(.row-group) .select-box input');
    await boxes.first().click();
    const table = page.getByRole('table', { name: 'Connections' });
    const rowCount = () => table.getAttribute('aria-rowcount');
    // The header, and at least two heads among them. Before all are there, the end lies elsewhere.
    await expect.poll(async () => Number(await rowCount())).toBeGreaterThan(302);
    const rows = await rowCount();
    await laidOut(page);
    await page.locator('.table-scroll').evaluate((list) => list.scrollTo(0, list.scrollHeight));
    await page.locator(`tr.row[aria-rowindex="${rows}"]`).waitFor({ state: 'attached' });
    await boxes.last().click({ modifiers: ['Shift'] });
    await expect.poll(() => count(page)).toBe('300 selected');
  });

  it('is kept where another environment is shown, and goes to one from a menu', async () => {
    const page = await three();
    await box(page, 'Ads').check();
    await box(page, 'Billing').check();
    const environment = page.getByRole('combobox', { name: 'Environment' });
    await environment.selectOption('Staging');
    await expect.poll(() => count(page)).toBe('2 selected · 1 hidden by filters');
    await act(page, 'Move to').click();
    await page.getByRole('menuitem', { name: 'Development' }).click();
    await said(page, '2 connections moved to Development').waitFor();
    await expect.poll(() => count(page)).toBe('2 selected · 2 hidden by filters');
    await page.getByRole('button', { name: 'Undo' }).click();
    await said(page, '1 connection moved to Production').waitFor();
    await environment.selectOption('All environments');
    await expect.poll(() => count(page)).toBe('2 selected');
    expect(await byName(({ environmentId }) => environmentId)).toEqual({
      Ads: 'production',
      Billing: 'staging',
      Crm: 'production',
    });
  });

  it('moves no row when its bar comes, wide or narrow', async () => {
    const page = await three();
    for (const width of [1280, 400]) {
      await page.setViewportSize({ width, height: 700 });
      // As it is laid out at this width from the start.
      await page.reload();
      await screens.tableRow('Crm').waitFor();
      await laidOut(page);
      const places = () =>
        page
          .locator('tr.row')
          .evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().y + window.scrollY));
      const before = await places();
      await box(page, 'Ads').click();
      await bar(page).waitFor();
      await laidOut(page);
      expect(await places()).toEqual(before);
      await box(page, 'Ads').click();
      await bar(page).waitFor({ state: 'detached' });
    }
  });

  it('loses what another page deletes', async () => {
    const page = await three();
    await selectPage(page).check();
    const [first] = await all();
    await world.call('deleteConnections', { ids: [first?.id ?? ''], revoke: false });
    await expect.poll(() => count(page)).toBe('2 selected');
  });
});

describe('an action on the selection', () => {
  it('asks the providers about those alone, and shows the outcome of each', async () => {
    const page = await three();
    world.practice.control.revokeKey('alice');
    world.practice.requests.clear();
    await box(page, 'Ads').check();
    await box(page, 'Crm').check();
    await act(page, 'Check now').click();
    await said(page, '2 connections checked').waitFor();
    await page.getByRole('button', { name: 'Show each' }).click();
    const dialog = page.getByRole('dialog', { name: 'Result for each connection' });
    const lines = async () => {
      const texts = await dialog.getByRole('listitem').allInnerTexts();
      return texts.map((line) => line.split(' · ').slice(0, 2));
    };
    await expect.poll(lines).toEqual([
      ['Ads', 'Reconnect needed'],
      ['Crm', 'Active'],
    ]);
    await expectNothingFound(page);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('pauses, takes that back for those alone that it paused, and resumes', async () => {
    const page = await three();
    const [ads] = (await all()).filter(({ name }) => name === 'Ads');
    await world.call('pauseSync', { ids: [ads?.id ?? ''] });
    // The page goes by what it has read.
    await page
      .getByRole('combobox', { name: 'Sync' })
      .getByRole('option', { name: 'Paused (1)' })
      .waitFor({ state: 'attached' });
    await selectPage(page).check();
    await act(page, 'Pause').click();
    await said(page, 'Flows of 3 connections paused').waitFor();
    expect(Object.values(await byName(({ sync }) => sync.kind))).toEqual(NAMES.map(() => 'paused'));
    await page.getByRole('button', { name: 'Undo' }).click();
    await said(page, 'Flows of 2 connections resumed').waitFor();
    expect(await byName(({ sync }) => sync.kind)).toEqual({
      Ads: 'paused',
      Billing: 'on',
      Crm: 'on',
    });
    await act(page, 'Resume').click();
    await said(page, 'Flows of 3 connections resumed').waitFor();
    expect(Object.values(await byName(({ sync }) => sync.kind))).toEqual(NAMES.map(() => 'on'));
  });

  it('tags by keyboard, and takes the tag again', async () => {
    const page = await three();
    await box(page, 'Ads').focus();
    await page.keyboard.press('Space');
    await box(page, 'Billing').check();
    await act(page, 'Tag').focus();
    await page.keyboard.press('Enter');
    await expectFocus(tagField(page));
    await page.keyboard.type('Quarterly');
    await page.keyboard.press('Enter');
    await said(page, '2 connections tagged “Quarterly”').waitFor();
    expect(await byName(({ tags }) => tags)).toEqual({
      Ads: ['Quarterly'],
      Billing: ['Quarterly'],
      Crm: [],
    });
    await act(page, 'Tag').click();
    await page.getByRole('button', { name: 'Take “Quarterly” from 2' }).click();
    await said(page, '“Quarterly” taken from 2 connections').waitFor();
    expect(Object.values(await byName(({ tags }) => tags.length))).toEqual([0, 0, 0]);
  });

  it('tells which could not be changed, and why; the others are, and can be undone', async () => {
    const page = await three();
    const [ads] = (await all()).filter(({ name }) => name === 'Ads');
    await world.call('setTags', {
      id: ads?.id ?? '',
      revision: ads?.revision ?? 0,
      tags: Array.from({ length: TAGS_CARRIED_MAX }, (_, at) => `tag ${at}`),
    });
    await selectPage(page).check();
    await act(page, 'Tag').click();
    await tagField(page).fill('Red');
    await page.getByRole('button', { name: 'Add tag' }).click();
    await said(page, '2 connections tagged “Red”').waitFor();
    await said(page, '1 could not be changed').waitFor();
    await page.getByRole('button', { name: 'Show each' }).click();
    const dialog = page.getByRole('dialog', { name: 'Result for each connection' });
    expect(await dialog.getByRole('listitem').first().innerText()).toMatch(/^Ads · .*tags/);
    await dialog.getByText('Close', { exact: true }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await said(page, '“Red” taken from 2 connections').waitFor();
    expect(await byName(({ tags }) => tags.length)).toEqual({
      Ads: TAGS_CARRIED_MAX,
      Billing: 0,
      Crm: 0,
    });
  });

  it('deletes after one question, and Undo brings all of them back', async () => {
    const page = await three();
    await selectPage(page).check();
    await act(page, 'Delete').click();
    const dialog = page.getByRole('dialog', { name: 'Delete 3 connections' });
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await said(page, '3 connections deleted.').waitFor();
    await bar(page).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Show each' }).click();
    const each = page.getByRole('dialog', { name: 'Result for each connection' });
    expect(await each.getByRole('listitem').count()).toBe(3);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Undo' }).click();
    for (const name of NAMES) await screens.tableRow(name).waitFor();
    expect((await all()).length).toBe(3);
  });

  it('reconnects the broken ones one after the other', async () => {
    const page = await three();
    await box(page, 'Billing').check();
    await box(page, 'Crm').check();
    await act(page, 'Reconnect').click();
    await said(page, 'None of the selected connections asks to be reconnected').waitFor();
    for (const person of ['alice', 'bob'] as const) world.practice.control.revokeKey(person);
    await world.call('checkNow', { ids: [] });
    for (const name of ['Ads', 'Billing'])
      await screens.tableRow(name).getByText('Reconnect needed').waitFor();
    await box(page, 'Ads').check();
    await act(page, 'Reconnect').click();
    await page.getByRole('region', { name: 'Now: Ads' }).waitFor();
    await page.getByText('1 of 2').waitFor();
    await page.waitForURL(/#\/repair/);
    await page.getByRole('button', { name: 'Skip' }).click();
    await page.getByRole('region', { name: 'Now: Billing' }).waitFor();
    await page.getByRole('button', { name: 'Skip' }).click();
    await page.getByRole('heading', { name: 'What became of them' }).waitFor();
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    // What was selected still is.
    await expect.poll(() => count(page)).toBe('3 selected');
  });
});

describe('an action on more than the page', () => {
  const ALL = 600;

  /** Selects the whole list, of which a page shows a few. */
  async function selectAll(page: Page, count: string): Promise<void> {
    await page.getByRole('row').nth(5).waitFor();
    await selectPage(page).check();
    await act(page, `Select all ${count} connections`).click();
    await bar(page).getByText(`${count} selected`).waitFor();
  }

  it('shows how far it is, ends when it is stopped, and says what was left', async () => {
    await seed(world.page, ALL);
    const page = await openOptions(world);
    await selectAll(page, '600');
    const letGo = await holdStore(world.page, 'connections');
    await act(page, 'Tag').click();
    await tagField(page).fill('Quarter');
    await page.getByRole('button', { name: 'Add tag' }).click();
    const progress = bar(page).getByRole('progressbar', { name: 'Selection' });
    await progress.waitFor();
    expect(await progress.getAttribute('max')).toBe(`${ALL}`);
    // One thing at a time.
    expect(await act(page, 'Delete').count()).toBe(0);
    await act(page, '0 of 600 · Stop').click();
    await letGo();
    await said(page, '500 connections tagged “Quarter” · stopped, 100 left as they were').waitFor();
    await progress.waitFor({ state: 'detached' });
    const isTagged = ({ tags }: { readonly tags: readonly string[] }) => tags.includes('Quarter');
    expect((await all()).filter(isTagged).length).toBe(500);
    await page.getByRole('button', { name: 'Undo' }).click();
    await said(page, '“Quarter” taken from 500 connections').waitFor();
    expect((await all()).filter(isTagged)).toEqual([]);
    await forgetConnections(world.page);
  });

  it('deletes in pieces that Stop ends and one Undo brings back', async () => {
    await seed(world.page, ALL);
    const page = await openOptions(world);
    await selectAll(page, '600');
    const letGo = await holdStore(world.page, 'deletions');
    await act(page, 'Delete').click();
    const dialog = page.getByRole('dialog', { name: 'Delete 600 connections' });
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await dialog.getByRole('progressbar', { name: 'Delete' }).waitFor();
    await expectNothingFound(page);
    await dialog.getByRole('button', { name: '0 of 600 · Stop' }).click();
    await letGo();
    await dialog.waitFor({ state: 'detached' });
    await said(page, '100 connections were not deleted.').waitFor();
    await said(page, '500 connections deleted.').waitFor();
    expect((await all()).length).toBe(100);
    await page.getByRole('button', { name: 'Undo' }).click();
    await said(page, '500 connections are back, as they were.').waitFor();
    await forgetConnections(world.page);
  });

  it('asks no further provider when it is stopped, and tells how many were asked and how many were left', async () => {
    // Named so that it is among the first.
    const { id } = await connectByKey(world, 'alice', { name: 'Ads' });
    await seed(world.page, 300);
    const before = await checkedAt();
    const page = await openOptions(world);
    await selectAll(page, '301');
    const held = world.practice.control.holdNext('keys');
    await act(page, 'Check now').click();
    await held.reached;
    const stop = page.getByRole('button', { name: /^Stop checking \(\d+ of 301\)$/ });
    await stop.click();
    held.release();
    const outcome = said(page, /^\d+ connections? checked/);
    await outcome.waitFor();
    await stop.waitFor({ state: 'detached' });
    const after = await checkedAt();
    const asked = [...after.keys()].filter((one) => before.get(one) !== after.get(one));
    expect(asked).toContain(id);
    // Of what was read ahead, and no more.
    expect(asked.length).toBeLessThanOrEqual(250);
    const text = await outcome.innerText();
    expect(Number.parseInt(text, 10)).toBe(asked.length);
    expect(text).toContain(`· ${301 - asked.length} not asked`);
  });

  async function checkedAt(): Promise<Map<string, number | null>> {
    return new Map((await all()).map((one) => [one.id, one.checkedAt]));
  }
});
