import { beforeEach, describe, expect, it } from 'vitest';
import { PatchbayError } from '../../../lib/domain/errors.ts';
import type { Account, Accounts } from '../../../lib/domain/identity.ts';
import type { Connection } from '../../../lib/domain/connection.ts';
import { connection, NOW, provider } from '../../client/connections.ts';
import { openWorld, type World } from '../../client/options-world.ts';
import { all, settled, show, the, type } from './page.tsx';

let world: World;

beforeEach(async () => {
  world = openWorld('#/connections/c-1?tab=accounts');
  await world.model.load();
  show(world);
});

function teams(count: number): Account[] {
  return Array.from({ length: count }, (_, at) => ({ id: `a-${at}`, label: `Team ${at}` }));
}

function ready(count: number): Accounts {
  return { kind: 'ready', readAt: NOW, isCut: false, items: teams(count) };
}

async function open(changes: Partial<Connection>): Promise<void> {
  await world.store({ connections: [connection(changes)] });
  await settled();
}

function rows(): string[] {
  return all('.accounts li').map((row) => (row.textContent ?? '').trim());
}

function box(at: number): HTMLInputElement {
  return all('.accounts input')[at] as HTMLInputElement;
}

function checked(): boolean[] {
  return all('.accounts input').map((one) => (one as HTMLInputElement).checked);
}

const lastCall = () => world.calls.at(-1);
const step = (change: object) => ({ procedure: 'chooseAccounts', input: { id: 'c-1', change } });

describe('the accounts of a connection', () => {
  it('are all used until something was chosen', async () => {
    await open({ accounts: ready(3) });
    expect(rows()).toEqual(['Team 0 a-0', 'Team 1 a-1', 'Team 2 a-2']);
    expect(checked()).toEqual([true, true, true]);
    expect(the('section', 'Details of Reports').textContent).toContain('3 accounts');
    expect(all('input', 'Search accounts')).toEqual([]);
  });

  it('are left out and used one by one, or all at once', async () => {
    await open({
      accounts: ready(3),
      accountChoice: { kind: 'all-but', accounts: teams(1) },
    });
    expect(checked()).toEqual([false, true, true]);
    box(1).click();
    expect(lastCall()).toEqual(step({ kind: 'leave-out', ids: ['a-1'] }));
    box(0).click();
    expect(lastCall()).toEqual(step({ kind: 'use', ids: ['a-0'] }));
    the('button', 'Use none').click();
    expect(lastCall()).toEqual(step({ kind: 'use-none' }));
    the('button', 'Use all').click();
    expect(lastCall()).toEqual(step({ kind: 'use-all' }));
    (the('.accounts-only input') as HTMLInputElement).click();
    expect(lastCall()).toEqual(step({ kind: 'only-these' }));
  });

  it('say how many of them are used, in the list of connections too', async () => {
    await open({ accounts: ready(3), accountChoice: { kind: 'only', accounts: teams(1) } });
    expect(the('td.cell-accounts').textContent).toBe('1 of 3 accounts used');
    expect(the('.accounts-state').textContent).toContain('1 of 3 accounts');
    expect((the('.accounts-only input') as HTMLInputElement).checked).toBe(true);
  });

  it('stand as they are kept when a choice is refused', async () => {
    world.answers.chooseAccounts = () => Promise.reject(new PatchbayError('storage-full'));
    await open({ accounts: ready(2) });
    box(0).click();
    expect(box(0).checked).toBe(false);
    await expect.poll(() => box(0).checked).toBe(true);
    expect(world.texts().length).toBe(1);
  });

  it('are searched from eleven on, and then what is found is what is chosen', async () => {
    await open({ accounts: ready(30) });
    // By words, in any order, as everywhere.
    type(the('input', 'Search accounts'), '2 TEAM');
    await settled();
    expect(rows().length).toBe(12);
    const ids = ['a-2', 'a-12', ...Array.from({ length: 10 }, (_, at) => `a-${20 + at}`)];
    the('button', 'Leave out the 12 found').click();
    expect(lastCall()).toEqual(step({ kind: 'leave-out', ids }));
    type(the('input', 'Search accounts'), 'nothing like this');
    await settled();
    expect([rows(), all('.accounts-tools button')]).toEqual([[], []]);
  });

  it('stand in the page a hundred at a time', async () => {
    await open({ accounts: ready(2_000) });
    expect(rows().length).toBe(100);
    the('button', 'Next').click();
    await settled();
    expect(rows()[0]).toBe('Team 100 a-100');
    expect(the('.pager').textContent).toContain('101–200 of 2,000');
    type(the('input', 'Search accounts'), 'team 1999');
    await settled();
    expect(rows()).toEqual(['Team 1999 a-1999']);
  });

  it('that are gone at the provider stay chosen, and that is said', async () => {
    const gone = [
      { id: 'old', label: 'Old team' },
      { id: 'older', label: 'Older team' },
    ];
    await open({ accounts: ready(1), accountChoice: { kind: 'only', accounts: gone } });
    expect(the('.accounts-missing').textContent).toContain('2 chosen accounts are no longer there');
    expect(rows()[0]).toBe('Old team no longer there old');
    expect(checked()).toEqual([true, true, false]);
  });
});

describe('the state of the accounts', () => {
  it.each([
    ['limited', 'Ask there for a role'],
    ['unreachable', 'Patchbay asks again'],
    ['unreadable', 'needs to be corrected'],
  ] as const)('when they could not be read (%s) says what to do', async (reason, text) => {
    await open({
      accounts: { kind: 'error', reason, readAt: NOW, known: { ...ready(2), readAt: 0 } as never },
    });
    expect(the('.tab-panel').textContent).toContain(text);
    expect(rows().length).toBe(2);
  });

  it('is asked for again by a button', async () => {
    await open({ accounts: { kind: 'none', readAt: NOW } });
    the('button', 'Read again').click();
    await expect.poll(() => world.calls.map(({ procedure }) => procedure)).toContain('checkNow');
    expect(world.calls.at(-1)?.input).toEqual({ ids: ['c-1'] });
  });

  it('is said of no time, and not called empty, before an imported connection has asked', async () => {
    const health = {
      kind: 'unverified',
      doubt: 'unchecked',
      since: NOW,
      verifiedAt: null,
    } as const;
    await open({ accounts: { kind: 'loading' }, health });
    expect(the('.accounts-state').textContent).toContain('Not read yet');
    expect(all('.accounts-state time')).toEqual([]);
    expect(the('.tab-panel').textContent).not.toContain('reaches no account');
    the('button', 'Read again');
  });

  it('is said to be none that is read, where the service has no list', async () => {
    world = openWorld('#/connections/c-1?tab=accounts', [provider({ listsAccounts: false })]);
    await world.model.load();
    show(world);
    await open({ accounts: { kind: 'none', readAt: NOW } });
    expect(the('.tab-panel').textContent).toContain('reads no list of accounts');
  });

  it('is not known before the connection is authorised', async () => {
    await open({ health: { kind: 'unauthorized' } });
    expect(the('.tab-panel').textContent).toContain('once this connection is authorised');
    expect(all('button', 'Read again')).toEqual([]);
  });
});
