import { describe, expect, it } from 'vitest';
import { createList } from '../../lib/client/options-list.ts';
import { createRecords } from '../../lib/client/options-records.ts';
import { PatchbayError } from '../../lib/domain/errors.ts';
import type { Change } from '../../lib/rpc/changes.ts';
import { commit, type ConnectionEdit } from '../../lib/store/commit.ts';
import { connection } from './connections.ts';
import { openWorld } from './options-world.ts';

describe('the records', () => {
  it('say why they could not be read, and recover', async () => {
    const { database } = openWorld();
    let isBlocked = true;
    const records = createRecords({
      database: () =>
        isBlocked ? Promise.reject(new PatchbayError('storage-blocked')) : database(),
      onChange: () => undefined,
    });
    await records.load();
    expect(records.trouble.value).toBe('storage-blocked');
    isBlocked = false;
    await records.load();
    expect([records.trouble.value, records.connections.value]).toEqual([null, []]);
  });

  it('follow the progress of a check and nothing else that passes by', () => {
    const { database } = openWorld();
    let tell = (_change: Change): void => undefined;
    const records = createRecords({
      database,
      onChange(listener) {
        tell = listener;
      },
    });
    tell({ kinds: ['checking'], checking: { done: 1, total: 4 } });
    tell({ kinds: [], checking: null });
    expect(records.checking.value).toEqual({ done: 1, total: 4 });
    tell({ kinds: ['checking'], checking: null });
    expect(records.checking.value).toBeNull();
  });

  it('read ten commits in a row at most twice', async () => {
    const world = openWorld();
    await world.model.load();
    await world.store({ connections: [connection()] });
    const lists = new Set<unknown>();
    const stop = world.model.records.connections.subscribe((list) => lists.add(list));
    lists.clear();
    for (let commits = 0; commits < 10; commits++) world.announce('connections');
    await world.model.records.load();
    stop();
    expect(lists.size).toBeLessThanOrEqual(2);
  });

  it('read what is named in a change, and keep the order of the store', async () => {
    const world = openWorld();
    const names = ['A', 'B', 'C', 'D'];
    await world.store({ connections: names.map((name) => connection({ id: name, name })) });
    let tell = (_change: Change): void => undefined;
    const records = createRecords({
      database: world.database,
      onChange(listener) {
        tell = listener;
      },
    });
    await records.load();
    const [first] = records.connections.value ?? [];
    await commit(await world.database(), {
      connections: new Map<string, ConnectionEdit>([
        ['B', () => connection({ id: 'B', name: 'Z' })],
        ['C', () => null],
        ['E', () => connection({ id: 'E', name: 'AB' })],
        // Nobody says that it has changed: what is not named is not read.
        ['D', () => connection({ id: 'D', name: 'Changed unheard' })],
      ]),
    });
    const changed = new Promise<void>((resolve) => {
      let isFirst = true;
      records.connections.subscribe(() => (isFirst ? (isFirst = false) : resolve()));
    });
    tell({ kinds: ['connections'], checking: null, ids: ['B', 'C', 'E'] });
    await changed;
    expect(records.connections.value?.map(({ name }) => name)).toEqual(['A', 'AB', 'D', 'Z']);
    expect(records.connections.value?.[0]).toBe(first);
    await records.load();
    expect(records.connections.value?.map(({ name }) => name)).toEqual([
      'A',
      'AB',
      'Changed unheard',
      'Z',
    ]);
  });

  it('show the beginning of the list before the rest is read', async () => {
    const world = openWorld();
    const all = Array.from({ length: 80 }, (_, at) => connection({ id: `c-${at}` }));
    await world.store({ connections: all });
    const { database } = world.model.records;
    const records = createRecords({ database, onChange: () => undefined });
    const list = createList(records, world.model.router, world.model.flows);
    await records.loadFirst();
    expect(records.connections.value).toBeNull();
    expect([list.isLoaded.value, list.rows.value.length, list.total.value]).toEqual([true, 60, 80]);
    world.visit('#/connections?q=reports');
    expect(list.isLoaded.value).toBe(false);
    await records.load();
    expect([list.isLoaded.value, list.total.value]).toEqual([true, 80]);
  });

  it('show no groups and no counted choices before all that is in them is read', async () => {
    const world = openWorld('#/connections?group=provider');
    const all = Array.from({ length: 80 }, (_, at) => connection({ id: `c-${at}` }));
    await world.store({ connections: all });
    const { database } = world.model.records;
    const records = createRecords({ database, onChange: () => undefined });
    const list = createList(records, world.model.router, world.model.flows);
    await records.loadFirst();
    expect([list.isLoaded.value, list.isCounted.value]).toEqual([false, false]);
    await records.load();
    await world.model.flows.load();
    expect([list.isLoaded.value, list.isCounted.value]).toEqual([true, true]);
    expect(list.items.value).toHaveLength(81);
  });
});
