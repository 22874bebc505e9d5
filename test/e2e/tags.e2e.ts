/**
 * Tags for themselves: made, coloured, renamed, merged, deleted, for every connection at once, and
 * seen so by every page that is open.
 */
import type { Locator, Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expectNothingFound } from './support/axe.ts';
import { connectByBasic, connectByKey, connection } from './support/connect.ts';
import { openOptions, useScreens } from './support/screens.ts';
import { expectFocus } from './support/settled.ts';
import { keptRecord } from './support/stored.ts';
import { useWorld } from './support/world.ts';
import { shareOf } from '../support/deep.ts';

const world = useWorld();
const screens = useScreens(world, ['options']);

let alice: string;
let bob: string;

beforeEach(async () => {
  alice = (await connectByKey(world, 'alice', { name: 'Alice’s', tags: ['Red', 'Old'] })).id;
  const wish = { name: 'Bob’s', tags: ['red'], environmentId: 'staging' };
  bob = (await connectByKey(world, 'bob', wish)).id;
  await connectByBasic(world, 'alice');
  await choice(screens.options, 'Red').waitFor();
});

afterEach(async () => {
  for (const name of ['Red', 'Old', 'Crimson', 'Planned', 'Über', 'New'])
    await world.call('deleteTag', { name });
  for (const { id } of ((await keptRecord(world.page, 'views')) ?? []) as { id: string }[])
    await world.call('removeView', { id });
});

async function manage(page: Page = screens.options): Promise<Locator> {
  await page.getByRole('button', { name: 'Manage tags' }).click();
  return page.getByRole('dialog', { name: 'Tags', exact: true });
}

/** The line of a tag in the dialog. */
function row(dialog: Locator, name: string): Locator {
  return dialog.getByRole('row').filter({
    has: dialog.page().getByRole('rowheader', { name, exact: true }),
  });
}

/** The tag among the filters of a page. */
function choice(page: Page, name: string): Locator {
  return page.getByRole('complementary', { name: 'Filters' }).getByRole('checkbox', { name });
}

async function tagsOf(id: string): Promise<readonly string[]> {
  return (await connection(world, id)).tags;
}

describe('the dialog', () => {
  it('lists all tags of all environments with their counts', async () => {
    const dialog = await manage();
    await row(dialog, 'Red').getByRole('cell', { name: '2', exact: true }).waitFor();
    await row(dialog, 'Old').getByRole('cell', { name: '1', exact: true }).waitFor();
    await dialog.getByRole('searchbox', { name: 'Search tags' }).fill('OLD');
    await row(dialog, 'Red').waitFor({ state: 'detached' });
    await expect.poll(() => dialog.getByRole('row').count()).toBe(2);
  });

  it('makes a tag that is offered to connections, without one of them', async () => {
    const dialog = await manage();
    await dialog.getByRole('textbox', { name: 'New tag' }).fill('Planned');
    await dialog.getByRole('combobox', { name: 'Colour', exact: true }).selectOption('Teal');
    await dialog.getByRole('textbox', { name: 'New tag' }).press('Enter');
    await row(dialog, 'Planned').getByRole('cell', { name: '0', exact: true }).waitFor();
    expect(await dialog.getByRole('combobox', { name: 'Colour of Planned' }).inputValue()).toBe(
      'teal',
    );
    await dialog.getByRole('textbox', { name: 'New tag' }).fill('planned');
    await dialog.getByRole('button', { name: 'Add' }).click();
    await dialog.getByRole('alert').getByText('There is a tag of this name already').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await screens.options.goto(new URL(`#/connections/${alice}`, screens.options.url()).href);
    const offered = screens.options.locator('datalist option');
    await expect
      .poll(() => offered.evaluateAll((all) => all.map((one) => one.textContent)))
      .toEqual(['Planned']);
  });

  it('is worked by keys alone, and gives the focus back', async () => {
    const page = screens.options;
    const button = page.getByRole('button', { name: 'Manage tags' });
    await button.focus();
    await page.keyboard.press('Enter');
    const focused = page.locator(':focus');
    await expect.poll(() => focused.getAttribute('aria-label')).toBe('New tag');
    await page.getByRole('button', { name: 'Rename tag Old' }).focus();
    await page.keyboard.press('Enter');
    await expectFocus(page.getByRole('textbox', { name: 'Name', exact: true }));
    // What stands there is chosen, to be replaced.
    await page.keyboard.type('New');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Tags', exact: true });
    await row(dialog, 'New').waitFor();
    await expect.poll(() => focused.getAttribute('aria-label')).toBe('Search tags');
    await page.getByRole('button', { name: 'Delete tag New' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Delete tag New' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => focused.getAttribute('aria-label')).toBe('Delete tag New');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => focused.textContent()).toBe('Manage tags');
    expect(await tagsOf(alice)).toEqual(['Red', 'New']);
  });

  it.each(shareOf([400, 1400], [1400]))(
    'has nothing that axe finds, nor have its steps, at %i px',
    async (width) => {
      const page = screens.options;
      const dialog = await manage();
      await page.setViewportSize({ width, height: 800 });
      await dialog.getByRole('combobox', { name: 'Colour of Red' }).selectOption('Red');
      await row(dialog, 'Red').getByTitle('Red').first().waitFor();
      await expectNothingFound(page);
      await dialog.getByRole('textbox', { name: 'New tag' }).fill('a,b');
      await dialog.getByRole('button', { name: 'Add' }).click();
      await dialog.getByRole('alert').waitFor();
      await expectNothingFound(page);
      await dialog.getByRole('button', { name: 'Delete tag Old' }).click();
      await page.getByRole('dialog', { name: 'Delete tag Old' }).waitFor();
      await expectNothingFound(page);
      await page.keyboard.press('Escape');
      await dialog.getByRole('button', { name: 'Rename tag Old' }).click();
      await page.getByRole('textbox', { name: 'Name', exact: true }).waitFor();
      await expectNothingFound(page);
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill('red');
      await page.keyboard.press('Enter');
      await page.getByRole('dialog', { name: 'Merge Old into Red' }).waitFor();
      await expectNothingFound(page);
    },
  );
});

describe('a change in one page', () => {
  it('of colour and name is seen in another one, and by a saved view', async () => {
    const other = await openOptions(world, `#/connections/${bob}`);
    const { id } = await world.call('saveView', { name: 'Mine', search: 'tag=red' });
    const dialog = await manage();
    await dialog.getByRole('combobox', { name: 'Colour of Red' }).selectOption('Purple');
    const details = other.getByRole('region', { name: 'Details of Bob’s' });
    await details.getByTitle('Purple').waitFor();
    await dialog.getByRole('button', { name: 'Rename tag Red' }).click();
    await screens.options.getByRole('textbox', { name: 'Name', exact: true }).fill('Über');
    await screens.options.getByRole('button', { name: 'Save', exact: true }).click();
    await row(dialog, 'Über').getByRole('cell', { name: '2', exact: true }).waitFor();
    await details.getByRole('list', { name: 'Tags' }).getByText('Über').waitFor();
    await details.getByTitle('Purple').waitFor();
    await choice(other, 'Über').waitFor();
    expect([await tagsOf(alice), await tagsOf(bob)]).toEqual([['Über', 'Old'], ['Über']]);
    expect(await keptRecord(world.page, 'views')).toEqual([
      { id, name: 'Mine', search: 'tag=%C3%BCber' },
    ]);
    await other.getByRole('button', { name: 'Saved views' }).click();
    await other.getByRole('link', { name: 'Mine' }).click();
    await expect.poll(() => choice(other, 'Über').isChecked()).toBe(true);
    await expect.poll(() => other.locator('tr.row').count()).toBe(2);
  });

  it('that merges two tags says first how many connections it touches', async () => {
    const other = await openOptions(world);
    const page = screens.options;
    await choice(other, 'Old').waitFor();
    const dialog = await manage();
    await dialog.getByRole('button', { name: 'Rename tag Red' }).click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('OLD');
    await page.keyboard.press('Enter');
    const asking = page.getByRole('dialog', { name: 'Merge Red into Old' });
    await asking.getByText('2 connections that carry Red will carry Old instead').waitFor();
    expect(await tagsOf(bob)).toEqual(['red']);
    await asking.getByRole('button', { name: 'Merge' }).click();
    await screens.message('Red was merged into Old, on 2 connections.').waitFor();
    await row(dialog, 'Red').waitFor({ state: 'detached' });
    await choice(other, 'Red').waitFor({ state: 'detached' });
    expect([await tagsOf(alice), await tagsOf(bob)]).toEqual([['Old'], ['Old']]);
  });

  it('that deletes a tag leaves everything else, and is undone from its message', async () => {
    const other = await openOptions(world);
    await choice(other, 'Red').waitFor();
    const before = await connection(world, alice);
    const dialog = await manage();
    await dialog.getByRole('button', { name: 'Delete tag Red' }).click();
    const asking = screens.options.getByRole('dialog', { name: 'Delete tag Red' });
    await asking.getByText('2 connections lose this tag.').waitFor();
    await asking.getByRole('button', { name: 'Delete' }).click();
    await screens.message('The tag Red was deleted. 2 connections lost it.').waitFor();
    await choice(other, 'Red').waitFor({ state: 'detached' });
    const { tags, updatedAt, revision, ...rest } = await connection(world, alice);
    expect(tags).toEqual(['Old']);
    expect(before).toMatchObject(rest);
    expect([updatedAt >= before.updatedAt, revision]).toEqual([true, before.revision + 1]);
    await dialog.getByRole('button', { name: 'Undo' }).click();
    await screens.message('The tag Red is back.').waitFor();
    await choice(other, 'Red').waitFor();
    expect([await tagsOf(alice), await tagsOf(bob)]).toEqual([['Red', 'Old'], ['Red']]);
  });
});
