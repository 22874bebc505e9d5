import { render } from 'preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connection } from '../../client/connections.ts';
import { openWorld, type World } from '../../client/options-world.ts';
import { all, settled, show, submit, the, type } from './page.tsx';

let world: World;

async function open(hash: string): Promise<void> {
  world = openWorld(hash);
  await (
    await world.database()
  ).put(
    'kept',
    [
      { name: 'Red', color: 'red' },
      { name: 'Nobody’s', color: null },
    ],
    'tags',
  );
  await world.store({
    connections: [
      connection({ id: 'c-1', tags: ['Red', 'Blue'] }),
      connection({ id: 'c-2', name: 'Ads', tags: ['red'] }),
    ],
  });
  await world.model.load();
  show(world);
  await settled();
}

beforeEach(() => open('#/connections/c-1?tag=gone'));

afterEach(() => {
  // Else the page of this test would hear the keys of the next one.
  render(null, the('#app'));
});

function dots(selector: string): [string | null, string | null][] {
  return all(selector).map((place) => [
    place.querySelector('bdi')?.textContent ?? null,
    place.querySelector('.tag-dot')?.getAttribute('title') ?? null,
  ]);
}

async function manage(): Promise<HTMLElement> {
  the('button', 'Manage tags').click();
  await settled();
  return the('dialog', 'Tags');
}

describe('a tag on the page', () => {
  it('has its colour beside it in filters and details', () => {
    expect(dots('.filters li label')).toEqual([
      ['Blue', null],
      ['Red', 'Red'],
      ['gone', null],
    ]);
    expect(dots('.chips .chip')).toEqual([
      ['Red', 'Red'],
      ['Blue', null],
    ]);
  });

  it('that nobody carries any more can be taken out of the filters', async () => {
    const choice = the('input', 'gone') as HTMLInputElement;
    expect(choice.checked).toBe(true);
    choice.click();
    await settled();
    expect([world.hash.value, all('input', 'gone').length]).toEqual(['#/connections/c-1', 0]);
  });

  it('is offered where tags are typed, unless the connection carries it', () => {
    const field = the('input', 'Add a tag');
    const list = document.getElementById(field.getAttribute('list') ?? '');
    const offered = [...(list?.querySelectorAll('option') ?? [])].map(({ value }) => value);
    expect(offered).toEqual(['Nobody’s']);
  });

  it('is offered for a selection wherever it is carried, or not at all', async () => {
    await world.store({
      connections: [
        connection({ id: 'c-2', name: 'Ads', tags: ['Away'], environmentId: 'staging' }),
      ],
    });
    world.visit('#/connections?environment=production');
    await settled();
    the('input', 'Select Reports').click();
    await settled();
    const list = all('.tag-popover datalist option').map((one) => one.textContent);
    expect(list).toEqual(['Away', 'Blue', 'Nobody’s', 'Red']);
  });
});

describe('the dialog', () => {
  it('lists every tag with its colour by name and its connections', async () => {
    const dialog = await manage();
    const rows = [...dialog.querySelectorAll('tbody tr')].map((row) => [
      row.querySelector('th')?.textContent,
      row.querySelector('select')?.selectedOptions[0]?.textContent,
      row.querySelector('.tags-count')?.textContent,
    ]);
    expect(rows).toEqual([
      ['Blue', 'No colour', '1'],
      ['Nobody’s', 'No colour', '0'],
      ['Red', 'Red', '2'],
    ]);
  });

  it('makes a tag, and says why not', async () => {
    const dialog = await manage();
    type(the('input', 'New tag'), 'RED');
    submit(dialog);
    await expect.poll(() => all('dialog [role=alert]').length).toBe(1);
    type(the('input', 'New tag'), 'Green');
    submit(dialog);
    await expect.poll(() => world.calls.at(-1)?.procedure).toBe('createTag');
    await expect.poll(() => all('dialog [role=alert]').length).toBe(0);
  });

  it('shows the colour that stands where another one could not be kept', async () => {
    await manage();
    const select = the('select', 'Colour of Red') as HTMLSelectElement;
    const refuse = (): never => {
      throw new Error('no');
    };
    world.answers.setTagColor = refuse;
    select.value = 'blue';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    await expect.poll(() => all('[role=status] .message-bad').length).toBe(1);
    expect(select.value).toBe('red');
  });

  it('asks in a dialog of its own, and merges only then', async () => {
    await manage();
    the('button', 'Rename tag Red').click();
    await settled();
    type(the('input', 'Name'), 'blue');
    submit(the('dialog', 'Rename tag Red'));
    await settled();
    const asking = the('dialog', 'Merge Red into Blue');
    expect(asking.textContent).toContain('2 connections that carry Red will carry Blue instead');
    expect(world.calls.map(({ procedure }) => procedure)).not.toContain('renameTag');
    world.answers.renameTag = () => ({ connections: 2 });
    submit(asking);
    await expect.poll(() => all('dialog', 'Merge Red into Blue').length).toBe(0);
    expect(all('dialog', 'Tags').length).toBe(1);
  });

  it('says what a deletion takes, and has the offer to undo within reach', async () => {
    const dialog = await manage();
    world.answers.deleteTag = () => ({
      connections: 2,
      deleted: { tag: { name: 'Red', color: 'red' }, isKept: true, places: [] },
    });
    the('button', 'Delete tag Red').click();
    await settled();
    const asking = the('dialog', 'Delete tag Red');
    expect(asking.textContent).toContain('2 connections lose this tag.');
    submit(asking);
    await expect.poll(() => all('[role=status] button', 'Undo').length).toBe(1);
    expect(dialog.contains(the('[role=status] button', 'Undo'))).toBe(true);
    the('button', 'Close').click();
    await settled();
    expect(all('[role=status] button', 'Undo').length).toBe(1);
  });
});
