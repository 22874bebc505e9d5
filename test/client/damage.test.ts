import { describe, expect, it } from 'vitest';
import { toStored } from '../../lib/store/commit.ts';
import { connection } from './connections.ts';
import { openWorld } from './options-world.ts';

describe('what cannot be read', () => {
  it('is reported to the background by whoever meets it, and shown once it is set aside', async () => {
    const world = openWorld();
    await world.store({ connections: [connection({ id: 'well' })] });
    const db = await world.database();
    const bad = { ...toStored(connection({ id: 'bad', name: 'Bad' })), health: { kind: 'odd' } };
    await db.put('connections', bad as never);
    world.calls.length = 0;
    await world.model.records.load();
    expect(world.calls.map(({ procedure }) => procedure)).toContain('setAsideUnreadable');
    expect(world.model.records.connections.value?.map(({ id }) => id)).toEqual(['well']);

    const entry = { id: 'connections:bad', store: 'connections', key: 'bad', foundAt: 1 } as const;
    await db.put('quarantine', { ...entry, record: bad });
    await world.model.damage.load();
    expect(world.model.damage.items()).toEqual([
      { id: 'connections:bad', name: 'Bad', store: 'connections', foundAt: 1 },
    ]);
  });

  it('is destroyed by id, and the dialog closes with the last', async () => {
    const world = openWorld();
    const db = await world.database();
    const entry = { id: 'flows:f', store: 'flows', key: 'f', foundAt: 1, record: 7 } as const;
    await db.put('quarantine', entry);
    const { damage } = world.model;
    await damage.load();
    damage.open();
    world.answers.destroySetAside = async () => {
      await db.clear('quarantine');
      return {};
    };
    await damage.destroy('flows:f');
    expect(world.calls.at(-1)).toEqual({
      procedure: 'destroySetAside',
      input: { ids: ['flows:f'] },
    });
    expect(damage.isOpen.value).toBe(false);
  });
});
