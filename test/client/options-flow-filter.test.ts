/** The list narrowed down to the connections of one flow. */
import { beforeEach, describe, expect, it } from 'vitest';
import { filtersOn } from '../../lib/client/options-filters-on.ts';
import type { Flow } from '../../lib/domain/flow.ts';
import { connection, NOW } from './connections.ts';
import { openWorld, type World } from './options-world.ts';

let world: World;

function flow(changes: Partial<Flow>): Flow {
  const text = { name: 'Nightly', address: null, note: '' };
  return { id: 'f-1', ...text, connectionIds: ['c-1'], createdAt: NOW, revision: 1, ...changes };
}

async function open(hash: string, ...flows: Flow[]): Promise<void> {
  world = openWorld(hash);
  for (const one of flows) await (await world.database()).put('flows', one);
  await world.store({
    connections: [
      connection({ id: 'c-1', name: 'Ads' }),
      connection({ id: 'c-2', name: 'Mail', sync: { kind: 'paused', since: 0 } }),
      connection({ id: 'c-3', name: 'Wiki' }),
    ],
  });
}

function names(): string[] {
  return world.model.list.rows.value.map(({ name }) => name);
}

beforeEach(async () => {
  await open(
    '',
    flow({ connectionIds: ['c-1', 'c-2'] }),
    flow({ id: 'f-2', name: 'Backup', connectionIds: ['c-2'] }),
  );
  await world.model.load();
});

describe('the filter by flow', () => {
  it('shows what the flow uses, keeps that in the address, and clears it with the others', () => {
    const { list } = world.model;
    list.filter({ flowId: 'f-1' });
    expect([names(), world.hash.value]).toEqual([['Ads', 'Mail'], '#/connections?flow=f-1']);
    expect(list.isFiltered.value).toBe(true);
    list.clearFilters();
    expect([names().length, world.hash.value]).toEqual([3, '#/connections']);
  });

  it('counts as the other filters leave it', async () => {
    const { list } = world.model;
    const counts = () => list.facets.value.flows.map(({ name, count }) => [name, count]);
    expect([counts(), list.facets.value.ofAllFlows]).toEqual([
      [
        ['Backup', 1],
        ['Nightly', 2],
      ],
      3,
    ]);
    list.filter({ sync: 'on' });
    expect([counts(), list.facets.value.ofAllFlows]).toEqual([
      [
        ['Backup', 0],
        ['Nightly', 1],
      ],
      2,
    ]);
    list.clearFilters();
    await (await world.database()).put('flows', flow({ connectionIds: [] }));
    world.announce('flows');
    await expect.poll(counts).toEqual([['Backup', 1]]);
  });

  it('follows what is written down about the flow', async () => {
    world.model.list.filter({ flowId: 'f-1' });
    await (await world.database()).put('flows', flow({ connectionIds: ['c-3'] }));
    world.announce('flows');
    await expect.poll(names).toEqual(['Wiki']);
  });

  it('finds nothing for a flow that is gone, and says that it is', async () => {
    world.model.list.filter({ flowId: 'gone' });
    expect(names()).toEqual([]);
    expect(filtersOn(world.model)).toEqual([
      { label: 'Flow', value: 'One that is not here any more' },
    ]);
    world.model.list.filter({ flowId: 'f-2', text: 'nowhere' });
    expect(filtersOn(world.model)).toContainEqual({ label: 'Flow', value: 'Backup' });
  });

  it('does not call the list empty before the flows were read', async () => {
    await open('#/connections?flow=f-1', flow({}));
    const { flows, list, records } = world.model;
    await records.load();
    expect(list.isLoaded.value).toBe(false);
    await flows.load();
    expect([list.isLoaded.value, names()]).toEqual([true, ['Ads']]);
  });

  it('is kept with a view', async () => {
    world.model.list.filter({ flowId: 'f-1' });
    const { views } = world.model;
    expect(views.addressOf({ id: 'v', name: 'V', search: 'flow=f-1&status=active' })).toBe(
      '#/connections?status=active&flow=f-1',
    );
    expect(views.addressOf({ id: 'v', name: 'V', search: 'status=attention' })).toBe(
      '#/connections?status=attention',
    );
  });
});
