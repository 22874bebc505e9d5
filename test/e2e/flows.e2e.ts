/**
 * What depends on a connection: written down by the person, followed by every open page, named before
 * anything is deleted, counted where something broke.
 */
import type { Locator, Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Flow } from '../../lib/domain/flow.ts';
import { notifications } from '../support/browser/observe.ts';
import { expectNothingFound } from './support/axe.ts';
import { connectByBasic, connectByKey } from './support/connect.ts';
import { endGoing } from './support/end-going.ts';
import { eventually } from './support/eventually.ts';
import { openOptions, tableRow, useScreens } from './support/screens.ts';
import { expectFocus } from './support/settled.ts';
import { useWorld } from './support/world.ts';
import { shareOf } from '../support/deep.ts';

const world = useWorld();
const screens = useScreens(world, ['options']);

const BASIC = 'Practice Basic · alice@practice.example';

let alice: string;
let basic: string;

beforeEach(async () => {
  alice = (await connectByKey(world, 'alice', { name: 'Alice’s' })).id;
  basic = (await connectByBasic(world, 'alice')).id;
  await screens.tableRow('Alice’s').waitFor();
});

afterEach(async () => {
  for (const { id } of await world.records('flows')) await world.call('removeFlow', { id });
});

function add(name: string, ...connectionIds: string[]): Promise<{ id: string }> {
  return world.call('addFlow', { name, address: null, note: '', connectionIds });
}

async function flow(name: string): Promise<Flow> {
  const found = (await world.records('flows')).find((one) => one.name === name);
  if (found === undefined) throw new Error('There is no such flow.');
  return found;
}

async function flowsOf(id: string): Promise<string[]> {
  const flows = await world.records('flows');
  return flows.filter(({ connectionIds }) => connectionIds.includes(id)).map(({ name }) => name);
}

/** The line of a flow in the section. */
function row(page: Page, name: string): Locator {
  return page
    .getByRole('table', { name: 'Flows' })
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name }) });
}

function messages(page: Page): Locator {
  return page.getByRole('status', { name: 'Messages' });
}

async function visit(hash: string): Promise<Page> {
  await screens.options.goto(new URL(hash, screens.options.url()).href);
  return screens.options;
}

async function breakAlice(): Promise<void> {
  world.practice.control.revokeKey('alice');
  await world.call('checkNow', { ids: [alice] });
}

describe('the section', () => {
  it('keeps a flow that another page sees at once, changes it, removes it, and brings it back', async () => {
    const other = await openOptions(world, '#/flows');
    const page = screens.options;
    await page.getByRole('link', { name: 'Flows', exact: true }).click();
    await page.getByRole('button', { name: 'Add flow' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add flow' });
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Nightly export');
    await dialog.getByRole('textbox', { name: 'Address (optional)' }).fill('javascript:alert(1)');
    await dialog.getByRole('searchbox', { name: 'Search connections' }).fill('alice’s');
    await dialog.getByRole('checkbox', { name: /Alice’s/ }).check();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByRole('alert').getByText('It has to begin with https://').waitFor();
    await dialog
      .getByRole('textbox', { name: 'Address (optional)' })
      .fill('https://n8n.example/workflow/7');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await screens.message('The flow Nightly export was added.').waitFor();
    await row(other, 'Nightly export').getByText('Can run').waitFor();
    const link = other.getByRole('link', { name: 'Open Nightly export at n8n.example' });
    expect(await link.getAttribute('href')).toBe('https://n8n.example/workflow/7');
    expect(await link.getAttribute('rel')).toBe('noreferrer');

    await other.getByRole('button', { name: 'Edit flow Nightly export' }).click();
    const editing = other.getByRole('dialog', { name: 'Edit flow Nightly export' });
    await editing.getByRole('textbox', { name: 'Name', exact: true }).fill('Weekly export');
    await editing.getByRole('checkbox', { name: new RegExp(BASIC) }).check();
    await editing.getByRole('button', { name: 'Save' }).click();
    await row(page, 'Weekly export').getByRole('link', { name: BASIC }).waitFor();
    await messages(other).getByRole('button', { name: 'Undo' }).click();
    await messages(other).getByText('as it was before').waitFor();
    await row(page, 'Nightly export')
      .getByRole('link', { name: BASIC })
      .waitFor({ state: 'detached' });
    await world.call('editFlow', {
      ...(await flow('Nightly export')),
      name: 'Weekly export',
      attach: [basic],
      detach: [],
    });
    await row(page, 'Weekly export').getByRole('link', { name: BASIC }).waitFor();

    await world.browser.stopWorker();
    await page.getByRole('button', { name: 'Remove flow Weekly export' }).click();
    await row(other, 'Weekly export').waitFor({ state: 'detached' });
    expect(await world.records('flows')).toEqual([]);
    const removed = messages(page).locator('.message', { hasText: 'was removed' });
    await removed.getByRole('button', { name: 'Undo' }).click();
    await row(other, 'Weekly export').getByRole('link', { name: BASIC }).waitFor();
    expect(await flowsOf(alice)).toEqual(['Weekly export']);
  });

  it('says which flows a broken connection stops, and that they can run again', async () => {
    await add('Nightly', alice, basic);
    await add('Other', basic);
    const page = await visit('#/flows');
    await row(page, 'Nightly').getByText('Can run').waitFor();
    await breakAlice();
    await row(page, 'Nightly').getByText('Stopped').waitFor();
    await row(page, 'Nightly').getByText('Reconnect needed').waitFor();
    await row(page, 'Other').getByText('Can run').waitFor();
    await page.getByRole('searchbox', { name: 'Search flows' }).fill('alice’s');
    await row(page, 'Other').waitFor({ state: 'detached' });
    const credential = { kind: 'key' as const, key: world.practice.control.createKey('alice') };
    const wish = { connectionId: alice, credential, client: null, chooseAccount: false };
    await world.call('reconnect', wish);
    await row(page, 'Nightly').getByText('Can run').waitFor();
    expect(await flowsOf(alice)).toEqual(['Nightly']);
  });

  it.each(shareOf([400, 1400], [400]))('has nothing that axe finds, at %i px', async (width) => {
    const page = await visit('#/flows');
    await page.setViewportSize({ width, height: 800 });
    await page.getByText('No flows yet').waitFor();
    await expectNothingFound(page);
    const text = { note: 'Ask Ann', address: 'https://n8n.example/' };
    await world.call('addFlow', { name: 'Nightly', ...text, connectionIds: [alice, basic] });
    await add('Unused');
    await breakAlice();
    await row(page, 'Nightly').getByText('Stopped').waitFor();
    await expectNothingFound(page);
    await page.getByRole('button', { name: 'Edit flow Nightly' }).click();
    await page.getByRole('dialog', { name: 'Edit flow Nightly' }).waitFor();
    await expectNothingFound(page);
  });
});

describe('a connection', () => {
  it('shows its flows in its details and their number in the list, as other pages change them', async () => {
    const { id } = await add('Nightly', alice);
    await add('Weekly');
    const page = await visit(`#/connections/${alice}?tab=flows`);
    const other = await openOptions(world);
    await other.getByRole('link', { name: '1 flow of Alice’s' }).waitFor();
    const details = page.getByRole('region', { name: 'Details of Alice’s' });
    await details.getByText('1 flow uses this connection').waitFor();

    await details.getByRole('combobox', { name: 'Attach an existing flow' }).selectOption('Weekly');
    await details.getByRole('button', { name: 'Attach', exact: true }).click();
    await other.getByRole('link', { name: '2 flows of Alice’s' }).waitFor();
    await details.getByRole('button', { name: 'Detach Nightly' }).click();
    await other.getByRole('link', { name: '1 flow of Alice’s' }).waitFor();
    await messages(page).getByRole('button', { name: 'Undo' }).click();
    await other.getByRole('link', { name: '2 flows of Alice’s' }).waitFor();

    await details.getByRole('button', { name: 'Add flow' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add flow' });
    await expectFocus(dialog.getByRole('textbox', { name: 'Name', exact: true }));
    await page.keyboard.type('Monthly');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await other.getByRole('link', { name: '3 flows of Alice’s' }).waitFor();
    expect(await flowsOf(alice)).toEqual(expect.arrayContaining(['Nightly', 'Weekly', 'Monthly']));
    await world.call('removeFlow', { id });
    await details.getByText('2 flows use this connection').waitFor();
    await expectNothingFound(page);
  });

  it('is sorted by how many flows use it', async () => {
    await add('Nightly', basic);
    const page = await visit('#/connections');
    const sort = page.getByRole('columnheader', { name: 'Flows' }).getByRole('button');
    await sort.click();
    await sort.click();
    await expect
      .poll(() => page.locator('tr.row .cell-name').allTextContents())
      .toEqual([BASIC, 'Alice’s']);
    await page.waitForURL(/#.*sort=flows/);
  });

  it('says how many flows stop when it breaks: in the notification and in its evidence', async () => {
    await add('Nightly', alice);
    await add('Weekly', alice, basic);
    await breakAlice();
    await eventually(async () => expect((await notifications(world.page)).length).toBe(1));
    const page = screens.options;
    await page.getByRole('button', { name: 'Show issue of Alice’s' }).click();
    await page.getByText('2 flows are stopped by this.').waitFor();
    await page.getByRole('cell').getByRole('link', { name: 'Show', exact: true }).click();
    await page.getByRole('region', { name: 'Details of Alice’s' }).waitFor();
    await expect.poll(() => page.getByRole('tab', { selected: true }).textContent()).toBe('Flows');
  });

  it('names what depends on it before it is deleted, and comes back with its flows', async () => {
    await add('Nightly', alice);
    await add('Weekly', alice, basic);
    await add('Other', basic);
    const other = await openOptions(world, '#/flows');
    const page = screens.options;
    await page.getByRole('button', { name: 'Delete Alice’s' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete 1 connection' });
    const stopped = dialog.getByRole('list', {
      name: 'These stop working, and will need a replacement:',
    });
    await expect
      .poll(() => stopped.getByRole('listitem').allTextContents())
      .toEqual(['Nightly', 'Weekly']);
    await expectNothingFound(page);
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await row(other, 'Nightly').getByText('Stopped').waitFor();
    await row(other, 'Nightly').getByText('1 more that was deleted').waitFor();
    await messages(other).getByRole('button', { name: 'Undo' }).click();
    await row(other, 'Nightly').getByRole('link', { name: 'Alice’s' }).waitFor();
    await tableRow(page, 'Alice’s').getByRole('link', { name: '2 flows of Alice’s' }).waitFor();
    expect(await flowsOf(alice)).toEqual(expect.arrayContaining(['Nightly', 'Weekly']));
  });

  it('that is gone for good is in no flow any more', async () => {
    await add('Weekly', alice, basic);
    const page = await visit('#/flows');
    await world.call('deleteConnections', { ids: [alice], revoke: false });
    await row(page, 'Weekly').getByText('Stopped').waitFor();
    await endGoing(world, 'practice-keys');
    await row(page, 'Weekly').getByText('Can run').waitFor();
    expect(await flowsOf(basic)).toEqual(['Weekly']);
    expect(await flowsOf(alice)).toEqual([]);
  });
});
