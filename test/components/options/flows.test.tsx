import { beforeEach, describe, expect, it } from 'vitest';
import type { Flow } from '../../../lib/domain/flow.ts';
import type { Connection } from '../../../lib/domain/connection.ts';
import { connection, NOW } from '../../client/connections.ts';
import { openWorld, type World } from '../../client/options-world.ts';
import { all, settled, show, submit, the, type } from './page.tsx';

let world: World;

const BROKEN = { kind: 'reconnect', reason: 'revoked', since: NOW, verifiedAt: null } as const;

function flow(changes: Partial<Flow> = {}): Flow {
  return {
    id: 'f-1',
    name: 'Nightly',
    address: 'https://n8n.example/workflow/7',
    note: 'Ask Ann',
    connectionIds: ['c-1'],
    createdAt: NOW,
    revision: 1,
    ...changes,
  };
}

async function open(hash: string, flows: readonly Flow[], changes: Partial<Connection> = {}) {
  world = openWorld(hash);
  await world.store({
    connections: [connection(changes), connection({ id: 'c-2', name: 'Mail', health: BROKEN })],
  });
  for (const one of flows) await (await world.database()).put('flows', one);
  await world.model.load();
  show(world);
  await settled();
}

const text = (selector: string) => the(selector).textContent ?? '';

beforeEach(() => {
  document.body.innerHTML = '';
});

describe('the section of flows', () => {
  it('stands between connections and providers', async () => {
    await open('#/flows', []);
    const sections = all('nav a').map((link) => link.textContent);
    expect(sections).toEqual(['Connections', 'Flows', 'Providers', 'Activity', 'Settings']);
    expect(the('nav a', 'Flows').getAttribute('aria-current')).toBe('page');
    expect(text('main')).toContain('Write down what uses your connections');
  });

  it('shows those of one connection alone, names it, and leads back to all', async () => {
    const other = flow({ id: 'f-2', name: 'B', connectionIds: ['c-2'] });
    await open('#/connections', [flow(), other]);
    const names = () => all('.flow-name').map((one) => one.textContent);
    world.model.flows.search.value = 'B';
    world.visit('#/flows?connection=c-1');
    await settled();
    expect(text('.only-of')).toContain('Only Reports');
    expect(names()).toEqual(['Nightly']);
    the('button', 'Show all flows').click();
    await settled();
    expect([world.hash.value, names()]).toEqual(['#/flows', ['B', 'Nightly']]);
    world.visit('#/flows?connection=gone');
    await settled();
    expect(text('.only-of')).toContain('Only one connection, which is not here any more');
    expect(text('main')).toContain('No flow uses this connection');
  });

  it('lists each with its connections, and says which are stopped', async () => {
    await open('#/flows', [
      flow({ connectionIds: ['c-1', 'c-2'] }),
      flow({ id: 'f-2', name: 'B' }),
    ]);
    const rows = all('table.flows tbody tr').map((row) => row.textContent);
    expect(rows[0]).toContain('B');
    expect(rows[0]).toContain('Can run');
    expect(rows[1]).toContain('NightlyAsk Ann');
    expect(rows[1]).toContain('Stopped');
    const names = all('.flow-connection').map((one) => one.textContent);
    expect(names).toEqual(['ReportsActive', 'MailReconnect needed', 'ReportsActive']);
    expect(all('.flow-connection a').at(-1)?.getAttribute('href')).toBe(
      '#/connections/c-1?tab=flows',
    );
  });

  it('links to where a flow runs by a web address alone, without a trace of this page', async () => {
    const smuggled = flow({ id: 'f-2', name: 'Evil', address: 'javascript:alert(1)' });
    await open('#/flows', [flow(), smuggled]);
    const link = the('a', 'Open Nightly at n8n.example');
    expect(link.getAttribute('href')).toBe('https://n8n.example/workflow/7');
    expect(link.getAttribute('rel')).toBe('noreferrer');
    expect(all('a.flow-address').length).toBe(1);
  });

  it('is searched, and says so where nothing fits', async () => {
    await open('#/flows', [flow(), flow({ id: 'f-2', name: 'Weekly' })]);
    type(the('input', 'Search flows'), 'week');
    await settled();
    expect(all('table.flows tbody tr').length).toBe(1);
    type(the('input', 'Search flows'), 'nothing like it');
    await settled();
    expect(text('main')).toContain('No flow fits this search');
    expect(document.activeElement?.tagName).toBe('BODY');
  });

  it('adds one in a dialog that says what is wrong, and loses nothing', async () => {
    await open('#/flows', []);
    the('button', 'Add flow').click();
    await settled();
    const dialog = the('dialog', 'Add flow');
    type(the('dialog input', 'Name'), 'Nightly');
    type(the('dialog input', 'Address (optional)'), 'n8n');
    (all('dialog input[type=checkbox]')[1] as HTMLInputElement).click();
    submit(dialog);
    await settled();
    expect(text('dialog [role=alert]')).toContain('It has to begin with https://');
    type(the('dialog input', 'Address (optional)'), 'https://n8n.example');
    submit(dialog);
    await expect.poll(() => all('dialog').length).toBe(0);
    expect(world.calls.find(({ procedure }) => procedure === 'addFlow')?.input).toEqual({
      name: 'Nightly',
      address: 'https://n8n.example',
      note: '',
      connectionIds: ['c-1'],
    });
  });

  it('gives the focus to a button where the row that had it is gone', async () => {
    await open('#/flows', [flow(), flow({ id: 'f-2', name: 'Weekly' })]);
    the('button', 'Remove flow Nightly').focus();
    await (await world.database()).delete('flows', 'f-1');
    world.announce('flows');
    await expect.poll(() => document.activeElement?.textContent).toBe('Add flow');
  });

  it('changes nothing under view only', async () => {
    await open('#/flows', [flow()]);
    const lock = { lockedAt: NOW, wrongTries: 0, triedAt: 0 };
    await (await world.database()).put('kept', lock, 'viewOnly');
    await world.model.records.load();
    await settled();
    const buttons = ['Add flow', 'Edit flow Nightly', 'Remove flow Nightly'];
    expect(buttons.map((name) => the('button', name).hasAttribute('disabled'))).toEqual([
      true,
      true,
      true,
    ]);
  });
});

describe('a connection', () => {
  it('says in its row how many flows use it, and leads to them', async () => {
    await open('#/connections', [flow(), flow({ id: 'f-2', name: 'Weekly' })]);
    const cells = all('td.cell-flows');
    expect(cells.map((cell) => cell.textContent)).toEqual(['0', '2']);
    expect(the('a', '2 flows of Reports').getAttribute('href')).toBe('#/flows?connection=c-1');
  });

  it('has a tab of its flows, to add, attach and detach', async () => {
    await open('#/connections/c-1?tab=flows', [
      flow(),
      flow({ id: 'f-2', name: 'Weekly', connectionIds: [] }),
    ]);
    expect(all('[role=tab]').map((tab) => tab.textContent)).toEqual([
      'Overview',
      'Accounts',
      'Flows',
      'Activity',
    ]);
    expect(text('.flows-tab')).toContain('1 flow uses this connection');
    the('button', 'Detach Nightly').click();
    const select = the('select', 'Attach an existing flow') as HTMLSelectElement;
    expect([...select.options].map((option) => option.textContent)).toEqual([
      'Choose a flow',
      'Weekly',
    ]);
    select.value = 'f-2';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    await settled();
    the('button', 'Attach')
      .closest('form')
      ?.dispatchEvent(new Event('submit', { bubbles: true }));
    await settled();
    expect(world.calls.slice(-2)).toEqual([
      { procedure: 'detachFlow', input: { id: 'f-1', connectionId: 'c-1' } },
      { procedure: 'attachFlow', input: { id: 'f-2', connectionId: 'c-1' } },
    ]);
    the('button', 'Add flow').click();
    await settled();
    expect(all('dialog input:checked').length).toBe(1);
  });

  it('says in its evidence how many flows it stops while it is broken', async () => {
    await open('#/connections', [flow({ connectionIds: ['c-1', 'c-2'] })]);
    the('button', 'Show issue of Mail').click();
    await settled();
    expect(text('.evidence')).toContain('1 flow is stopped by this.');
  });

  it('names the flows that stop before it is deleted', async () => {
    const many = Array.from({ length: 10 }, (_, at) => flow({ id: `f-${at}`, name: `Job ${at}` }));
    await open('#/connections', many);
    the('button', 'Delete Reports').click();
    await settled();
    expect(text('dialog')).toContain('These stop working, and will need a replacement:');
    const names = (): (string | null)[] => all('.flows-that-stop li').map((one) => one.textContent);
    expect(names()).toEqual(Array.from({ length: 8 }, (_, at) => `Job ${at}`));
    expect(the('.flows-that-stop summary').textContent).toBe('and 2 more');
    const rest = the('.flows-that-stop details') as HTMLDetailsElement;
    rest.open = true;
    rest.dispatchEvent(new Event('toggle'));
    await settled();
    expect(names()).toEqual(many.map(({ name }) => name));
  });

  it('says which connection each flow loses where several are deleted', async () => {
    await open('#/connections', [flow({ connectionIds: ['c-2', 'c-1'] })]);
    const { connections } = world.model.records;
    world.model.dialogs.remove(connections.value ?? []);
    await settled();
    expect(all('.flows-that-stop li').map((one) => one.textContent)).toEqual([
      'Nightly · loses Mail, Reports',
    ]);
  });

  it('waits until it is known which flows stop, and where nobody can know says so', async () => {
    await open('#/connections', []);
    const fresh = openWorld('#/connections');
    show(fresh);
    fresh.model.dialogs.remove([connection()]);
    await settled();
    const isDisabled = (): boolean =>
      (the('dialog button', 'Delete') as HTMLButtonElement).disabled;
    expect([isDisabled(), text('dialog')]).toEqual([
      true,
      expect.stringContaining('Reading which flows use this…'),
    ]);
    (await fresh.database()).close();
    await fresh.model.flows.load();
    await settled();
    expect([isDisabled(), text('dialog')]).toEqual([
      false,
      expect.stringContaining('could not be read'),
    ]);
  });

  it('that no flow uses is deleted without a word about flows', async () => {
    await open('#/connections', [flow()]);
    the('button', 'Delete Mail').click();
    await settled();
    expect(all('.flows-that-stop')).toEqual([]);
  });
});

describe('the filter by flow', () => {
  it('is there only where a flow uses a connection, and narrows the list down', async () => {
    await open('#/connections', []);
    expect(all('.filter-panel select', 'Flow')).toEqual([]);
    await open('#/connections', [flow(), flow({ id: 'f-2', name: 'Unused', connectionIds: [] })]);
    const choices = all('.filter-panel select')
      .flatMap((one) => [...one.querySelectorAll('option')])
      .map(({ textContent }) => textContent);
    expect(choices).toEqual(expect.arrayContaining(['With or without a flow (2)', 'Nightly (1)']));
    expect(choices).not.toContain('Unused (0)');
    world.model.list.filter({ flowId: 'f-1' });
    await settled();
    expect(all('tr.row .cell-name').map(({ textContent }) => textContent)).toEqual(['Reports']);
  });

  it('of the address is named where nothing fits, and can be given up', async () => {
    await open('#/connections?flow=gone', [flow()]);
    expect(text('.filters-on')).toBe('Flow: One that is not here any more');
    the('button', 'Clear filters').click();
    await settled();
    expect(all('tr.row').length).toBe(2);
  });

  it('is where the section of flows leads, from a flow that uses something', async () => {
    await open('#/flows', [flow(), flow({ id: 'f-2', name: 'Unused', connectionIds: [] })]);
    expect(all('.flow-show').map((link) => link.getAttribute('href'))).toEqual([
      '#/connections?flow=f-1',
    ]);
    the('a', 'Show in the list what Nightly uses');
  });
});
