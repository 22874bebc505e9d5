import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { CHECKS_KEPT, type CheckRecord } from '../../lib/domain/check-record.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { readChecks } from '../../lib/store/checks.ts';
import { commit } from '../../lib/store/commit.ts';
import { readConnections, readConnection } from '../../lib/store/connections.ts';
import { openDatabase, type Database, type SealedSecret } from '../../lib/store/database.ts';
import { readFirstScreen } from '../../lib/store/first-screen.ts';
import { aConnection } from '../support/a-connection.ts';

const RED = { kind: 'reconnect', reason: 'revoked', since: 5, verifiedAt: null } as const;
const SEALED: SealedSecret = {
  id: 'credential:c-1',
  iv: new Uint8Array(12),
  sealed: new ArrayBuffer(8),
};

let db: Database;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  db = await openDatabase();
});

const put = (...all: Connection[]) =>
  commit(db, { connections: new Map(all.map((one) => [one.id, () => one])) });

const check = (connectionId: string, at: number): CheckRecord => ({
  connectionId,
  at,
  asked: 'GET api.example.com/me',
  status: 200,
  tookMs: 1,
  verdict: 'valid',
  reason: null,
  words: null,
  health: 'active',
  trigger: 'sweep',
});

async function totals() {
  return (await readFirstScreen(db, 10)).totals.byEnvironment;
}

describe('a commit', () => {
  it('keeps totals in step with what is stored', async () => {
    await put(aConnection({ id: 'c-1' }), aConnection({ id: 'c-2' }));
    await put(aConnection({ id: 'c-2', health: RED }));
    expect(await totals()).toMatchObject({ production: { active: 1, reconnect: 1 } });
    await commit(db, { connections: new Map([['c-1', () => null]]) });
    expect(await totals()).toMatchObject({ production: { active: 0, reconnect: 1 } });
  });

  it('edits what is stored at that moment, not what a caller once read', async () => {
    await put(aConnection({ id: 'c-1', name: 'First' }));
    const add = (letter: string) =>
      commit(db, {
        connections: new Map([
          ['c-1', (stored) => stored && { ...stored, name: stored.name + letter }],
        ]),
      });
    await Promise.all([add('a'), add('b'), add('c')]);
    expect((await readConnection(db, 'c-1'))?.name).toBe('Firstabc');
  });

  it('changes everything or nothing [F4]', async () => {
    await put(aConnection({ id: 'c-1', name: 'Before' }));
    const before = await totals();
    const failing = commit(db, {
      connections: new Map([['c-1', () => aConnection({ id: 'c-1', name: 'After', health: RED })]]),
      putSecrets: [SEALED],
      checks: [check('c-1', 7)],
      also: async () => {
        throw new Error('on the way');
      },
    });
    await expect(failing).rejects.toThrow('on the way');
    expect((await readConnection(db, 'c-1'))?.name).toBe('Before');
    expect(await totals()).toEqual(before);
    expect(await db.count('secrets')).toBe(0);
    expect(await readChecks(db, 'c-1')).toEqual([]);
    expect(await db.get('kept', 'untold')).toBeUndefined();
  });

  it('changes nothing when an edit itself fails', async () => {
    await put(aConnection({ id: 'c-1' }));
    const failing = commit(db, {
      connections: new Map([
        ['c-1', () => null],
        [
          'c-2',
          () => {
            throw new Error('cannot');
          },
        ],
      ]),
    });
    await expect(failing).rejects.toThrow('cannot');
    expect(await readConnection(db, 'c-1')).toBeDefined();
  });

  it('remembers what has to be told, once each', async () => {
    await put(aConnection({ id: 'c-1' }), aConnection({ id: 'c-2' }));
    await put(aConnection({ id: 'c-1', health: RED }));
    await put(aConnection({ id: 'c-1', health: RED, name: 'Renamed' }));
    expect(await db.get('kept', 'untold')).toEqual(['c-1']);
  });

  it('leaves the history of a deletion that can be undone, and adds nothing to it', async () => {
    await put(aConnection({ id: 'c-1' }), aConnection({ id: 'c-2' }));
    await commit(db, { checks: [check('c-1', 1), check('c-2', 1)] });
    await commit(db, { connections: new Map([['c-1', () => null]]), checks: [check('c-1', 2)] });
    expect((await readChecks(db, 'c-1')).map(({ at }) => at)).toEqual([1]);
    expect(await readChecks(db, 'c-2')).toHaveLength(1);
  });

  it('bounds the history of a connection, the oldest going first', async () => {
    await put(aConnection({ id: 'c-1' }));
    for (let at = 1; at <= CHECKS_KEPT + 5; at += 1)
      await commit(db, { checks: [check('c-1', at)] });
    const kept = await readChecks(db, 'c-1');
    expect(kept).toHaveLength(CHECKS_KEPT);
    expect([kept[0]?.at, kept.at(-1)?.at]).toEqual([CHECKS_KEPT + 5, 6]);
  });

  it('says what became of each connection that changed, and of no other', async () => {
    await put(aConnection({ id: 'c-1' }), aConnection({ id: 'c-2' }));
    const changes = await commit(db, {
      connections: new Map([
        ['c-1', (stored) => stored],
        ['c-2', (stored) => stored && { ...stored, name: 'New' }],
      ]),
    });
    expect(changes.map(({ before, after }) => [before?.id, after?.name])).toEqual([['c-2', 'New']]);
  });
});

describe('the first screen', () => {
  it('is the most urgent of the chosen environment, and no longer than asked for', async () => {
    await put(
      aConnection({ id: 'c-1', name: 'B' }),
      aConnection({ id: 'c-2', name: 'A' }),
      aConnection({ id: 'c-3', name: 'Z', health: RED }),
      aConnection({ id: 'c-4', name: 'Y', health: RED, environmentId: 'staging' }),
    );
    const names = async () => (await readFirstScreen(db, 3)).connections.map(({ name }) => name);
    expect(await names()).toEqual(['Y', 'Z', 'A']);
    await db.put('kept', { environmentId: 'production' } as never, 'settings');
    expect(await names()).toEqual(['Z', 'A', 'B']);
  });
});

describe('all connections', () => {
  it.each([0, 1, 499, 500, 501, 1_250])('come whole and in order: %i', async (count) => {
    const all = Array.from({ length: count }, (_, at) =>
      aConnection({ id: `c-${at}`, name: `Name ${at % 7}`, ...(at % 3 === 0 && { health: RED }) }),
    );
    await put(...all);
    const read = await readConnections(db, null);
    expect(read).toEqual(await db.getAllFromIndex('connections', 'byList'));
    expect(read).toHaveLength(count);
    expect(await readConnections(db, all[0]?.environmentId ?? 'production')).toEqual(read);
    expect(await readConnections(db, 'elsewhere')).toEqual([]);
  });
});
