import { render } from 'preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PatchbayError } from '../../../lib/domain/errors.ts';
import { connection } from '../../client/connections.ts';
import { openWorld, type World } from '../../client/options-world.ts';
import { all, settled, show, submit, the, type } from './page.tsx';

let world: World;

async function open(hash = ''): Promise<void> {
  for (const shown of all('#app')) render(null, shown);
  world = openWorld(hash);
  await world.model.load();
  await world.store({
    connections: [
      connection({ id: 'c-1', name: 'Crème reports', tags: ['Red'] }),
      connection({
        id: 'c-2',
        name: 'Ads',
        providerId: 'ads',
        provider: { name: 'Ads', text: 'A', color: '#000000' },
        sync: { kind: 'paused', since: 0 },
        tags: ['Red', 'Blue'],
      }),
    ],
  });
  show(world);
  await settled();
}

function texts(selector: string): (string | null)[] {
  return all(selector).map(({ textContent }) => textContent);
}

beforeEach(async () => {
  await open();
});

afterEach(() => {
  // Else the page of this test would hear the keys of the next one.
  render(null, the('#app'));
});

describe('finding connections', () => {
  it('marks what was searched for in the rows, as it is written', async () => {
    type(the('input', 'Search connections'), 'creme REP');
    await settled();
    expect(texts('tr.row .cell-name')).toEqual(['Crème reports']);
    expect(texts('mark')).toEqual(['Crème', 'rep']);
  });

  it('counts each choice as the other filters leave it', async () => {
    world.model.list.filter({ sync: 'paused' });
    await settled();
    expect(texts('.filter .count')).toEqual(['1', '1', '0', '1', '1']);
    expect(texts('select[aria-label="Status"] option').slice(0, 3)).toEqual([
      'Every status (1)',
      'Working (1)',
      'Needs attention (0)',
    ]);
    expect(texts('.filter-field option')).toEqual(['On or paused (2)', 'On (1)', 'Paused (1)']);
  });

  it('takes several tags, and keeps them in the address', async () => {
    the('input', 'Blue').click();
    the('input', 'Red').click();
    await settled();
    expect(world.hash.value).toBe('#/connections?tag=blue&tag=red');
    expect(texts('tr.row .cell-name').length).toBe(2);
  });

  it('says which filters are on when nothing is left, and clears them', async () => {
    await open(
      '#/connections?q=nothing&status=reconnect&provider=ads&sync=paused&tag=red&tag=blue',
    );
    expect(texts('.filters-on li')).toEqual([
      'Search: nothing',
      'Provider: Ads',
      'Status: Reconnect needed',
      'Sync: Paused',
      'Any of these tags: red, blue',
    ]);
    the('button', 'Clear filters').click();
    await settled();
    expect([texts('tr.row').length, world.hash.value]).toEqual([2, '#/connections']);
  });

  it('says how many fit in other environments, and shows them', async () => {
    await open('#/connections?q=ads&environment=staging');
    expect(texts('.filters-on li')).toEqual(['Search: ads']);
    expect(texts('.empty-state p').at(-1)).toBe('1 in other environments · Show all');
    the('button', 'Show all').click();
    await settled();
    expect([texts('tr.row').length, world.hash.value]).toEqual([
      1,
      '#/connections?q=ads&environment=all',
    ]);
  });

  it('goes to the search with "/", unless one types', () => {
    const press = (target: Element): boolean =>
      target.dispatchEvent(
        new KeyboardEvent('keydown', { key: '/', bubbles: true, cancelable: true }),
      );
    expect(press(the('input', 'Name of the view'))).toBe(true);
    expect(press(document.body)).toBe(false);
    expect(document.activeElement).toBe(the('input', 'Search connections'));
  });
});

describe('saved views', () => {
  it('keep what is shown, and say why they could not', async () => {
    world.model.list.filter({ sync: 'paused' });
    type(the('input', 'Name of the view'), 'Resting');
    await settled();
    world.answers.saveView = () => {
      throw Object.assign(new Error('no'), { code: 'view-name-taken' });
    };
    submit(the('[popover]', 'Saved views'));
    await expect.poll(() => all('[popover] [role=alert]').length).toBe(1);
    expect((the('input', 'Name of the view') as HTMLInputElement).value).toBe('Resting');
    world.answers.saveView = () => ({ id: 'v-1' });
    submit(the('[popover]', 'Saved views'));
    await expect.poll(() => all('[popover] [role=alert]').length).toBe(0);
    expect(world.calls.at(-1)).toEqual({
      procedure: 'saveView',
      input: { name: 'Resting', search: 'sync=paused' },
    });
    expect((the('input', 'Name of the view') as HTMLInputElement).value).toBe('');
  });

  it('of a name that is there are updated, and deleted ones can be had back by the key', async () => {
    const views = [{ id: 'v-1', name: 'Resting', search: 'sync=paused' }];
    await (await world.database()).put('kept', views, 'views');
    world.announce('views');
    type(the('input', 'Name of the view'), 'resting');
    await expect.poll(() => all('button', 'Update view').length).toBe(1);
    the('button', 'Delete view Resting').click();
    await expect.poll(world.texts).toEqual(['The view Resting was deleted.']);
    const press = (target: Element, repeat = false): boolean => {
      const how = { key: 'z', ctrlKey: true, bubbles: true, cancelable: true, repeat };
      return target.dispatchEvent(new KeyboardEvent('keydown', how));
    };
    press(the('input', 'Search connections'));
    expect(world.calls.at(-1)?.procedure).toBe('removeView');
    await settled();
    expect(the('button', 'Undo').getAttribute('aria-keyshortcuts')).toBe('Control+Z');
    // A key that is held takes no more than the first press did.
    press(document.body, true);
    expect(world.calls.at(-1)?.procedure).toBe('removeView');
    press(the('input', 'Select all on this page'));
    await expect.poll(world.texts).toEqual(['The view Resting is back.']);
    expect(press(document.body)).toBe(true);
  });

  it('that another page renamed say so where a new name is typed', async () => {
    const view = { id: 'v-1', name: 'Resting', search: 'sync=paused' };
    const keep = async (name: string): Promise<void> => {
      await (await world.database()).put('kept', [{ ...view, name }], 'views');
      world.announce('views');
    };
    await keep('Resting');
    await expect.poll(() => all('button', 'Rename view Resting').length).toBe(1);
    the('button', 'Rename view Resting').click();
    await settled();
    type(the('input', 'Name'), 'Mine');
    await keep('Theirs');
    await expect.poll(() => world.model.views.views.value[0]?.name).toBe('Theirs');
    world.answers.renameView = ({ seenName }) => {
      if (seenName === 'Resting') throw new PatchbayError('changed-meanwhile');
      return {};
    };
    the('button', 'Save').click();
    await expect.poll(() => texts('.views li .note')).toEqual(['It is called now: Theirs']);
    the('button', 'Save').click();
    await expect.poll(world.texts).toEqual(['Renamed to Mine.']);
    expect(world.calls.at(-1)?.input).toEqual({ id: 'v-1', name: 'Mine', seenName: 'Theirs' });
  });

  it('follow what is stored, and lead to their addresses', async () => {
    const views = [{ id: 'v-1', name: 'Resting', search: 'sync=paused&colour=red' }];
    await (await world.database()).put('kept', views, 'views');
    world.announce('views');
    await expect.poll(() => texts('.view a')).toEqual(['Resting']);
    expect(the('.view a').getAttribute('href')).toBe('#/connections?sync=paused');
  });
});
