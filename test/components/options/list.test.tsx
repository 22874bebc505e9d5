import { beforeEach, describe, expect, it } from 'vitest';
import { rowMenuItems } from '../../../components/options/RowMenu.tsx';
import { connection } from '../../client/connections.ts';
import { commit } from '../../../lib/store/commit.ts';
import { openWorld, type World } from '../../client/options-world.ts';
import { all, settled, show, the, type } from './page.tsx';

const HOSTILE = '<img src=x onerror=alert(1)> \u202Egnirts';
let world: World;

beforeEach(async () => {
  world = openWorld();
  await world.model.load();
  show(world);
});

async function store(count: number): Promise<void> {
  await world.store({
    connections: Array.from({ length: count }, (_, at) =>
      connection({ id: `c-${at}`, name: `Reports ${at}` }),
    ),
  });
  await settled();
}

function headers(): string[] {
  return all('table thead th').map((header) => (header.textContent ?? '').replace(/[↕↑↓]/g, ''));
}

describe('the list of connections', () => {
  it('says what to do while there is nothing', () => {
    expect(the('main').textContent).toContain('Connect a service');
    expect(all('table')).toEqual([]);
  });

  it('has its columns in their order', async () => {
    await store(1);
    expect(headers()).toEqual([
      '',
      'Issue',
      'Data source',
      'Name',
      'Business account',
      'Status',
      'Account status',
      'Business account ID',
      'Environment',
      'Tags',
      'Flows',
      'Sync',
      'Created',
      'Last authorisation',
      'Actions',
    ]);
    expect(all('th:not([aria-sort])').length).toBe(4);
  });

  it('keeps few rows in the page and says how many there are', async () => {
    await store(400);
    const table = the('table', 'Connections');
    expect(all('tbody tr').length).toBeLessThan(200);
    expect(table.getAttribute('aria-rowcount')).toBe('401');
    expect(all('tr.row')[0]?.getAttribute('aria-rowindex')).toBe('2');
  });

  it('tells where each row leads and what can be done with it', async () => {
    await store(1);
    expect(the('a', 'Open Reports 0').getAttribute('href')).toBe('#/connections/c-0');
    const buttons = all('tbody button').map((button) => button.getAttribute('aria-label'));
    expect(buttons).toEqual(['Rename Reports 0', 'Delete Reports 0', 'More for Reports 0']);
  });

  it('offers to set up extraction with what reaches an account, as a flow that uses it', () => {
    const items = [{ id: 'a', label: 'Ann' }];
    const reaching = connection({ accounts: { kind: 'ready', items, isCut: false, readAt: 1 } });
    const offered = rowMenuItems(world.model, reaching).find(({ id }) => id === 'extract');
    offered?.run();
    expect(offered?.label).toBe('Set up extraction');
    expect([...(world.model.flows.form.value?.chosen.value ?? [])]).toEqual(['c-1']);
    expect(rowMenuItems(world.model, connection()).map(({ id }) => id)).not.toContain('extract');
  });

  it('offers to reconnect what is broken, and shows the evidence on demand', async () => {
    await world.store({
      connections: [
        connection({
          health: { kind: 'reconnect', reason: 'revoked', since: 0, verifiedAt: null },
        }),
      ],
      checks: [
        {
          connectionId: 'c-1',
          at: 0,
          tookMs: 4,
          trigger: 'sweep',
          asked: 'GET api.example.com/me',
          status: 401,
          verdict: 'rejected',
          reason: 'revoked',
          words: '<b>revoked</b>',
          health: 'reconnect',
        },
      ],
    });
    await settled();
    expect(all('button', 'Reconnect Reports').length).toBe(1);
    const expand = the('button', 'Show issue of Reports');
    expect(expand.getAttribute('aria-expanded')).toBe('false');
    expand.click();
    await expect
      .poll(() => all('.their-words').map((one) => one.textContent))
      .toEqual(['<b>revoked</b>']);
    expect(the('button', 'Show issue of Reports').getAttribute('aria-expanded')).toBe('true');
    expect(the('table').getAttribute('aria-rowcount')).toBe('3');
  });

  it('shows the check that decided it, and apart from it what was heard since', async () => {
    const health = { kind: 'reconnect', reason: 'revoked', since: 1, verifiedAt: null } as const;
    const check = { connectionId: 'c-1', tookMs: 0, trigger: 'sweep', words: null } as const;
    await world.store({
      connections: [connection({ health })],
      checks: [
        {
          ...check,
          at: 1,
          asked: 'POST auth.example.com/token',
          status: 400,
          verdict: 'rejected',
          reason: 'revoked',
          health: 'reconnect',
        },
        {
          ...check,
          at: 2,
          asked: 'GET api.example.com/me',
          status: 503,
          verdict: 'provider-trouble',
          reason: 'server-error',
          health: 'reconnect',
        },
      ],
    });
    await settled();
    the('button', 'Show issue of Reports').click();
    await expect
      .poll(() => all('.evidence dd').map((one) => one.textContent))
      .toEqual([
        expect.anything(),
        'POST auth.example.com/token',
        'HTTP 400 · Refused · access was revoked',
        expect.stringContaining('HTTP 503 · Provider trouble'),
      ]);
  });

  it('misses no check in the evidence where the secrets were deleted without one', async () => {
    const lost = { kind: 'reconnect', reason: 'interrupted', since: 1, verifiedAt: 0 } as const;
    await world.store({
      connections: [connection({ health: lost })],
      checks: [
        {
          connectionId: 'c-1',
          at: 0,
          tookMs: 0,
          trigger: 'sweep',
          asked: 'GET api.example.com/me',
          status: 200,
          verdict: 'valid',
          reason: null,
          words: null,
          health: 'active',
        },
      ],
    });
    await settled();
    the('button', 'Show issue of Reports').click();
    await expect.poll(() => all('.evidence dd').length).toBeGreaterThan(0);
    expect(the('.evidence').textContent).not.toContain('not among those that are kept');
  });

  it('names no question in the evidence where nobody could be asked', async () => {
    const lost = { kind: 'reconnect', reason: 'interrupted', since: 0, verifiedAt: null } as const;
    await world.store({
      connections: [connection({ health: lost })],
      checks: [
        {
          connectionId: 'c-1',
          at: 0,
          tookMs: 0,
          trigger: 'sweep',
          asked: '',
          status: null,
          verdict: 'rejected',
          reason: 'interrupted',
          words: null,
          health: 'reconnect',
        },
      ],
    });
    await settled();
    the('button', 'Show issue of Reports').click();
    await expect
      .poll(() => all('.evidence dt').map((one) => one.textContent))
      .toEqual(['Checked', 'Answer']);
  });

  it('shows the texts of strangers as text', async () => {
    await world.store({
      connections: [
        connection({
          name: HOSTILE,
          identity: { id: HOSTILE, label: HOSTILE, workspace: HOSTILE },
        }),
      ],
    });
    world.visit('#/connections/c-1');
    await settled();
    expect(all('img')).toEqual([]);
    const shown = all('bdi').filter((one) => one.textContent === HOSTILE);
    expect(shown.length).toBeGreaterThan(3);
  });

  it('marks the column that it is sorted by', async () => {
    await store(2);
    the('th.cell-name button').click();
    await settled();
    expect(the('th.cell-name').getAttribute('aria-sort')).toBe('ascending');
    expect(the('th.cell-created').getAttribute('aria-sort')).toBe('none');
  });

  it('leaves the last authorisation empty where there was none', async () => {
    await world.store({ connections: [connection({ authorizedAt: null })] });
    await settled();
    expect(the('td.cell-authorized').textContent).toBe('');
  });
});

describe('the details', () => {
  beforeEach(async () => {
    await world.store({
      connections: [
        connection({
          tags: ['team a'],
          grant: {
            scopesAsked: ['read', 'write'],
            scopesGiven: ['read'],
            grantedAt: 0,
            accessEndsAt: null,
            isRenewable: true,
          },
          accounts: {
            kind: 'ready',
            readAt: 0,
            isCut: false,
            items: Array.from({ length: 30 }, (_, at) => ({ id: `a-${at}`, label: `Team ${at}` })),
          },
        }),
      ],
    });
    world.visit('#/connections/c-1');
    await settled();
  });

  it('are a region with the name of the connection', () => {
    expect(the('section', 'Details of Reports').textContent).toContain('alice@example.com');
  });

  it('show what was granted, and what was asked for and was not', () => {
    expect(all('.chip').map((chip) => chip.textContent)).toEqual(['team a', 'read', 'write']);
    expect(the('.chip-missing').textContent).toBe('write');
  });

  it('take a tag off by its button', async () => {
    the('button', 'Remove tag team a').click();
    await expect
      .poll(() => world.calls.at(-1))
      .toEqual({ procedure: 'setTags', input: { id: 'c-1', revision: 1, tags: [] } });
  });

  it('list the accounts, searchable when there are many', async () => {
    const press = (tab: string, key: string): void =>
      void the('[role=tab]', tab).dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
      );
    press('Overview', 'ArrowRight');
    await settled();
    expect(world.hash.value).toBe('#/connections/c-1?tab=accounts');
    document.dir = 'rtl';
    press('Accounts', 'ArrowRight');
    document.dir = '';
    await settled();
    expect(world.hash.value).toBe('#/connections/c-1');
    the('[role=tab]', 'Accounts').click();
    await settled();
    expect(world.hash.value).toBe('#/connections/c-1?tab=accounts');
    const search = the('input', 'Search accounts') as HTMLInputElement;
    search.value = 'team 2';
    search.dispatchEvent(new Event('input', { bubbles: true }));
    await settled();
    expect(all('.accounts li').length).toBe(12);
  });

  it('give the focus to the field when a tag is taken off, whose button goes with it', () => {
    const remove = the('button', 'Remove tag team a');
    remove.focus();
    remove.click();
    expect(document.activeElement).toBe(the('input', 'Add a tag'));
  });

  it('hold what is typed while another tab is looked at', async () => {
    type(the('textarea', 'Notes'), 'Half a thou');
    the('[role=tab]', 'Accounts').click();
    await settled();
    expect(all('textarea')).toEqual([]);
    the('[role=tab]', 'Overview').click();
    await settled();
    expect((the('textarea', 'Notes') as HTMLTextAreaElement).value).toBe('Half a thou');
  });

  it('say it when the connection is not here any more', async () => {
    world.visit('#/connections/gone');
    await settled();
    expect(the('section', 'This connection is not here').textContent).toContain('deleted');
  });
});

describe('details that are opened by their address', () => {
  async function openAt(id: string): Promise<void> {
    world = openWorld(`#/connections/${id}`);
    await commit(await world.database(), { connections: new Map([['c-1', () => connection()]]) });
    show(world);
  }

  it('show what stands in the beginning of the list before all of it was read', async () => {
    await openAt('c-1');
    await world.model.open();
    await settled();
    expect([
      world.model.records.connections.value,
      all('section', 'Details of Reports').length,
    ]).toEqual([null, 1]);
  });

  it('call none missing before all were read, which is at once then', async () => {
    await openAt('gone');
    await world.model.records.loadFirst();
    await settled();
    expect(all('section', 'Reading the connection…')).toHaveLength(1);
    expect(document.body.textContent).not.toContain('not here');
    await world.model.open();
    await expect.poll(() => all('section', 'This connection is not here').length).toBe(1);
  });
});
