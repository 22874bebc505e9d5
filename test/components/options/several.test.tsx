/** Selection, groups and columns, as they stand in the page. */
import { render } from 'preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../lib/domain/settings.ts';
import { connection } from '../../client/connections.ts';
import { openWorld, type World } from '../../client/options-world.ts';
import { all, settled, show, submit, the, type } from './page.tsx';

let world: World;

beforeEach(async () => {
  world = openWorld();
  await world.model.load();
  await world.store({
    connections: [
      connection({ id: 'c-1', name: 'Ads', tags: ['Red'] }),
      connection({ id: 'c-2', name: 'Billing', tags: ['red', 'Blue'] }),
      connection({
        id: 'c-3',
        name: 'Wiki',
        providerId: 'wiki',
        provider: { name: 'Wiki', text: 'W', color: '#123456' },
        health: { kind: 'reconnect', reason: 'revoked', since: 0, verifiedAt: null },
      }),
    ],
  });
  show(world);
  await settled();
});

afterEach(() => {
  render(null, the('#app'));
});

async function click(selector: string, name: string): Promise<void> {
  the(selector, name).click();
  await settled();
}

function box(name: string): HTMLInputElement {
  return the('input[type=checkbox]', name) as HTMLInputElement;
}

function inTable(): (string | undefined)[] {
  return all('tbody tr.row').map((row) =>
    row.querySelector('.cell-name, .group-name')?.textContent?.trim(),
  );
}

describe('the selection', () => {
  it('has no bar until something is selected, and says how many are', async () => {
    expect(all('[role=toolbar]', 'Selection')).toEqual([]);
    await click('input', 'Select Ads');
    expect(the('.selection-count').textContent).toBe('1 selected');
    expect(box('Select all on this page').indeterminate).toBe(true);
    await click('input', 'Select all on this page');
    expect(the('.selection-count').textContent).toBe('3 selected');
    expect(all('tr.row-selected').length).toBe(3);
    await click('button', 'Clear selection');
    expect(all('[role=toolbar]', 'Selection')).toEqual([]);
    expect(box('Select Ads').checked).toBe(false);
  });

  it('counts what a filter hides, and adds all that it shows', async () => {
    await click('input', 'Select Ads');
    world.model.list.search('wiki');
    await settled();
    expect(the('.selection-count').textContent).toBe('1 selected · 1 hidden by filters');
    await click('.selection-bar button', 'Select all 1 connections');
    expect(the('.selection-count').textContent).toBe('2 selected · 1 hidden by filters');
  });

  it('deletes all that is selected in one dialog', async () => {
    await click('input', 'Select all on this page');
    await click('.selection-bar button', 'Delete');
    expect(all('dialog', 'Delete 3 connections').length).toBe(1);
  });

  it('refuses a tag with a comma, keeps what was typed, and says why', async () => {
    await click('input', 'Select Ads');
    const popover = the('[role=dialog]', 'Tag the selected connections');
    const field = popover.querySelector('input');
    if (field === null) throw new Error('no field');
    type(field, 'a, b');
    submit(popover);
    await settled();
    expect(popover.querySelector('[role=alert]')?.textContent).toContain('comma');
    expect(field.value).toBe('a, b');
    expect(world.calls.map(({ procedure }) => procedure)).not.toContain('tagConnections');
  });

  it('names the tags that can be taken, each once, with how many carry it', async () => {
    await click('input', 'Select all on this page');
    expect(all('.tag-popover li').map((one) => one.textContent)).toEqual([
      'Take “Blue” from 1',
      'Take “Red” from 2',
    ]);
  });

  it('lists what went wrong first, 200 on a page, and the rest on the next', async () => {
    world.answers.pauseSync = ({ ids }) => ({
      outcomes: ids.map((id) => ({ id, error: id === 'm-249' ? 'not-found' : null })),
    });
    const many = Array.from({ length: 250 }, (_, at) =>
      connection({ id: `m-${at}`, name: `${at}` }),
    );
    await world.model.bulk.change(many, { kind: 'pause' });
    await settled();
    await click('button', 'Show each');
    const lines = () => all('dialog li').map((one) => one.textContent ?? '');
    const heads = () => all('dialog h3').map((one) => one.textContent);
    expect(heads()).toEqual(['Failed (1)', 'Done (249)']);
    expect(lines().length).toBe(200);
    expect(lines()[0]).toMatch(/^249 · /);
    expect(the('dialog .bad').textContent).not.toBe('');
    await click('button', 'Next');
    expect(the('.pager').textContent).toContain('201–250 of 250');
    expect(heads()).toEqual(['Done (249)']);
    expect(lines().map((line) => Number.parseInt(line, 10))).toEqual(
      Array.from({ length: 50 }, (_, at) => 199 + at),
    );
  });
});

describe('groups', () => {
  beforeEach(async () => {
    the('input[role=switch]').click();
    await settled();
  });

  it('have a head with their number and what broke, and can be collapsed', async () => {
    expect(world.hash.value).toContain('group=');
    expect(inTable()).toEqual(['Wiki', 'Wiki', 'Example', 'Ads', 'Billing']);
    const heads = all('.group-toggle');
    expect(heads.map((one) => one.getAttribute('aria-expanded'))).toEqual(['true', 'true']);
    expect(heads[0]?.textContent).toContain('1 connection');
    expect(heads[0]?.textContent).toContain('1 needs reconnecting');
    heads[1]?.click();
    await settled();
    expect(inTable()).toEqual(['Wiki', 'Wiki', 'Example']);
    expect(the('table').getAttribute('aria-rowcount')).toBe('4');
  });

  it('that are collapsed open for what is searched in them, and are collapsed again afterwards', async () => {
    all('.group-toggle')[1]?.click();
    await settled();
    world.model.list.search('a');
    await settled();
    expect(inTable()).toContain('Ads');
    // What was found can be folded away too, until something else is searched for.
    all('.group-toggle')[1]?.click();
    await settled();
    expect(inTable()).not.toContain('Ads');
    world.model.list.search('ads');
    await settled();
    expect(inTable()).toEqual(['Example', 'Ads']);
    world.model.list.search('');
    await settled();
    expect(inTable()).toEqual(['Wiki', 'Wiki', 'Example']);
  });

  it('are selected as a whole', async () => {
    await click('input', 'Select Ads');
    expect(box('Select all of Example').indeterminate).toBe(true);
    await click('input', 'Select all of Example');
    expect(the('.selection-count').textContent).toBe('2 selected');
    expect(box('Select all of Wiki').checked).toBe(false);
  });
});

/** No layer is above all others there: its popover is told that it opens. */
async function openColumns(): Promise<void> {
  const opening = Object.assign(new Event('beforetoggle'), { newState: 'open' });
  the('.columns-popover').dispatchEvent(opening);
  await settled();
}

describe('the columns', () => {
  beforeEach(() => {
    world.answers.saveSettings = async ({ columns = DEFAULT_SETTINGS.columns }) => {
      const db = await world.database();
      await db.put('kept', { ...DEFAULT_SETTINGS, columns }, 'settings');
      return {};
    };
  });

  it('are hidden and come back, and every row follows', async () => {
    expect(all('th.cell-tags').length).toBe(1);
    const columns = Number(the('table').getAttribute('aria-colcount'));
    await openColumns();
    all('.columns-popover label')
      .find((one) => one.textContent === 'Tags')
      ?.click();
    await settled();
    expect(all('.cell-tags').length).toBe(0);
    expect(the('table').getAttribute('aria-colcount')).toBe(String(columns - 1));
    await click('button', 'As usual');
    expect(all('td.cell-tags').length).toBe(3);
  });

  it('are named by their label alone, and their borders by what they move', () => {
    expect(all('th', 'Name').length).toBe(1);
    const border = the('[role=separator]', 'Width of Tags');
    expect(border.getAttribute('aria-valuenow')).toBe('132');
  });

  it('become wider and narrower by the arrow keys, however fast, and as usual by Home', async () => {
    const press = async (key: string): Promise<void> => {
      the('[role=separator]', 'Width of Tags').dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true }),
      );
      await settled();
    };
    await press('ArrowRight');
    await press('ArrowRight');
    await press('ArrowLeft');
    expect(world.model.columns.choice.value.widths).toEqual({ tags: 148 });
    await press('Home');
    expect(world.model.columns.choice.value.widths).toEqual({});
  });
});
