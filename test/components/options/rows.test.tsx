/** What stands in the rows of the list, and that they follow what is stored. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../../lib/domain/connection.ts';
import { DEFAULT_SETTINGS } from '../../../lib/domain/settings.ts';
import { connection } from '../../client/connections.ts';
import { openWorld, type World } from '../../client/options-world.ts';
import { all, settled, show, the } from './page.tsx';

const BROKEN = {
  health: { kind: 'reconnect', reason: 'revoked', since: 0, verifiedAt: null },
} as const;
let world: World;

beforeEach(async () => {
  world = openWorld();
  await world.model.load();
  show(world);
});

async function store(...connections: readonly Connection[]): Promise<void> {
  await world.store({ connections });
  await settled();
}

function cell(name: string): HTMLElement {
  return the(`td.cell-${name}`);
}

function point(element: HTMLElement, how: 'pointerover' | 'pointerout'): void {
  element.dispatchEvent(new PointerEvent(how, { bubbles: true }));
}

describe('a row', () => {
  it('says in its cells what is known of the connection', async () => {
    await store(
      connection({
        tags: ['Red', 'Blue'],
        identity: { id: 'u-7', label: 'alice@example.com', workspace: 'North' },
      }),
    );
    expect(cell('name').textContent).toBe('Reports');
    expect(cell('identity').textContent).toBe('alice@example.com\nNorth');
    expect(cell('identity').classList.contains('two-lines')).toBe(true);
    expect(cell('identity-id').textContent).toBe('u-7');
    expect(cell('tags').textContent).toBe('RedBlue');
    expect(cell('sync').textContent).toBe('On');
    expect(cell('created').querySelector('time')?.dateTime).toMatch(/^\d{4}-\d\d-\d\dT/);
  });

  it('follows what is stored in the elements that it has, and offers what the state asks for', async () => {
    await store(connection());
    const before = { name: cell('name'), row: the('tr.row') };
    expect(all('button', 'Reconnect Reports')).toEqual([]);
    await store(connection({ ...BROKEN, name: 'Billing' }));
    expect(cell('name')).toBe(before.name);
    expect(the('tr.row')).toBe(before.row);
    expect(cell('name').textContent).toBe('Billing');
    const mend = the('button', 'Reconnect Billing');
    expect(mend.nextElementSibling).toBe(the('button', 'Rename Billing'));
    expect(the('td.cell-status svg').classList.contains('health-reconnect')).toBe(true);
    mend.focus();
    await store(connection({ name: 'Billing' }));
    expect(all('button', 'Reconnect Billing')).toEqual([]);
    // A focus that was on what went is not lost.
    expect(document.activeElement).toBe(the('button', 'Rename Billing'));
  });

  it('is filled anew where the columns are others, and the focus stays on what it was on', async () => {
    world.answers.saveSettings = async ({ columns = DEFAULT_SETTINGS.columns }) => {
      const db = await world.database();
      await db.put('kept', { ...DEFAULT_SETTINGS, columns }, 'settings');
      return {};
    };
    await store(connection());
    the('button', 'Rename Reports').focus();
    world.model.columns.toggle('tags');
    await expect.poll(() => all('td.cell-tags')).toEqual([]);
    expect(document.activeElement).toBe(the('button', 'Rename Reports'));
    the('a', 'Open Reports').focus();
    world.model.columns.toggle('tags');
    await expect.poll(() => all('td.cell-tags').length).toBe(1);
    expect(document.activeElement).toBe(the('a', 'Open Reports'));
  });

  it('follows what it alone looks at, though the table is not rendered again', async () => {
    await store(
      connection({
        health: { kind: 'unverified', doubt: 'unreachable', since: 0, verifiedAt: 0 },
      }),
    );
    const check = the('button', 'Check now: Reports') as HTMLButtonElement;
    let finish: () => void = () => undefined;
    world.answers.checkNow = () =>
      new Promise((resolve) => {
        finish = () => resolve({ checked: 1, left: [] } as never);
      }) as never;
    check.click();
    await expect.poll(() => check.disabled).toBe(true);
    finish();
    await expect.poll(() => check.disabled).toBe(false);
  });

  it('keeps the way to close its evidence when it was mended meanwhile', async () => {
    await store(connection(BROKEN));
    the('button', 'Show issue of Reports').click();
    await settled();
    expect(all('.row-issue').length).toBe(1);
    await store(connection());
    const close = the('button', 'Show issue of Reports');
    expect(close.getAttribute('aria-expanded')).toBe('true');
    close.focus();
    close.click();
    await settled();
    // The button went with what it closed; the next control of the row has the focus.
    expect(document.activeElement).toBe(the('a', 'Open Reports'));
    expect([all('.row-issue'), all('button', 'Show issue of Reports')]).toEqual([[], []]);
  });

  it('gives a moment its title where a person points, and takes it again', async () => {
    await store(connection());
    const time = cell('created').querySelector('time');
    if (time === null) throw new Error('There is no moment.');
    expect(time.title).toBe('');
    point(time, 'pointerover');
    expect(time.title).toMatch(/\d{4}/);
    point(time, 'pointerout');
    expect(time.hasAttribute('title')).toBe(false);
  });

  it('has its menu, which says where it belongs', async () => {
    // This document cannot open one; that it opens, and closes, the end-to-end tests see.
    Object.assign(HTMLElement.prototype, { showPopover: () => undefined });
    await store(connection());
    const more = the('button', 'More for Reports');
    more.click();
    await settled();
    expect(more.getAttribute('aria-expanded')).toBe('true');
    expect(all('[role=menu]', 'More for Reports').length).toBe(1);
    // What it offers is about the connection as it is now.
    await store(connection({ sync: { kind: 'paused', since: 0 } }));
    expect(all('[role=menuitem]', 'Resume sync').length).toBe(1);
    the('[role=menuitem]', 'Edit').click();
    await settled();
    expect(more.getAttribute('aria-expanded')).toBe('false');
    expect(world.model.dialogs.open.value?.kind).toBe('edit');
  });
});

describe('what a search found', () => {
  const accounts = {
    kind: 'ready',
    items: [{ id: 'a-1', label: 'Shoe shop' }],
    isCut: false,
    readAt: 0,
  } as const;

  it('is marked where the row shows it, and said where it does not', async () => {
    await store(connection({ accounts }));
    world.model.list.search('repo');
    await settled();
    expect(all('.cell-name mark').map((one) => one.textContent)).toEqual(['Repo']);
    expect(all('.found-in')).toEqual([]);
    world.model.list.search('shop');
    await settled();
    expect(the('.found-in').textContent).toBe('Found in: Shoe shop');
    expect(all('.found-in mark').map((one) => one.textContent)).toEqual(['shop']);
    world.model.list.search('');
    await settled();
    expect([all('mark'), all('.found-in')]).toEqual([[], []]);
    expect(cell('name').textContent).toBe('Reports');
  });
});
