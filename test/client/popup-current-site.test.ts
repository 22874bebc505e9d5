import { beforeEach, describe, expect, it } from 'vitest';
import { FIRST_ROWS, readPopup } from '../../lib/client/popup-records.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { connection, NOW } from './connections.ts';
import { changed, openPopupWorld, type PopupWorld } from './popup-world.ts';

const BROKEN = { kind: 'reconnect', reason: 'revoked', since: NOW, verifiedAt: null } as const;
let world: PopupWorld;

beforeEach(() => {
  world = openPopupWorld();
});

/** Connections by name, those that begin with `Here` at the current site. */
function named(count: number, name: string, more: Partial<Connection> = {}): Connection[] {
  const site = name.startsWith('Here') ? 'here.example' : 'there.example';
  const provider = { name: 'P', text: 'P', color: '#123456', sites: [site] };
  return Array.from({ length: count }, (_, at) =>
    connection({ id: `${name}-${at}`, name: `${name} ${at}`, provider, ...more }),
  );
}

/** Begins as the entry point does where the host is known in time. */
async function start(host: string | null): Promise<void> {
  await world.model.records.begin(world.database().then((db) => readPopup(db, host)));
  world.model.records.follow();
}

const names = () => world.model.rows.value.map(({ name }) => name);

/** Scrolls, so that all are read. */
async function readAll(): Promise<void> {
  world.model.records.wantAll();
  await world.until(() => world.model.records.isWhole.value);
}

describe('over a page of a provider', () => {
  it('its connections come first within each health, and after each change', async () => {
    const broken = named(1, 'Alpha', { health: BROKEN });
    await world.store({ connections: [...broken, ...named(2, 'Beta'), ...named(1, 'Here')] });
    await start('www.here.example');
    expect(names()).toEqual(['Alpha 0', 'Here 0', 'Beta 0', 'Beta 1']);
    await world.store({ connections: named(1, 'Here also', { health: BROKEN }) });
    world.announce(changed('connections'));
    await world.until(() => names().length === 5);
    expect(names()).toEqual(['Here also 0', 'Alpha 0', 'Here 0', 'Beta 0', 'Beta 1']);
  });

  it('those from far down a long list come first too, and nothing moves once all are read', async () => {
    const elsewhere = named(1, 'Here elsewhere', { environmentId: 'staging' });
    await world.store({
      connections: [...named(90, 'Beta'), ...named(3, 'Here'), ...elsewhere],
      settings: { environmentId: 'production' },
    });
    await start('here.example');
    const first = names();
    expect(first.slice(0, 4)).toEqual(['Here 0', 'Here 1', 'Here 2', 'Beta 0']);
    expect([first.length, world.model.length.value]).toEqual([FIRST_ROWS, 93]);
    await readAll();
    expect(names().slice(0, FIRST_ROWS)).toEqual(first);
    expect(names().length).toBe(93);
  });

  it.each([
    [null, ['Here last 0', 'Here last 1', 'Alpha 0', 'Here 0']],
    ['production', ['Here last 0', 'Here last 1', 'Alpha 0', 'Here 0']],
    ['staging', ['Here elsewhere 0', 'Here elsewhere 1']],
  ] as const)(
    'very many of them come first too, the most urgent at the top (environment: %s)',
    async (environmentId, expected) => {
      await world.store({
        connections: [
          ...named(50, 'Beta'),
          ...named(201, 'Here'),
          ...named(2, 'Here last', { health: BROKEN }),
          ...named(1, 'Alpha', { health: BROKEN }),
          ...named(300, 'Here elsewhere', { environmentId: 'staging' }),
        ],
        settings: { environmentId },
      });
      await start('here.example');
      const first = names();
      expect(first.slice(0, expected.length)).toEqual(expected);
      expect(first.length).toBe(FIRST_ROWS);
      expect(first.some((name) => name.startsWith('Beta'))).toBe(false);
      await readAll();
      expect(names().slice(0, FIRST_ROWS)).toEqual(first);
    },
  );
});

describe('a host that was not known when the list was first shown', () => {
  beforeEach(async () => {
    await world.store({ connections: [...named(FIRST_ROWS, 'Beta'), ...named(1, 'Here')] });
    await start(null);
  });

  it('changes the order as soon as it is, for good', async () => {
    expect(names()[0]).toBe('Beta 0');
    world.model.records.lookAt('here.example');
    await world.until(() => names()[0] === 'Here 0');
    await world.model.records.readAgain();
    expect(names()[0]).toBe('Here 0');
  });

  it('changes nothing for a person who has scrolled or searched', async () => {
    await readAll();
    world.model.records.lookAt('here.example');
    await world.model.records.readAgain();
    expect(names()[0]).toBe('Beta 0');
  });
});
