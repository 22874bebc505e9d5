import { beforeEach, describe, expect, it } from 'vitest';
import { FIRST_ROWS } from '../../lib/client/popup-records.ts';
import { PatchbayError } from '../../lib/domain/errors.ts';
import { authorization, connection, NOW } from './connections.ts';
import { changed, openPopupWorld, type PopupWorld } from './popup-world.ts';

let world: PopupWorld;

beforeEach(() => {
  world = openPopupWorld();
});

const BROKEN = { kind: 'reconnect', reason: 'revoked', since: NOW, verifiedAt: null } as const;

function many(count: number): ReturnType<typeof connection>[] {
  return Array.from({ length: count }, (_, at) =>
    connection({ id: `c-${at}`, name: `Reports ${at}` }),
  );
}

function names(): string[] {
  return world.model.rows.value.map(({ name }) => name);
}

describe('what the popup shows', () => {
  it('is nothing at all before it has been read', async () => {
    expect(world.model.records.isRead.value).toBe(false);
    await world.start();
    expect(world.model.records.isRead.value).toBe(true);
    expect([names(), world.model.total.value]).toEqual([[], 0]);
  });

  it('begins with what is broken', async () => {
    await world.store({
      connections: [
        connection({ id: 'c-1', name: 'Fine' }),
        connection({ id: 'c-2', name: 'Broken', health: BROKEN }),
      ],
    });
    await world.start();
    expect(names()).toEqual(['Broken', 'Fine']);
    expect(world.model.counts.value).toMatchObject({ reconnect: 1, active: 1 });
  });

  it('is of the chosen environment alone', async () => {
    await world.store({
      connections: [
        connection({ id: 'c-1', name: 'Here', environmentId: 'staging' }),
        connection({ id: 'c-2', name: 'There', health: BROKEN }),
      ],
      settings: { environmentId: 'staging' },
    });
    await world.start();
    expect(names()).toEqual(['Here']);
    expect(world.model.counts.value.reconnect).toBe(0);
  });

  it('is one screen of a long list, whose whole length is known', async () => {
    await world.store({ connections: many(FIRST_ROWS + 5) });
    await world.start();
    expect([names().length, world.model.length.value]).toEqual([FIRST_ROWS, FIRST_ROWS + 5]);
    expect(world.calls).toEqual([]);
  });

  it('is the whole list once somebody scrolls', async () => {
    await world.store({ connections: many(FIRST_ROWS + 5) });
    await world.start();
    world.model.records.wantAll();
    await world.until(() => world.model.records.isWhole.value);
    expect(names().length).toBe(FIRST_ROWS + 5);
  });

  it('is searched through to its end', async () => {
    await world.store({ connections: many(FIRST_ROWS + 5) });
    await world.start();
    world.model.search(`reports ${FIRST_ROWS + 4}`);
    await world.until(() => names().length === 1);
    expect([names(), world.model.length.value]).toEqual([[`Reports ${FIRST_ROWS + 4}`], 1]);
    world.model.search('');
    expect(world.model.length.value).toBe(FIRST_ROWS + 5);
  });

  it('follows what is committed', async () => {
    await world.start();
    await world.store({ connections: [connection({ name: 'New' })] });
    world.announce(changed('connections'));
    await world.until(() => names().length > 0);
    expect([names(), world.model.total.value]).toEqual([['New'], 1]);
  });

  it('stays whole when it follows', async () => {
    await world.store({ connections: many(FIRST_ROWS + 1) });
    await world.start();
    world.model.records.wantAll();
    await world.until(() => world.model.records.isWhole.value);
    await world.store({ connections: [connection({ id: 'c-0', name: 'Zebra' })] });
    world.announce(changed('connections'));
    await world.until(() => names().includes('Zebra'));
    expect(names().length).toBe(FIRST_ROWS + 1);
  });

  it('says how far a check of all has come', async () => {
    await world.start();
    world.announce({ kinds: ['checking'], checking: { done: 3, total: 16 } });
    expect(world.model.records.checking.value).toEqual({ done: 3, total: 16 });
    world.announce(changed('checking'));
    expect(world.model.records.checking.value).toBeNull();
  });
});

describe('attempts to sign in', () => {
  const purpose = { kind: 'reconnect', connectionId: 'c-1' } as const;

  it('that run stand in the row that they mend', async () => {
    const waiting = authorization({ purpose, state: { kind: 'waiting' } });
    await world.store({ connections: [connection()], authorization: waiting });
    await world.start();
    expect(world.model.running.value.get('c-1')?.id).toBe(waiting.id);
    expect(world.model.attempts.value).toEqual([]);
  });

  it('that ended badly stand over the list', async () => {
    const failed = authorization({ purpose, state: { kind: 'cancelled' } });
    await world.store({ connections: [connection()], authorization: failed });
    await world.start();
    expect(world.model.running.value.size).toBe(0);
    expect(world.model.attempts.value.map(({ id }) => id)).toEqual([failed.id]);
  });

  it('that ended well are not spoken of', async () => {
    await world.store({
      authorization: authorization({ state: { kind: 'done', connectionId: 'c' } }),
    });
    await world.start();
    expect(world.model.attempts.value).toEqual([]);
  });
});

it('says why nothing could be read, and shows all once it can be', async () => {
  const broken = Promise.reject(new PatchbayError('storage-blocked'));
  await world.model.records.begin(broken);
  expect(world.model.records.trouble.value).toBe('storage-blocked');
  await world.store({ connections: [connection({ name: 'There' })] });
  await world.model.records.readAgain();
  expect([world.model.records.trouble.value, names()]).toEqual([null, ['There']]);
});
