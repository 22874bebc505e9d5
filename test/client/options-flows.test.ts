import { beforeEach, describe, expect, it } from 'vitest';
import { PatchbayError } from '../../lib/domain/errors.ts';
import type { Flow } from '../../lib/domain/flow.ts';
import { connection, NOW } from './connections.ts';
import { openWorld, type World } from './options-world.ts';

let world: World;

function flow(changes: Partial<Flow> = {}): Flow {
  return {
    id: 'f-1',
    name: 'Nightly',
    address: null,
    note: '',
    connectionIds: ['c-1'],
    createdAt: NOW,
    revision: 1,
    ...changes,
  };
}

async function keep(...flows: readonly Flow[]): Promise<void> {
  const db = await world.database();
  for (const one of flows) await db.put('flows', one);
  world.announce('flows');
  await world.model.flows.load();
}

const called = (procedure: string) =>
  world.calls.filter((one) => one.procedure === procedure).map(({ input }) => input);

const form = () => {
  const open = world.model.flows.form.value;
  if (open === null) throw new Error('no dialog is open');
  return open;
};

beforeEach(async () => {
  world = openWorld();
  const broken = { kind: 'reconnect', reason: 'revoked', since: NOW, verifiedAt: null } as const;
  await world.store({
    connections: [
      connection({ id: 'c-1', name: 'Reports' }),
      connection({ id: 'c-2', name: 'Mail', health: broken }),
    ],
  });
  await world.model.load();
});

describe('the register', () => {
  it('follows what other pages change, and counts for each connection', async () => {
    await keep(flow(), flow({ id: 'f-2', name: 'Another', connectionIds: ['c-1', 'c-2'] }));
    const { flows } = world.model;
    expect(flows.of('c-1').map(({ name }) => name)).toEqual(['Another', 'Nightly']);
    expect([flows.countOf('c-1'), flows.countOf('c-2'), flows.countOf('c-3')]).toEqual([2, 1, 0]);
  });

  it('sorts the list of connections by how many flows use them', async () => {
    await keep(flow(), flow({ id: 'f-2', name: 'B' }), flow({ id: 'f-3', connectionIds: ['c-2'] }));
    world.visit('#/connections?sort=flows');
    expect(world.model.list.rows.value.map(({ id }) => id)).toEqual(['c-2', 'c-1']);
    world.visit('#/connections?sort=flows&order=desc');
    expect(world.model.list.rows.value.map(({ id }) => id)).toEqual(['c-1', 'c-2']);
    await keep(
      flow({ id: 'f-4', connectionIds: ['c-2'] }),
      flow({ id: 'f-5', connectionIds: ['c-2'] }),
    );
    expect(world.model.list.rows.value.map(({ id }) => id)).toEqual(['c-2', 'c-1']);
  });

  it('says which flows are stopped and by what, the most urgent first', async () => {
    await keep(flow({ connectionIds: ['c-1', 'c-2', 'going'] }), flow({ id: 'f-2', name: 'B' }));
    const [b, nightly] = world.model.flows.shown.value ?? [];
    expect(b).toMatchObject({ state: 'fine', going: 0 });
    expect(nightly).toMatchObject({ state: 'stopped', going: 1 });
    expect(nightly?.connections.map(({ id }) => id)).toEqual(['c-2', 'c-1']);
  });

  it('shows a beginning, and the rest by search, by names of connections too', async () => {
    const many = Array.from({ length: 230 }, (_, at) =>
      flow({ id: `f-${at}`, name: `Job ${at}`, connectionIds: [] }),
    );
    await keep(...many, flow({ id: 'f-mail', connectionIds: ['c-2'] }));
    const { flows } = world.model;
    expect([flows.shown.value?.length, flows.left.value]).toEqual([200, 31]);
    flows.search.value = 'MAIL';
    expect(flows.shown.value?.map(({ flow: { id } }) => id)).toEqual(['f-mail']);
    expect(flows.left.value).toBe(0);
  });
});

describe('the dialog', () => {
  it('adds a flow with what was typed and ticked', async () => {
    world.model.flows.add(world.model.records.find('c-1'));
    world.answers.addFlow = () => ({ id: 'f-9' });
    const { name, address, note, toggle, submit, chosen } = form();
    expect([...chosen.value]).toEqual(['c-1']);
    name.value = ' Nightly ';
    address.value = 'https://n8n.example/';
    note.value = 'of Ann';
    toggle('c-2');
    toggle('c-1');
    await submit();
    expect(called('addFlow')).toEqual([
      {
        name: ' Nightly ',
        address: 'https://n8n.example/',
        note: 'of Ann',
        connectionIds: ['c-2'],
      },
    ]);
    expect(world.model.flows.form.value).toBeNull();
    expect(world.texts()).toEqual(['The flow Nightly was added.']);
    world.model.messages.list.value[0]?.action?.run();
    await expect.poll(() => world.texts()).toContain('The flow Nightly was removed.');
    expect(called('removeFlow')).toEqual([{ id: 'f-9' }]);
  });

  it.each(['javascript:alert(1)', 'not an address'])(
    'keeps what was typed where the address is %s',
    async (typed) => {
      world.model.flows.add();
      const { name, address, submit, problem } = form();
      name.value = 'Nightly';
      address.value = typed;
      await submit();
      expect(problem.value).toBe('flow-address-invalid');
      expect([name.value, address.value, called('addFlow')]).toEqual(['Nightly', typed, []]);
    },
  );

  it('says which connections come and go', async () => {
    await keep(flow({ connectionIds: ['c-1', 'going'] }));
    world.model.flows.edit(flow({ connectionIds: ['c-1', 'going'] }));
    form().toggle('c-1');
    form().toggle('c-2');
    form().name.value = 'Weekly';
    await form().submit();
    const text = { id: 'f-1', address: null, note: '' };
    const edit = { ...text, revision: 1, name: 'Weekly', attach: ['c-2'], detach: ['c-1'] };
    expect(called('editFlow')).toEqual([edit]);
    world.model.messages.list.value[0]?.action?.run();
    await expect.poll(() => world.texts()).toContain('The flow Weekly is as it was before.');
    const back = { ...text, revision: 2, name: 'Nightly', attach: ['c-1'], detach: ['c-2'] };
    expect(called('editFlow')).toEqual([edit, back]);
  });

  it('loses nothing where it was changed meanwhile; the next Save is against what is there', async () => {
    await keep(flow({ name: 'Theirs', revision: 2 }));
    world.model.flows.edit(flow());
    form().name.value = 'Mine';
    world.answers.editFlow = ({ revision }) => {
      if (revision < 2) throw new PatchbayError('changed-meanwhile');
      return {};
    };
    await form().submit();
    expect(form().problem.value).toBe('changed-meanwhile');
    expect([form().name.value, form().flow.value?.name]).toEqual(['Mine', 'Theirs']);
    await form().submit();
    expect(world.model.flows.form.value).toBeNull();
    expect(called('editFlow')).toMatchObject([{ revision: 1 }, { revision: 2, name: 'Mine' }]);
  });

  it('stays open where the background refuses', async () => {
    world.answers.addFlow = () => Promise.reject(new PatchbayError('flow-name-taken'));
    world.model.flows.add();
    form().name.value = 'Nightly';
    await form().submit();
    expect([form().problem.value, form().isBusy.value]).toEqual(['flow-name-taken', false]);
  });
});

describe('a flow that was removed', () => {
  it('comes back by Undo, which is offered again where it fails', async () => {
    const removed = { ...flow(), connectionIds: ['c-1'] };
    world.answers.removeFlow = () => ({ removed });
    world.answers.restoreFlow = () => Promise.reject(new PatchbayError('flow-name-taken'));
    await world.model.flows.remove(flow());
    expect(world.texts()).toEqual(['The flow Nightly was removed.']);
    const undo = () =>
      world.model.messages.list.value.findLast(({ action }) => action !== null)?.action?.run();
    undo();
    await expect.poll(() => world.texts().length).toBe(3);
    world.answers.restoreFlow = () => ({});
    undo();
    await expect.poll(() => world.texts()).toContain('The flow Nightly is back.');
    expect(called('restoreFlow')).toEqual([removed, removed]);
  });

  it('elsewhere already offers nothing', async () => {
    world.answers.removeFlow = () => ({ removed: null });
    await world.model.flows.remove(flow());
    expect(world.texts()).toEqual([]);
  });
});

it('a flow is attached and detached, and detaching is undone', async () => {
  const mail = connection({ id: 'c-2', name: 'Mail' });
  expect(await world.model.flows.attach(flow(), mail)).toBe(true);
  await world.model.flows.detach(flow(), mail);
  world.model.messages.list.value.at(-1)?.action?.run();
  await expect.poll(() => called('attachFlow').length).toBe(2);
  const link = { id: 'f-1', connectionId: 'c-2' };
  expect([...called('attachFlow'), ...called('detachFlow')]).toEqual([link, link, link]);
});
