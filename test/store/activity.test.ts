import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  ACTIVITY_AGE_MAX_MS,
  ACTIVITY_MAX,
  ALL_ACTIVITY,
  type Activity,
} from '../../lib/domain/activity.ts';
import { forgetOldActivity, noteActivity, readActivity } from '../../lib/store/activity.ts';
import { commit } from '../../lib/store/commit.ts';
import { openDatabase, type Database } from '../../lib/store/database.ts';
import { readStrip } from '../../lib/store/strips.ts';
import { aConnection } from '../support/a-connection.ts';

let db: Database;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  db = await openDatabase();
});

function line(at: number, more: Partial<Activity> = {}): Activity {
  return {
    at,
    happening: { kind: 'paused' },
    connectionIds: ['a'],
    count: 1,
    name: 'Alice’s',
    providerId: 'p',
    providerName: 'P',
    environmentId: 'production',
    ...more,
  };
}

function note(lines: readonly Activity[]): Promise<unknown> {
  return commit(db, { also: (tx) => noteActivity(tx, lines) });
}

describe('activity', () => {
  it('is written with the change, or not at all', async () => {
    const edit = new Map([['connection', () => aConnection()]]);
    const failing = commit(db, {
      connections: edit,
      also: async () => {
        throw new Error('stop');
      },
    });
    await expect(failing).rejects.toThrow('stop');
    expect(await db.count('activity')).toBe(0);
    expect(await readStrip(db, 'connection')).toBeUndefined();
    await commit(db, { connections: edit });
    const { lines } = await readActivity(db, ALL_ACTIVITY, null, 10);
    expect(lines).toMatchObject([{ happening: { kind: 'connected' }, name: aConnection().name }]);
    expect(await readStrip(db, 'connection')).toMatchObject({ states: '1' });
  });

  it('is read from the newest back, a part at a time', async () => {
    await note(Array.from({ length: 605 }, (_, at) => line(at)));
    const read: number[] = [];
    let before: number | null = null;
    let parts = 0;
    do {
      const page = await readActivity(db, ALL_ACTIVITY, before, 100);
      read.push(...page.lines.map(({ at }) => at));
      before = page.before;
      parts += 1;
    } while (before !== null);
    expect(parts).toBe(7);
    expect(read).toEqual(Array.from({ length: 605 }, (_, at) => 604 - at));
  });

  it('is found by connection, topic, provider, environment and name', async () => {
    await note([
      line(1),
      line(2, { connectionIds: ['a', 'b'], happening: { kind: 'broke', reason: 'revoked' } }),
      line(3, { connectionIds: ['b'], providerId: 'q', environmentId: 'staging', name: 'Bob’s' }),
    ]);
    const find = async (filter: object) =>
      (await readActivity(db, { ...ALL_ACTIVITY, ...filter }, null, 10)).lines.map(({ at }) => at);
    expect(await find({ connectionId: 'b' })).toEqual([3, 2]);
    expect(await find({ connectionId: 'a', topic: 'changes' })).toEqual([1]);
    expect(await find({ topic: 'health' })).toEqual([2]);
    expect(await find({ providerId: 'q' })).toEqual([3]);
    expect(await find({ environmentId: 'production' })).toEqual([2, 1]);
    expect(await find({ text: ' BOB' })).toEqual([3]);
    expect(await find({ connectionId: 'nobody' })).toEqual([]);
  });

  it('is bound by number and by age', async () => {
    await note([line(0), line(1)]);
    await note(Array.from({ length: ACTIVITY_MAX }, (_, at) => line(at)));
    expect(await db.count('activity')).toBe(ACTIVITY_MAX);
    await db.clear('activity');
    await note([line(1), line(2)]);
    await note([line(2 + ACTIVITY_AGE_MAX_MS)]);
    expect((await db.getAll('activity')).map(({ at }) => at)).toEqual([2, 2 + ACTIVITY_AGE_MAX_MS]);
    await forgetOldActivity(db, 3 + ACTIVITY_AGE_MAX_MS);
    expect(await db.count('activity')).toBe(1);
  });
});
