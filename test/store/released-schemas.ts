/**
 * The database as each released version made it, by hand, with a record of every kind that it knew.
 * Never changed once released: what a later version writes belongs into an entry of its own.
 */
import type { IDBPDatabase, IDBPTransaction } from 'idb';
import { toStored } from '../../lib/store/commit.ts';
import { aConnection } from '../support/a-connection.ts';

type AnyDb = IDBPDatabase;
type AnyUpgrade = IDBPTransaction<unknown, string[], 'versionchange'>;

export interface ReleasedSchema {
  /** From the version before. */
  readonly upgrade: (db: AnyDb, tx: AnyUpgrade) => void;
  /** What this version could keep beside what those before it could: by store, with its key where that is apart. */
  readonly records: readonly { store: string; record: unknown; key?: string }[];
}

const BARE = toStored(aConnection({ id: 'old', name: 'Old' }));
const WITH_SITES = toStored(
  aConnection({
    id: 'sites',
    name: 'With sites',
    provider: { ...aConnection().provider, sites: ['practice.example'] },
    health: { kind: 'reconnect', reason: 'revoked', since: 5, verifiedAt: 3 },
    nextCheckAt: null,
  }),
);

const CHECK = {
  connectionId: 'old',
  at: 1,
  tookMs: 3,
  trigger: 'sweep',
  asked: 'GET practice.example/me',
  status: 200,
  verdict: 'valid',
  reason: null,
  words: null,
  health: 'active',
};
const AUTHORIZATION = {
  id: 'a-1',
  purpose: { kind: 'connect' },
  providerId: 'practice-keys',
  providerName: 'Practice Keys',
  methodId: 'key',
  params: {},
  name: null,
  environmentId: 'production',
  tags: [],
  scopes: [],
  createdAt: 1,
  expiresAt: 2,
  windowId: null,
  proven: null,
  state: { kind: 'cancelled' },
};

export const RELEASED: readonly ReleasedSchema[] = [
  {
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
    records: [
      { store: 'connections', record: BARE },
      { store: 'connections', record: WITH_SITES },
      { store: 'checks', record: CHECK },
      { store: 'authorizations', record: AUTHORIZATION },
      { store: 'providers', record: { id: 'mine', definition: { id: 'mine' }, importedAt: 1 } },
      { store: 'clients', record: { id: 'mine', clientId: 'public' } },
      {
        store: 'secrets',
        record: { id: 'credential:old', iv: new Uint8Array(12), sealed: new ArrayBuffer(8) },
      },
      {
        store: 'kept',
        key: 'totals',
        record: { byEnvironment: { production: { active: 1, reconnect: 1 } } },
      },
      { store: 'kept', key: 'settings', record: { environmentId: null, periodMinutes: 5 } },
    ],
  },
  {
    upgrade(db) {
      const deletions = db.createObjectStore('deletions', { keyPath: 'id' });
      deletions.createIndex('byEnd', ['endsAt', 'batchId']);
    },
    records: [
      {
        store: 'deletions',
        record: {
          id: 'going',
          batchId: 'b-1',
          connection: aConnection({ id: 'going' }),
          revokes: false,
          deletedAt: 1,
          endsAt: 2,
        },
      },
      { store: 'kept', key: 'notRevoked', record: [{ id: 'x', name: 'X', reason: 'failed' }] },
    ],
  },
  {
    upgrade(_db, tx) {
      const sites = { multiEntry: true };
      tx.objectStore('connections').createIndex('bySite', 'provider.sites', sites);
    },
    records: [
      { store: 'kept', key: 'views', record: [{ id: 'v', name: 'V', search: 'q=x' }] },
      { store: 'kept', key: 'tags', record: [{ name: 'red', color: 'red' }] },
    ],
  },
  {
    upgrade(db) {
      const flows = db.createObjectStore('flows', { keyPath: 'id' });
      flows.createIndex('byConnection', 'connectionIds', { multiEntry: true });
    },
    records: [
      {
        store: 'flows',
        record: {
          id: 'f-1',
          name: 'Nightly',
          address: null,
          note: '',
          connectionIds: ['old'],
          createdAt: 1,
          revision: 1,
        },
      },
    ],
  },
  {
    upgrade(_db, tx) {
      tx.objectStore('connections').createIndex('byRenewal', 'refreshStartedAt');
    },
    records: [
      {
        store: 'connections',
        record: toStored(aConnection({ id: 'renewing', name: 'Renewing', refreshStartedAt: 5 })),
      },
    ],
  },
  {
    upgrade(db, tx) {
      const activity = db.createObjectStore('activity', { keyPath: 'id', autoIncrement: true });
      activity.createIndex('byConnection', 'connectionIds', { multiEntry: true });
      db.createObjectStore('strips', { keyPath: 'connectionId' });
      tx.objectStore('connections').createIndex('bySnoozeEnd', 'snoozedUntil');
    },
    records: [
      {
        store: 'activity',
        record: {
          id: 1,
          at: 1,
          happening: { kind: 'broke', reason: 'revoked' },
          connectionIds: ['old'],
          count: 1,
          name: 'Old',
          providerId: 'practice-keys',
          providerName: 'Practice Keys',
          environmentId: 'production',
        },
      },
      { store: 'strips', record: { connectionId: 'old', lastDay: 20_000, states: '1141' } },
      {
        store: 'connections',
        record: toStored(aConnection({ id: 'snoozed', name: 'Snoozed', snoozedUntil: 9 })),
      },
    ],
  },
  {
    upgrade(db) {
      db.createObjectStore('quarantine', { keyPath: 'id' });
    },
    records: [
      {
        store: 'quarantine',
        record: { id: 'flows:f-2', store: 'flows', key: 'f-2', record: { id: 'f-2' }, foundAt: 1 },
      },
    ],
  },
];
