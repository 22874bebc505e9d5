import { describe, expect, it } from 'vitest';
import { createDamage, type Damage } from '../../lib/client/damage.ts';
import { readPopup } from '../../lib/client/popup-records.ts';
import { commit, toStored } from '../../lib/store/commit.ts';
import { connection } from './connections.ts';
import { openWorld } from './options-world.ts';
import { openPopupWorld, type PopupWorld } from './popup-world.ts';

describe('what the first frame of the popup knows', () => {
  const MARKER = { count: 3, at: 5 };
  const ENTRY = { id: 'flows:f', store: 'flows', key: 'f', foundAt: 1, record: 7 } as const;

  /** What is wrong, by the reads of the first frame alone; the store is not asked once more. */
  async function known(world: PopupWorld): Promise<Damage> {
    const first = await readPopup(await world.database());
    const damage = createDamage({
      database: () => Promise.reject(new Error('asked once more')),
      call: async () => Promise.reject(new Error('asked')),
      onChange: () => undefined,
      marker: async () => MARKER,
    });
    await damage.begin(first);
    expect(damage.isRead.value).toBe(true);
    return damage;
  }

  it('is that nothing is here where the last connection was deleted', async () => {
    const world = openPopupWorld();
    await world.store({ connections: [connection({ id: 'c' })] });
    await commit(await world.database(), { connections: new Map([['c', () => null]]) });
    expect((await known(world)).lost.value).toBeNull();
  });

  it('is that all is lost where a database is new and the marker is not', async () => {
    expect((await known(openPopupWorld())).lost.value).toEqual(MARKER);
  });

  it('is what was set aside', async () => {
    const world = openPopupWorld();
    await (await world.database()).put('quarantine', ENTRY);
    expect((await known(world)).setAside.value).toEqual([ENTRY]);
  });
});

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
