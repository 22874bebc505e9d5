import { DEFAULT_SETTINGS } from '../../lib/domain/settings.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import { connection } from './connections.ts';
import { openWorld, type World } from './options-world.ts';

let world: World;

async function open(hash = ''): Promise<World> {
  world = openWorld(hash);
  await world.model.load();
  await world.store({
    connections: [
      connection({ id: 'c-1', name: 'Zebra' }),
      connection({
        id: 'c-2',
        name: 'Ads',
        providerId: 'ads',
        provider: { name: 'Ads', text: 'A', color: '#000000' },
        environmentId: 'staging',
      }),
      connection({
        id: 'c-3',
        name: 'Wiki',
        health: { kind: 'reconnect', reason: 'revoked', since: 0, verifiedAt: null },
      }),
    ],
  });
  return world;
}

function names(): string[] {
  return world.model.list.rows.value.map(({ name }) => name);
}

beforeEach(async () => {
  await open();
});

describe('the list', () => {
  it('shows what is broken first', () => {
    expect(names()).toEqual(['Wiki', 'Ads', 'Zebra']);
  });

  it('counts providers and states of what is in the chosen environment', () => {
    const { list } = world.model;
    expect(list.facets.value.providers).toEqual([
      { id: 'ads', name: 'Ads', count: 1 },
      { id: 'example', name: 'Example', count: 2 },
    ]);
    expect(list.counts.value).toMatchObject({ reconnect: 1, active: 2 });
  });

  it('sorts up, then down, then as at first, and keeps that in the address', () => {
    const { list } = world.model;
    list.sortBy('name');
    expect([names(), world.hash.value]).toEqual([
      ['Ads', 'Wiki', 'Zebra'],
      '#/connections?sort=name',
    ]);
    list.sortBy('name');
    expect([names(), world.hash.value]).toEqual([
      ['Zebra', 'Wiki', 'Ads'],
      '#/connections?sort=name&order=desc',
    ]);
    list.sortBy('name');
    expect([names(), world.hash.value]).toEqual([['Wiki', 'Ads', 'Zebra'], '#/connections']);
  });

  it('sorts environments by the names that are shown, not by their ids', async () => {
    await (await world.database()).put('kept', [{ id: '0-id', name: 'Zoo' }], 'environments');
    await world.store({
      connections: [connection({ id: 'c-4', name: 'Far', environmentId: '0-id' })],
    });
    world.model.list.sortBy('environment');
    expect(names().at(-1)).toBe('Far');
  });

  it('narrows down by words, state and provider, and says that it did', () => {
    const { list } = world.model;
    list.search('wi');
    list.filter({ health: 'reconnect' });
    expect([names(), list.isFiltered.value]).toEqual([['Wiki'], true]);
    list.clearFilters();
    expect([names().length, list.isFiltered.value]).toEqual([3, false]);
  });

  it('shows the environment of its address, and no other than those that there are', async () => {
    await open('#/connections?environment=staging');
    expect([names(), world.model.list.idsToCheck()]).toEqual([['Ads'], ['c-2']]);
    await open('#/connections?environment=nowhere');
    expect([names().length, world.model.list.idsToCheck()]).toEqual([3, []]);
  });

  it('narrows down by tags and sync, and finds accounts by name and id', async () => {
    await world.store({
      connections: [
        connection({
          id: 'c-4',
          name: 'Tagged',
          tags: ['Red', 'blue'],
          sync: { kind: 'paused', since: 0 },
          accounts: {
            kind: 'ready',
            items: [{ id: 'act-77', label: 'Crème' }],
            isCut: false,
            readAt: 0,
          },
        }),
        connection({ id: 'c-5', name: 'Blue', tags: ['blue'] }),
      ],
    });
    const { list } = world.model;
    list.filter({ tags: ['red', 'blue'] });
    expect(names()).toEqual(['Blue', 'Tagged']);
    list.filter({ tagsMatch: 'all' });
    expect(names()).toEqual(['Tagged']);
    list.clearFilters();
    list.filter({ sync: 'paused' });
    expect([names(), world.hash.value]).toEqual([['Tagged'], '#/connections?sync=paused']);
    list.search('CREME act-77');
    expect(names()).toEqual(['Tagged']);
  });

  it('opens with the filters of its address', async () => {
    await open('#/connections?provider=ads');
    expect(names()).toEqual(['Ads']);
  });

  it('follows a commit without being asked', async () => {
    await world.store({ connections: [connection({ id: 'c-1', name: 'Zoo' })] });
    expect(names()).toContain('Zoo');
  });

  it('shows one environment when the setting says so', async () => {
    const db = await world.database();
    await db.put('kept', { ...DEFAULT_SETTINGS, environmentId: 'staging' }, 'settings');
    world.announce('settings');
    await world.model.records.load();
    expect(names()).toEqual(['Ads']);
  });

  it('reads the checks of the rows whose evidence is open, and forgets the others', async () => {
    const check = {
      connectionId: 'c-3',
      at: 5,
      tookMs: 1,
      trigger: 'sweep',
      asked: 'GET api.example.com/me',
      status: 401,
      verdict: 'rejected',
      reason: 'revoked',
      words: null,
      health: 'reconnect',
    } as const;
    await world.store({ checks: [check] });
    const { list } = world.model;
    list.toggle('c-3');
    await expect.poll(() => list.checks.value.get('c-3')).toEqual([check]);
    list.toggle('c-3');
    await expect.poll(() => list.checks.value.size).toBe(0);
  });
});
