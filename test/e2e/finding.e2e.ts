/**
 * Finding one connection among several: search, filters, saved views.
 */
import type { Locator, Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SavedView } from '../../lib/domain/saved-view.ts';
import { expectNothingFound } from './support/axe.ts';
import { connectByBasic, connectByKey } from './support/connect.ts';
import { openOptions, openPopup, popupRow, tableRow, useScreens } from './support/screens.ts';
import { useWorld } from './support/world.ts';

const world = useWorld();
const screens = useScreens(world, ['options']);

const BASIC = 'Practice Basic · alice@practice.example';
const KEYS = 'Crème de la crème';

beforeEach(async () => {
  const basic = await connectByBasic(world, 'alice');
  await world.call('pauseSync', { ids: [basic.id] });
  await connectByKey(world, 'alice', {
    name: KEYS,
    environmentId: 'staging',
    tags: ['Red', 'Blue'],
  });
  await connectByKey(world, 'bob', { name: 'Bob’s', tags: ['Red'] });
  world.practice.control.revokeKey('bob');
  await world.call('checkNow', { ids: [] });
  await world.call('checkNow', { ids: [] });
  await screens.tableRow('Bob’s').getByText('Reconnect needed').waitFor();
});

afterEach(async () => {
  for (const { id } of await views()) await world.call('removeView', { id });
});

async function views(): Promise<readonly SavedView[]> {
  const kept = await world.records('kept');
  const isViews = (one: unknown): one is readonly SavedView[] =>
    Array.isArray(one) &&
    one.length > 0 &&
    one.every((view) => typeof view === 'object' && 'search' in view);
  return kept.find(isViews) ?? [];
}

/** Waits for the names in the list, in whichever order. */
async function expectRows(page: Page, ...names: readonly string[]): Promise<void> {
  const cells = page.locator('tr.row .cell-name');
  await expect.poll(async () => (await cells.allTextContents()).sort()).toEqual(names.toSorted());
}

function search(page: Page): Locator {
  return page.getByRole('searchbox', { name: 'Search connections' });
}

function provider(page: Page, name: RegExp): Locator {
  return page.getByRole('list', { name: 'Providers' }).getByRole('link', { name });
}

describe('search', () => {
  it('finds all words whatever their case and accents, marks them, and starts with "/"', async () => {
    const { options } = screens;
    await options.locator('body').press('/');
    await options.keyboard.type('CREME alice');
    await expectRows(options, KEYS);
    const marks = options.locator('tr.row .cell-name mark');
    await expect.poll(() => marks.allTextContents()).toEqual(['Crème', 'crème']);
    await options.keyboard.press('Escape');
    await expectRows(options, BASIC, KEYS, 'Bob’s');
    await expect.poll(() => options.locator('mark').count()).toBe(0);
  });

  it('finds by business account, tag or provider alone, on both pages', async () => {
    const { options } = screens;
    const popup = await openPopup(world);
    // None of these words stands in the name of what they find.
    const found = [
      ['harbour studio', BASIC],
      ['blue', KEYS],
      ['practice keys', KEYS, 'Bob’s'],
    ] as const;
    for (const [typed, ...names] of found) {
      await search(options).fill(typed);
      await expectRows(options, ...names);
      await search(popup).fill(typed);
      const rows = popup.getByRole('list', { name: 'Connections' }).getByRole('listitem');
      await expect.poll(() => rows.count()).toBe(names.length);
      for (const name of names) await popupRow(popup, name).waitFor();
    }
  });

  it('says which filters are on when nothing fits, and clears them', async () => {
    const { options } = screens;
    await search(options).fill('no such thing');
    const on = options.getByRole('list', { name: 'Filters that are on' });
    await expect
      .poll(() => on.getByRole('listitem').allTextContents())
      .toEqual(['Search: no such thing']);
    await options.getByRole('button', { name: 'Clear filters' }).click();
    await expectRows(options, BASIC, KEYS, 'Bob’s');
    await expect.poll(() => search(options).inputValue()).toBe('');
  });
});

describe('filters', () => {
  it('of the status stands in the address, and a reload keeps it', async () => {
    const { options } = screens;
    const status = options.getByRole('combobox', { name: 'Status' });
    await status.selectOption('Reconnect needed (1)');
    await expectRows(options, 'Bob’s');
    await options.waitForURL(/#\/connections\?status=reconnect$/);
    await options.reload();
    await expectRows(options, 'Bob’s');
    await expect.poll(() => status.inputValue()).toBe('reconnect');
    await status.selectOption('Active (2)');
    await expectRows(options, BASIC, KEYS);
    await options.waitForURL(/#\/connections\?status=active$/);
  });

  it('narrow down by provider, and counts follow the other filters', async () => {
    const { options } = screens;
    await provider(options, /^Practice Keys 2/).click();
    await expectRows(options, KEYS, 'Bob’s');
    const status = options.getByRole('combobox', { name: 'Status' });
    await status.selectOption('Active (1)');
    await expectRows(options, KEYS);
    await provider(options, /^All providers 2/).waitFor();
    await options.goBack();
    await expectRows(options, KEYS, 'Bob’s');
    await options.goForward();
    await expectRows(options, KEYS);
  });

  it('narrow down by any or all of several tags', async () => {
    const { options } = screens;
    const tags = options.getByRole('list', { name: 'Tags' });
    await tags.getByRole('checkbox', { name: 'Red' }).check();
    await expectRows(options, KEYS, 'Bob’s');
    await tags.getByRole('checkbox', { name: 'Blue' }).check();
    await expectRows(options, KEYS, 'Bob’s');
    await options.getByRole('combobox', { name: 'How tags match' }).selectOption('all');
    await expectRows(options, KEYS);
  });

  it('narrow down by sync and by environment', async () => {
    const { options } = screens;
    const sync = options.getByRole('combobox', { name: 'Sync' });
    await sync.selectOption('Paused (1)');
    await expectRows(options, BASIC);
    await sync.selectOption('On or paused (3)');
    await options.getByRole('combobox', { name: 'Environment' }).selectOption('staging');
    await expectRows(options, KEYS);
    await options.waitForURL(/#\/connections\?environment=staging$/);
  });

  it('stand in the address: it can be shared and loaded again, and nonsense is passed over', async () => {
    const hash = '#/connections?q=creme&provider=practice-keys&sync=on&tag=red&tags=all&sort=name';
    const page = await openOptions(world, hash);
    await expectRows(page, KEYS);
    await page.reload();
    await expectRows(page, KEYS);
    await expect.poll(() => search(page).inputValue()).toBe('creme');
    const other = await openOptions(world, '#/connections?status=x&sync=y&environment=z&tags=w');
    await expectRows(other, BASIC, KEYS, 'Bob’s');
  });

  it('fold away where there is little room', async () => {
    const { options } = screens;
    await options.setViewportSize({ width: 400, height: 800 });
    await options.getByRole('complementary', { name: 'Filters' }).getByText('Filters').click();
    await options.getByRole('checkbox', { name: 'Blue' }).check();
    await expectRows(options, KEYS);
    // The page is longer than the window by now, so that a scrollbar stands beside it, but none below it.
    const below = () =>
      options.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return scrollWidth - clientWidth;
      });
    await expect.poll(below).toBe(0);
    await expectNothingFound(options);
  });
});

describe('saved views', () => {
  it('are kept, gone to, renamed and deleted, and other pages follow', async () => {
    const { options } = screens;
    const other = await openOptions(world);
    await tableRow(other, BASIC).waitFor();
    await options.getByRole('combobox', { name: 'Sync' }).selectOption('paused');
    await options.getByRole('button', { name: 'Saved views' }).click();
    await options.getByRole('textbox', { name: 'Name of the view' }).fill('Resting');
    await options.getByRole('button', { name: 'Save view' }).click();
    await options.getByRole('link', { name: 'Resting' }).waitFor();

    await other.getByRole('button', { name: 'Saved views' }).click();
    await other.getByRole('link', { name: 'Resting' }).click();
    await expectRows(other, BASIC);
    await other.waitForURL(/#\/connections\?sync=paused$/);
    await other.getByRole('button', { name: 'Rename view Resting' }).click();
    await other.getByRole('textbox', { name: 'Name', exact: true }).fill('At rest');
    await other.getByRole('button', { name: 'Save', exact: true }).click();

    await options.getByRole('link', { name: 'At rest' }).waitFor();
    await options.getByRole('button', { name: 'Delete view At rest' }).click();
    await other.getByRole('link', { name: 'At rest' }).waitFor({ state: 'detached' });
    expect(await views()).toEqual([]);
    await options.keyboard.press('Control+z');
    await other.getByRole('link', { name: 'At rest' }).waitFor();
  });

  it('keep order and groups, for another page and after a reload', async () => {
    const { options } = screens;
    const byName = options.getByRole('columnheader', { name: 'Name', exact: true });
    const sort = byName.getByRole('button', { name: 'Name' });
    await sort.click();
    await expect.poll(() => byName.getAttribute('aria-sort')).toBe('ascending');
    await sort.click();
    await options.getByRole('switch', { name: 'Group by provider' }).check();
    await options.waitForURL(/\?sort=name&order=desc&group=provider$/);
    await options.getByRole('button', { name: 'Saved views' }).click();
    await options.getByRole('textbox', { name: 'Name of the view' }).fill('Z to A');
    await options.getByRole('button', { name: 'Save view' }).click();
    await options.getByRole('link', { name: 'Z to A' }).waitFor();

    const other = await openOptions(world);
    await expectRows(other, BASIC, KEYS, 'Bob’s');
    await other.getByRole('button', { name: 'Saved views' }).click();
    await other.getByRole('link', { name: 'Z to A' }).click();
    await expectOrdered(other);
    await other.waitForURL(/\?sort=name&order=desc&group=provider$/);
    await other.reload();
    await expectOrdered(other);
    // What is shown is the view, and says so.
    await other.getByRole('button', { name: 'Z to A' }).waitFor();
  });

  async function expectOrdered(page: Page): Promise<void> {
    const heads = page.getByRole('rowheader').getByRole('button');
    await expect
      .poll(async () =>
        (await heads.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim()),
      )
      .toEqual([
        expect.stringContaining('Practice Basic'),
        expect.stringContaining('Practice Keys'),
      ]);
    const cells = page.locator('tr.row .cell-name');
    await expect.poll(() => cells.allTextContents()).toEqual([BASIC, KEYS, 'Bob’s']);
    const byName = page.getByRole('columnheader', { name: 'Name', exact: true });
    await expect.poll(() => byName.getAttribute('aria-sort')).toBe('descending');
    await expect
      .poll(() => page.getByRole('switch', { name: 'Group by provider' }).isChecked())
      .toBe(true);
  }

  it('are updated under their own name; one of another is refused, and what was typed stays', async () => {
    const { options } = screens;
    await world.call('saveView', { name: 'Mine', search: '' });
    await world.call('saveView', { name: 'Other', search: 'q=other' });
    await options.getByRole('button', { name: 'Mine' }).click();
    await options.getByRole('button', { name: 'Rename view Other' }).click();
    const field = options.getByRole('textbox', { name: 'Name', exact: true });
    await field.fill('MINE');
    await options.keyboard.press('Enter');
    await options.getByRole('alert').getByText('A saved view has this name already').waitFor();
    expect(await field.inputValue()).toBe('MINE');
    await options.getByRole('textbox', { name: 'Name of the view' }).fill('other');
    await options.getByRole('button', { name: 'Update view' }).click();
    await expect
      .poll(async () => (await views()).map(({ name, search: shows }) => [name, shows]))
      .toEqual([
        ['Mine', ''],
        ['Other', ''],
      ]);
  });
});

it('gives axe nothing to find', async () => {
  const { options } = screens;
  await search(options).fill('alice');
  await options.locator('mark').first().waitFor();
  await expectNothingFound(options);
  await search(options).fill('nothing at all');
  await options.getByRole('button', { name: 'Clear filters' }).waitFor();
  await expectNothingFound(options);
  await world.call('saveView', { name: 'Mine', search: 'sync=on' });
  await options.getByRole('button', { name: 'Saved views' }).click();
  await options.getByRole('button', { name: 'Rename view Mine' }).click();
  await options.getByRole('textbox', { name: 'Name', exact: true }).waitFor();
  await expectNothingFound(options);
});
