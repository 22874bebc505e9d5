import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { beforeEach, expect, it } from 'vitest';
import { toStored } from '../../lib/store/commit.ts';
import { DATABASE_NAME, openDatabase } from '../../lib/store/database.ts';
import { countFlowsOf, readFlows } from '../../lib/store/flows.ts';
import { readBatches } from '../../lib/store/deletions.ts';
import {
  readChecks,
  readConnections,
  readConnectionsAt,
  readTotals,
} from '../../lib/store/read.ts';
import { aConnection } from '../support/a-connection.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

/** The database as version 1 made it. */
function openVersion1() {
  return openDB(DATABASE_NAME, 1, {
    upgrade(db) {
      const connections = db.createObjectStore('connections', { keyPath: 'id' });
      connections.createIndex('byList', ['urgency', 'sortName', 'id']);
      connections.createIndex('byEnvironment', ['environmentId', 'urgency', 'sortName', 'id']);
      connections.createIndex('byDue', 'nextCheckAt');
      connections.createIndex('byIdentity', ['providerId', 'identity.id']);
      db.createObjectStore('checks', { keyPath: ['connectionId', 'at'] });
      db.createObjectStore('authorizations', { keyPath: 'id' });
      db.createObjectStore('providers', { keyPath: 'id' });
      db.createObjectStore('clients', { keyPath: 'id' });
      db.createObjectStore('kept');
      db.createObjectStore('secrets', { keyPath: 'id' });
    },
  });
}

it('a database of version 1 has everything in it after the upgrade', async () => {
  const connection = toStored(
    aConnection({ provider: { ...aConnection().provider, sites: ['practice.example'] } }),
  );
  const check = { connectionId: connection.id, at: 1, status: 200 };
  const sealed = { id: `credential:${connection.id}`, iv: new Uint8Array(12), sealed: 'bytes' };
  const totals = { byEnvironment: { production: { active: 1 } } };
  const old = await openVersion1();
  await old.put('connections', connection);
  await old.put('checks', check);
  await old.put('secrets', sealed);
  await old.put('kept', totals, 'totals');
  old.close();

  const db = await openDatabase();
  expect(await readConnections(db, 'production')).toEqual([connection]);
  expect(await readChecks(db, connection.id)).toEqual([check]);
  expect(await db.get('secrets', sealed.id)).toEqual(sealed);
  expect(await readTotals(db)).toEqual(totals);
  expect(await readBatches(db, 0)).toEqual([]);
  expect(await readConnectionsAt(db, ['practice.example'], 9)).toEqual([connection]);
  expect(await readFlows(db)).toEqual([]);
});

it('a database of version 3 keeps flows after the upgrade, and finds them by connection', async () => {
  (await openVersion1()).close();
  const old = await openDB(DATABASE_NAME, 3, {
    upgrade(db, _from, _to, tx) {
      const deletions = db.createObjectStore('deletions', { keyPath: 'id' });
      deletions.createIndex('byEnd', ['endsAt', 'batchId']);
      const sites = { multiEntry: true };
      tx.objectStore('connections').createIndex('bySite', 'provider.sites', sites);
    },
  });
  const connection = toStored(aConnection());
  await old.put('connections', connection);
  old.close();

  const db = await openDatabase();
  expect(await readConnections(db, 'production')).toEqual([connection]);
  const text = { name: 'Nightly', address: null, note: '', createdAt: 1, revision: 1 };
  const flow = { ...text, id: 'f-1', connectionIds: [connection.id, 'other'] };
  await db.put('flows', flow);
  expect(await readFlows(db)).toEqual([flow]);
  expect(await countFlowsOf(db, [connection.id, 'other'])).toBe(1);
  expect(await countFlowsOf(db, ['nobody'])).toBe(0);
});
