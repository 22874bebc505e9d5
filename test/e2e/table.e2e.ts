/**
 * The table of connections: its order, its columns, its groups.
 */
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { seed } from '../bench/popup/seed.ts';
import { expectNothingFound } from './support/axe.ts';
import { connectByBasic, connectByKey } from './support/connect.ts';
import { eventually } from './support/eventually.ts';
import { seedThousands } from './support/many.ts';
import { openOptions, useScreens } from './support/screens.ts';
import { expectFocus, laidOut } from './support/settled.ts';
import { forgetConnections } from './support/stored.ts';
import { useWorld } from './support/world.ts';
import { shareOf } from '../support/deep.ts';

const world = useWorld();
const screens = useScreens(world, ['options']);

/** Wide enough for all columns beside the filters. */
const WIDE = { width: 2000, height: 800 };
const SORTABLE = [
  'Data source',
  'Name',
  'Business account',
  'Account status',
  'Business account ID',
  'Environment',
  'Tags',
  'Flows',
  'Sync',
  'Created',
  'Last authorisation',
] as const;

/** Those that order nothing too. */
const ALL_COLUMNS = SORTABLE.length + 4;

async function wide(page: Page): Promise<Page> {
  await page.setViewportSize(WIDE);
  await page.locator('tr.row').first().waitFor();
  await expect.poll(() => page.getByRole('columnheader').count()).toBe(ALL_COLUMNS);
  return page;
}

/** Gives a page another size, and lets it find its form. */
async function resize(page: Page, width: number, height: number): Promise<void> {
  await page.setViewportSize({ width, height });
  await laidOut(page);
}

async function many(count: number, hash?: string): Promise<Page> {
  await seed(world.page, count);
  return wide(await openOptions(world, hash));
}

/** Two keys of one provider, one of them broken, and a password of another. */
async function three(): Promise<Page> {
  await connectByKey(world, 'alice', { name: 'Ads', tags: ['Red'] });
  await connectByKey(world, 'bob', { name: 'Billing' });
  await connectByBasic(world, 'alice');
  world.practice.control.revokeKey('alice');
  await world.call('checkNow', { ids: [] });
  await screens.tableRow('Ads').getByText('Reconnect needed').waitFor();
  return screens.options;
}

function header(page: Page, name: string): Locator {
  return page.getByRole('columnheader', { name, exact: true });
}

function border(page: Page, name: string): Locator {
  return page.getByRole('separator', { name: `Width of ${name}`, exact: true });
}

function names(page: Page): Promise<string[]> {
  return page.locator('tr.row .cell-name').allTextContents();
}

async function width(page: Page, name: string): Promise<number> {
  return (await header(page, name).boundingBox())?.width ?? 0;
}

async function columnsPopover(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Columns' }).click();
  const popover = page.getByRole('dialog', { name: 'Columns' });
  await popover.getByRole('checkbox').first().waitFor();
  return popover;
}

function group(page: Page, name: RegExp): Locator {
  return page.getByRole('rowheader').getByRole('button', { name });
}

it('and its toolbar stand where they will while what can be chosen is counted', async () => {
  // Of these, so many need reconnecting that the longest choice has two digits.
  const page = await many(600);
  await page.addInitScript(() => {
    const widths = new Set<number>();
    const look = (): void => {
      const field = document.querySelector<HTMLElement>('.status-field');
      if (field !== null) widths.add(field.offsetWidth);
      requestAnimationFrame(look);
    };
    Object.assign(globalThis, { widths });
    look();
  });
  await page.reload();
  const status = page.getByRole('combobox', { name: 'Status' });
  await expect.poll(() => status.textContent()).toContain('(600)');
  const widths = await page.evaluate(() => [...(Reflect.get(globalThis, 'widths') as Set<number>)]);
  expect(widths).toHaveLength(1);
});

describe('order', () => {
  it.each(shareOf(SORTABLE, ['Account status', 'Sync']))(
    'by %s goes up, down and back, ties as they were',
    async (name) => {
      await seed(world.page, 12);
      const stored = await world.records('connections');
      await world.call('pauseSync', { ids: stored.slice(0, 4).map(({ id }) => id) });
      const page = await wide(await openOptions(world));
      await expect.poll(() => names(page)).toHaveLength(12);
      const usual = await names(page);
      const sort = header(page, name).getByRole('button');
      await sort.click();
      await expect.poll(() => header(page, name).getAttribute('aria-sort')).toBe('ascending');
      const up = await names(page);
      await sort.click();
      await expect.poll(() => header(page, name).getAttribute('aria-sort')).toBe('descending');
      const down = await names(page);
      await sort.click();
      await expect.poll(() => header(page, name).getAttribute('aria-sort')).toBe('none');
      expect(await names(page)).toEqual(usual);
      expect(up.toSorted()).toEqual(usual.toSorted());
      expect(down.toSorted()).toEqual(usual.toSorted());
      // Those that are told apart stand the other way round, those that are not as they stood before.
      const keys = await world
        .records('connections')
        .then((all) => new Map(all.map((one) => [one.name, keyOf(name, one)])));
      const grouped = (order: readonly string[]) => {
        const byKey = new Map<string, string[]>();
        for (const one of order) {
          const key = keys.get(one) ?? '';
          byKey.set(key, [...(byKey.get(key) ?? []), one]);
        }
        return [...byKey.values()];
      };
      expect(grouped(down)).toEqual(grouped(up).toReversed());
      expect(grouped(up).flat()).toEqual(up);
    },
  );

  it('is in the address, and no column without an order has a button for it', async () => {
    const page = await many(5, '#/connections?sort=created&order=desc');
    expect(await header(page, 'Created').getAttribute('aria-sort')).toBe('descending');
    const unsorted = page.locator('th:not([aria-sort])');
    expect(await unsorted.getByRole('button').count()).toBe(0);
    expect(await page.getByRole('columnheader').count()).toBe(ALL_COLUMNS);
  });
});

/** What a column orders by, as text that is the same for ties alone. */
function keyOf(
  column: (typeof SORTABLE)[number],
  one: Awaited<ReturnType<typeof world.records<'connections'>>>[number],
): string {
  const { accounts, identity } = one;
  switch (column) {
    case 'Data source':
      return one.provider.name;
    case 'Name':
      return one.name;
    case 'Business account':
      return identity?.label ?? '';
    case 'Account status':
      return accounts.kind === 'ready' ? String(accounts.items.length) : accounts.kind;
    case 'Business account ID':
      return identity?.id ?? '';
    case 'Environment':
      return one.environmentId;
    case 'Tags':
      return one.tags.join(' ');
    case 'Flows':
      // None of them has one.
      return '0';
    case 'Sync':
      return one.sync.kind;
    case 'Created':
      return String(one.createdAt);
    case 'Last authorisation':
      return String(one.authorizedAt);
  }
}

describe('columns', () => {
  it('are hidden by keyboard, here and on every page, also after a reload', async () => {
    const page = await many(5);
    const other = await wide(await openOptions(world));
    await page.getByRole('button', { name: 'Columns' }).focus();
    await page.keyboard.press('Enter');
    const popover = page.getByRole('dialog', { name: 'Columns' });
    await popover.waitFor();
    await page.keyboard.press('Tab');
    await expectFocus(popover.getByRole('checkbox').first());
    await page.keyboard.press('Space');
    await header(page, 'Business account').waitFor({ state: 'detached' });
    await popover.getByRole('checkbox', { name: 'Tags' }).uncheck();
    await page.keyboard.press('Escape');
    await popover.waitFor({ state: 'hidden' });
    for (const one of [page, other]) await header(one, 'Tags').waitFor({ state: 'detached' });
    await page.reload();
    await header(page, 'Name').waitFor();
    await page.locator('tr.row').first().waitFor();
    await expect.poll(() => header(page, 'Tags').count()).toBe(0);
    await expect.poll(() => page.locator('td.cell-tags, td.cell-identity').count()).toBe(0);
    await (await columnsPopover(page)).getByRole('button', { name: 'As usual' }).click();
    for (const one of [page, other]) await header(one, 'Tags').waitFor();
  });

  it('cannot all be hidden', async () => {
    const page = await many(5);
    const popover = await columnsPopover(page);
    const choices = popover.getByRole('list', { name: 'Columns' }).getByRole('checkbox');
    for (const choice of await choices.all()) await choice.uncheck();
    await expect.poll(() => page.locator('thead th').allInnerTexts()).toHaveLength(6);
    for (const name of ['Data source', 'Name', 'Status', 'Actions'])
      await header(page, name).waitFor();
    // One column less takes the room of the others; their rows stay as wide as the list.
    await eventually(async () => {
      const table = await page.getByRole('table', { name: 'Connections' }).boundingBox();
      const last = await header(page, 'Actions').boundingBox();
      expect(Math.round((last?.x ?? 0) + (last?.width ?? 0))).toBe(
        Math.round((table?.x ?? 0) + (table?.width ?? 0)),
      );
    });
  });

  it('follow the pointer, give way to nothing less than they need, and stay so', async () => {
    const page = await many(5);
    const other = await wide(await openOptions(world));
    await page.bringToFront();
    const before = await width(page, 'Tags');
    const grip = await border(page, 'Tags').boundingBox();
    if (grip === null) throw new Error('There is no border.');
    const from = { x: grip.x + grip.width / 2, y: grip.y + grip.height / 2 };
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 30, from.y);
    await page.mouse.move(from.x + 60, from.y);
    await expect.poll(() => width(page, 'Tags')).toBeCloseTo(before + 60, 0);
    // Nothing is kept, nor told to others, until it is let go.
    expect(await width(other, 'Tags')).toBeCloseTo(before, 0);
    await page.mouse.up();
    await other.bringToFront();
    await eventually(async () => expect(await width(other, 'Tags')).toBeCloseTo(before + 60, 0));
    await page.bringToFront();
    await page.reload();
    await expect.poll(() => width(page, 'Tags')).toBeCloseTo(before + 60, 0);
    await border(page, 'Tags').dblclick();
    await expect.poll(() => width(page, 'Tags')).toBeCloseTo(before, 0);
  });

  it('are resized by the arrow keys, within bounds, and sorted by nothing that happens there', async () => {
    const page = await many(5);
    const before = await width(page, 'Name');
    await border(page, 'Name').focus();
    const now = () => border(page, 'Name').getAttribute('aria-valuenow');
    await expect.poll(now).toBe(String(Math.round(before)));
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowRight');
    await expect.poll(() => width(page, 'Name')).toBeCloseTo(before + 48, 0);
    for (let step = 0; step < 60; step += 1) await page.keyboard.press('ArrowLeft');
    await expect.poll(() => width(page, 'Name')).toBeCloseTo(56, 0);
    await expect.poll(now).toBe('56');
    await page.keyboard.press('Home');
    await expect.poll(() => width(page, 'Name')).toBeCloseTo(before, 0);
    expect(await header(page, 'Name').getAttribute('aria-sort')).toBe('none');
  });

  it('are as wide as was said also when each of them has a width', async () => {
    const page = await many(5);
    await world.call('saveSettings', {
      columns: { hidden: ['identity'], fits: true, widths: { name: 200 } },
    });
    await expect.poll(() => width(page, 'Name')).toBeCloseTo(200, 0);
    await border(page, 'Name').focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => width(page, 'Name')).toBeCloseTo(216, 0);
  });

  it('scroll sideways where there is no room, with names and actions in sight, or are left out', async () => {
    const page = await many(5);
    await page.setViewportSize({ width: 1100, height: 800 });
    const list = page.locator('.table-scroll');
    await expect.poll(() => sideways(list)).toBeGreaterThan(300);
    expect(await page.getByRole('columnheader').count()).toBe(ALL_COLUMNS);
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(1100);
    await list.evaluate((one) => one.scrollTo(10_000, 0));
    for (const cell of ['td.cell-name', 'td.cell-authorized', 'td.cell-actions'])
      await expect.poll(() => isInSight(page.locator(cell).first())).toBe(true);
    await expect.poll(() => isInSight(page.locator('td.cell-status').first())).toBe(false);
    const popover = await columnsPopover(page);
    await popover.getByRole('checkbox', { name: 'Leave out columns' }).check();
    await header(page, 'Tags').waitFor({ state: 'detached' });
    await expect.poll(() => sideways(list)).toBe(0);
    await page.keyboard.press('Escape');
    await page.setViewportSize({ width: 700, height: 800 });
    await page.locator('.list-cards').waitFor();
    await expect.poll(() => sideways(page.locator('html'))).toBe(0);
  });

  it('stay while they are made wider or sorted by, though there is no room', async () => {
    const page = await many(5);
    await world.call('saveSettings', { columns: { hidden: [], fits: true, widths: {} } });
    await page.setViewportSize({ width: 1280, height: 800 });
    await header(page, 'Tags').waitFor({ state: 'detached' });
    await border(page, 'Account status').focus();
    for (let step = 0; step < 12; step += 1) await page.keyboard.press('ArrowRight');
    await expectFocus(border(page, 'Account status'));
    await expect.poll(() => width(page, 'Account status')).toBeCloseTo(104 + 12 * 16, 0);
    await page.evaluate(() => (location.hash = '#/connections?sort=created'));
    await expect.poll(() => header(page, 'Created').getAttribute('aria-sort')).toBe('ascending');
  });

  it('give the focus back when the choices are closed', async () => {
    const page = await many(1);
    const button = page.getByRole('button', { name: 'Columns' });
    await button.press('Enter');
    await page.getByRole('checkbox', { name: 'Tags' }).focus();
    await page.keyboard.press('Escape');
    await expectFocus(button);
    await page.getByRole('checkbox', { name: 'Tags' }).waitFor({ state: 'detached' });
  });

  it('leave room for evidence beside the details', async () => {
    const page = await three();
    await page.setViewportSize({ width: 1700, height: 400 });
    await page.getByRole('button', { name: 'Show issue of Ads' }).click();
    await page.getByRole('link', { name: 'Open Ads' }).press('Enter');
    await page.locator('.panel').waitFor();
    const evidence = page.locator('.list:not(.list-cards) .evidence');
    await evidence.waitFor();
    await expect.poll(() => isInSight(evidence)).toBe(true);
    await page.locator('.table-scroll').evaluate((list) => list.scrollTo(10_000, 0));
    await expect.poll(() => isInSight(evidence)).toBe(true);
  });
});

/** Whether the whole width of a box can be seen in the list. */
function isInSight(box: Locator): Promise<boolean> {
  return box.evaluate((one) => {
    const inner = one.getBoundingClientRect();
    const list = one.closest('.table-scroll')?.getBoundingClientRect();
    const covering = one.closest('tr')?.querySelector('.cell-name')?.getBoundingClientRect();
    const from = one.matches('.cell-name, .evidence') ? list?.left : covering?.right;
    return inner.left >= (from ?? Infinity) - 1 && inner.right <= (list?.right ?? 0) + 1;
  });
}

/** How much wider a box is inside than it can show. */
function sideways(box: Locator): Promise<number> {
  return box.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
}

it('keeps in sight what is opened where its rows become higher beside the details', async () => {
  const page = await many(300);
  await resize(page, 1280, 800);
  await page.locator('table[aria-rowcount="301"]').waitFor();
  await page.locator('.table-scroll').evaluate((list) => list.scrollTo(0, 9_000));
  const link = page.locator('[aria-rowindex="193"]').getByRole('link', { name: /^Open / });
  await link.waitFor();
  await link.press('Enter');
  await page.locator('.list-cards').waitFor();
  await expect.poll(() => link.count()).toBe(1);
  await expect.poll(async () => (await link.boundingBox())?.y).toBeLessThan(800);
});

it('has rows down to the edge of a window that became wider, with evidence open', async () => {
  const page = await many(60);
  await page.setViewportSize({ width: 400, height: 700 });
  await page.locator('.list-narrow-cards').waitFor();
  await page
    .getByRole('button', { name: /^Show issue of / })
    .first()
    .click();
  await page.locator('.row-issue').waitFor();
  // So many of the high rows are there that they would do; of the lower ones they do not.
  await page.setViewportSize({ width: 1000, height: 1120 });
  await page.locator('.list-narrow-cards').waitFor({ state: 'detached' });
  const lowest = () =>
    page
      .locator('tr.row')
      .last()
      .evaluate((row) => row.getBoundingClientRect().bottom);
  await expect.poll(lowest).toBeGreaterThanOrEqual(1120);
});

it('keeps its head in sight', async () => {
  const page = await many(200);
  // A list that is not all there yet is not high enough to be scrolled.
  await page.locator('table[aria-rowcount="201"]').waitFor();
  await laidOut(page);
  const place = async () => (await header(page, 'Name').boundingBox())?.y;
  const before = await place();
  await page.locator('.table-scroll').evaluate((list) => list.scrollTo(0, 4_000));
  await expect
    .poll(() => page.locator('tr.row').first().getAttribute('aria-rowindex'))
    .not.toBe('2');
  await expect.poll(place).toBe(before);
});

describe('groups', () => {
  it('gather the connections of a provider, with their number and what broke, in the address', async () => {
    const page = await three();
    await page.getByRole('switch', { name: 'Group by provider' }).focus();
    await page.keyboard.press('Space');
    await group(page, /^Practice Keys 2 connections 1 needs reconnecting/).waitFor();
    await group(page, /^Practice Basic 1 connection$/).waitFor();
    await page.waitForURL(/#.*group/);
    const rows = await page.locator('tr.row').allInnerTexts();
    expect(rows.map((row) => /Practice Keys|Practice Basic/.exec(row)?.[0])).toEqual([
      'Practice Keys',
      'Practice Keys',
      'Practice Keys',
      'Practice Basic',
      'Practice Basic',
    ]);
    await page.reload();
    await group(page, /^Practice Keys/).waitFor();
  });

  it('collapse by keyboard and still say what is in them', async () => {
    const page = await three();
    await page.getByRole('switch', { name: 'Group by provider' }).click();
    const head = group(page, /^Practice Keys/);
    await head.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => head.getAttribute('aria-expanded')).toBe('false');
    await expect.poll(() => screens.tableRow('Billing').count()).toBe(0);
    expect(await head.innerText()).toContain('1 needs reconnecting');
    await expectFocus(head);
    await page.keyboard.press('Enter');
    await screens.tableRow('Billing').waitFor();
  });

  it('are selected as a whole, collapsed or not', async () => {
    const page = await three();
    await page.getByRole('switch', { name: 'Group by provider' }).click();
    await group(page, /^Practice Keys/).click();
    await page.getByRole('checkbox', { name: 'Select all of Practice Keys' }).check();
    const bar = page.getByRole('toolbar', { name: 'Selection' });
    await bar.getByText('2 selected').waitFor();
    await group(page, /^Practice Keys/).click();
    const ads = page.getByRole('checkbox', { name: 'Select Ads' });
    await expect.poll(() => ads.isChecked()).toBe(true);
  });

  it.each(shareOf([400, 760, 1000, 1400, 2000], [400, 1400]))(
    'and open evidence leave the columns as wide as they are at %i px',
    async (width) => {
      const page = await three();
      await resize(page, width, 1600);
      const row = page.locator('tr.row:not(.row-group)').first();
      const widths = () =>
        row
          .locator('td')
          .evaluateAll((cells) => cells.map((cell) => cell.getBoundingClientRect().width));
      const before = await widths();
      await page.getByRole('button', { name: 'Show issue of Ads' }).click();
      await page.locator('.evidence').waitFor();
      await laidOut(page);
      expect(await widths()).toEqual(before);
      await page.getByRole('switch', { name: 'Group by provider' }).click();
      await group(page, /^Practice Keys/).waitFor();
      await laidOut(page);
      expect(await widths()).toEqual(before);
      expect(await sideways(page.locator('html'))).toBe(0);
    },
  );

  it('scroll as far as asked where their heads are lower than the rows', async () => {
    const page = await many(200, '#/connections?group=provider');
    await page.setViewportSize({ width: 400, height: 800 });
    await page.locator('.list-narrow-cards').waitFor();
    await laidOut(page);
    const missed = await page.evaluate(async () => {
      const box = document.documentElement;
      const twoFrames = () =>
        new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      const all: number[] = [];
      for (const step of [700, 700, 700, 2000, -300, -700]) {
        box.scrollTop += step;
        const asked = box.scrollTop;
        await twoFrames();
        await twoFrames();
        all.push(box.scrollTop - asked);
      }
      return all;
    });
    expect(missed).toEqual([0, 0, 0, 0, 0, 0]);
  });
});

describe('axe finds nothing', () => {
  it('with groups, a selection and its popover', async () => {
    const page = await three();
    await page.getByRole('switch', { name: 'Group by provider' }).click();
    await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
    await expectNothingFound(page);
    await page
      .getByRole('toolbar', { name: 'Selection' })
      .getByRole('button', { name: 'Tag', exact: true })
      .click();
    await page.getByRole('dialog', { name: 'Tag the selected connections' }).waitFor();
    await expectNothingFound(page);
  });

  it('with the columns open', async () => {
    const page = await three();
    await columnsPopover(page);
    await expectNothingFound(page);
    await page.setViewportSize({ width: 400, height: 800 });
    await expectNothingFound(page);
  });
});

it('of 10,000 connections has at most 200 rows in the page, and comes to its last', async () => {
  await seedThousands(world.page, 10);
  const page = await wide(await openOptions(world));
  await page.locator('table[aria-rowcount="10001"]').waitFor();
  await page.evaluate(watchRows);
  const list = page.locator('.table-scroll');
  const rows = page.getByRole('table', { name: 'Connections' }).getByRole('row');
  /** Goes to a share of the way down, and waits until a row stands there. */
  const scrollTo = async (share: number): Promise<void> => {
    await list.evaluate((box, share) => box.scrollTo(0, box.scrollHeight * share), share);
    await laidOut(page);
  };
  for (const share of [0.001, 0.25, 0.5, 0.75]) {
    await scrollTo(share);
    await expect.poll(() => rows.count()).toBeGreaterThan(10);
  }
  await scrollTo(1);
  const last = page.locator('[aria-rowindex="10001"]');
  await expect.poll(() => last.getByRole('link', { name: /^Open / }).isVisible()).toBe(true);
  await expect.poll(async () => (await last.boundingBox())?.y).toBeLessThan(WIDE.height);

  // What a sixth of them have in their name, letter by letter; then what one of them has.
  const search = page.getByRole('searchbox', { name: 'Search connections' });
  await search.pressSequentially('warehouse');
  await page.locator('table[aria-rowcount="1671"]').waitFor();
  await scrollTo(1);
  await page.locator('[aria-rowindex="1671"]').waitFor();
  await search.fill('u-999-9');
  await page.locator('table[aria-rowcount="2"]').waitFor();
  await page
    .locator('tr.row')
    .filter({ hasText: /999 of 9/ })
    .waitFor();
  await search.fill('');
  await page.locator('table[aria-rowcount="10001"]').waitFor();
  const rowsMax = await page.evaluate(() => Reflect.get(globalThis, 'rowsMax'));
  expect(rowsMax).toBeGreaterThan(10);
  expect(rowsMax).toBeLessThanOrEqual(200);
  expect(await rows.count()).toBeLessThanOrEqual(200);
  await forgetConnections(world.page);
});

/** Runs in the page: keeps the most rows that ever stood in it at once. */
function watchRows(): void {
  Object.assign(globalThis, { rowsMax: 0 });
  const look = (): void => {
    const count = document.querySelectorAll('tr:not([aria-hidden])').length;
    Object.assign(globalThis, {
      rowsMax: Math.max(count, Number(Reflect.get(globalThis, 'rowsMax'))),
    });
  };
  look();
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
}
