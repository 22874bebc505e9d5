import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { beforeEach, describe, expect, it } from 'vitest';
import { readAuthorizations } from '../../lib/store/authorizations.ts';
import { readChecks } from '../../lib/store/checks.ts';
import { readConnections, readConnectionsAt } from '../../lib/store/connections.ts';
import { DATABASE_NAME, DATABASE_VERSION, openDatabase } from '../../lib/store/database.ts';
import { readBatches } from '../../lib/store/deletions.ts';
import { countFlowsOf, readFlows } from '../../lib/store/flows.ts';
import { databaseOnDemand } from '../../lib/store/on-demand.ts';
import { looksDamaged } from '../../lib/store/quarantine.ts';
import { readSettings } from '../../lib/store/read.ts';
import { RELEASED } from './released-schemas.ts';

const VERSIONS = RELEASED.map((_, at) => at + 1);

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

/** The database as a released version left it, with all that it could keep. */
async function leaveBehind(version: number): Promise<void> {
  const steps = RELEASED.slice(0, version);
  const old = await openDB(DATABASE_NAME, version, {
    upgrade(db, _from, _to, tx) {
      for (const { upgrade } of steps) upgrade(db, tx);
    },
  });
  for (const { store, record, key } of steps.flatMap(({ records }) => records))
    await old.put(store, record, key);
  old.close();
}

/** What stores and indexes a database has. */
async function shapeOf(name: string): Promise<unknown> {
  const db = await openDB(name);
  const tx = db.transaction([...db.objectStoreNames]);
  const shape = [...db.objectStoreNames].map((store) => {
    const { keyPath, indexNames } = tx.objectStore(store);
    return { store, keyPath, indexes: [...indexNames] };
  });
  db.close();
  return shape;
}

it('every released version has a database to try', () => {
  expect(VERSIONS.at(-1)).toBe(DATABASE_VERSION);
});

describe.each(VERSIONS)('a database of version %i', (version) => {
  it('comes up to date with every record in it as it was', async () => {
    await leaveBehind(version);
    const db = await openDatabase();
    expect(db.version).toBe(DATABASE_VERSION);
    for (const { store, record } of RELEASED.slice(0, version).flatMap((one) => one.records))
      expect(await db.getAll(store as 'kept')).toContainEqual(record);
    expect(await looksDamaged(db)).toBe(false);
    db.close();
  });

  it('has the same stores and indexes as a new one', async () => {
    await leaveBehind(version);
    (await openDatabase()).close();
    const old = await shapeOf(DATABASE_NAME);
    globalThis.indexedDB = new IDBFactory();
    (await openDatabase()).close();
    expect(old).toEqual(await shapeOf(DATABASE_NAME));
  });

  it('is read by every reader', async () => {
    await leaveBehind(version);
    const db = await openDatabase();
    const names = (await readConnections(db, 'production')).map(({ name }) => name);
    expect(names).toEqual([
      'With sites',
      'Old',
      ...(version >= 5 ? ['Renewing'] : []),
      ...(version >= 6 ? ['Snoozed'] : []),
    ]);
    expect((await readConnectionsAt(db, ['practice.example'], 9))?.length).toBe(1);
    expect(await readChecks(db, 'old')).toHaveLength(1);
    expect(await readAuthorizations(db)).toHaveLength(1);
    expect((await readSettings(db)).periodMinutes).toBe(5);
    expect(await readBatches(db, 0)).toHaveLength(version >= 2 ? 1 : 0);
    expect(await readFlows(db)).toHaveLength(version >= 4 ? 1 : 0);
    expect(await countFlowsOf(db, ['old'])).toBe(version >= 4 ? 1 : 0);
    db.close();
  });
});

describe('a database that cannot be opened', () => {
  it('says that a newer version wrote it, and is left as it is', async () => {
    const newer = await openDB(DATABASE_NAME, DATABASE_VERSION + 1, {
      upgrade: (db) => void db.createObjectStore('of-the-future'),
    });
    newer.close();
    await expect(openDatabase()).rejects.toMatchObject({ code: 'storage-newer' });
    const still = await openDB(DATABASE_NAME);
    expect([...still.objectStoreNames]).toEqual(['of-the-future']);
    still.close();
  });

  it('says that another page is in the way, and opens once that is gone', async () => {
    await leaveBehind(1);
    const inTheWay = await openDB(DATABASE_NAME, 1);
    const database = databaseOnDemand();
    await expect(database()).rejects.toMatchObject({ code: 'storage-blocked' });
    const again = database();
    inTheWay.close();
    expect(await readConnections(await again, null)).toHaveLength(2);
  });

  it('says that the browser cannot open it', async () => {
    const failing = new IDBFactory();
    failing.open = () => {
      throw new DOMException('Internal error opening backing store', 'UnknownError');
    };
    globalThis.indexedDB = failing;
    await expect(openDatabase()).rejects.toMatchObject({ code: 'storage-broken' });
  });

  it('says that the disk is full', async () => {
    const failing = new IDBFactory();
    failing.open = () => {
      throw new DOMException('No room', 'QuotaExceededError');
    };
    globalThis.indexedDB = failing;
    await expect(openDatabase()).rejects.toMatchObject({ code: 'storage-full' });
  });
});
