import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb';
import type { Activity } from '../domain/activity.ts';
import { codeOf, PatchbayError } from '../domain/errors.ts';
import type { Authorization } from '../domain/authorization.ts';
import type { HostTroubles } from '../domain/breaker.ts';
import type { CheckRecord } from '../domain/check-record.ts';
import type { Connection, Totals } from '../domain/connection.ts';
import type { DayStrip } from '../domain/day-strip.ts';
import type { Deletion, NotRevoked } from '../domain/deletion.ts';
import type { Environment } from '../domain/environment.ts';
import type { Flow } from '../domain/flow.ts';
import type { NetworkTruth } from '../domain/network.ts';
import type { Repair } from '../domain/repair.ts';
import type { SavedView } from '../domain/saved-view.ts';
import type { Settings } from '../domain/settings.ts';
import type { Tag } from '../domain/tag.ts';
import type { KeptVault } from '../domain/vault-lock.ts';
import type { KeptLock, ManagedValues } from '../domain/view-only.ts';

/** A connection as stored: with the fields that the lists' indexes are made of. */
export type StoredConnection = Connection & {
  readonly urgency: number;
  readonly sortName: string;
};

/** Sealed secrets: ciphertext under the vault's key, which stands in another database. */
export interface SealedSecret {
  readonly id: string;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly sealed: ArrayBuffer;
}

/** An imported provider definition, as its JSON text parsed once; parsed again on each read. */
export interface StoredProvider {
  readonly id: string;
  readonly definition: unknown;
  readonly importedAt: number;
}

/** Public half of the person's own OAuth client; its secret stands in the vault. */
export interface StoredClient {
  /** `providerId` and, where the provider has one, the site: a client belongs to one server alone. */
  readonly id: string;
  readonly clientId: string;
}

/** Small single records by name. */
export interface Kept {
  totals: Totals;
  settings: Settings;
  environments: readonly Environment[];
  views: readonly SavedView[];
  /** Tags that have a colour or were made without a connection. */
  tags: readonly Tag[];
  /** Changes that have been committed and not been told yet; survives the worker's death between. */
  untold: readonly string[];
  /** Which connections each shown notification speaks of. */
  notifications: Readonly<Record<string, readonly string[]>>;
  /** Connections whose end is to be told. */
  untoldEnds: readonly string[];
  /** Which connections each shown notification about an end speaks of. */
  endNotifications: Readonly<Record<string, readonly string[]>>;
  /** Grants that could not be ended, until the person has read of them. */
  notRevoked: readonly NotRevoked[];
  /** The queue "Reconnect all", as far as it has come. */
  repair: Repair;
  /** Providers that nobody is sent to for a while. */
  hostTroubles: HostTroubles;
  /** When the background was last seen awake, epoch ms: a clock that says less has been set back. */
  lastAwakeAt: number;
  /** What is known of the network beside the connections. */
  network: NetworkTruth;
  /** Only while a person has locked changes. */
  viewOnly: KeptLock;
  /** What the organisation had set when the background last looked, for pages to read. */
  managed: ManagedValues;
  /** Where the vault's key is, once it is not the first one any more. */
  vault: KeptVault;
}
export type KeptName = keyof Kept;

/** A record that could not be read, taken out of its store as it was. */
export interface Quarantined {
  /** The store and the key that it had there: see `quarantine.ts`. */
  readonly id: string;
  readonly store: QuarantinedStore;
  readonly key: IDBValidKey;
  /** Whatever it is. */
  readonly record: unknown;
  readonly foundAt: number;
}
export type QuarantinedStore = 'connections' | 'authorizations' | 'deletions' | 'flows' | 'kept';

export interface PatchbayDb extends DBSchema {
  connections: {
    key: string;
    value: StoredConnection;
    indexes: {
      byList: [number, string, string];
      byEnvironment: [string, number, string, string];
      byDue: number;
      byIdentity: [string, string];
      bySite: string;
      /** Those with a renewal that was begun and not finished; the others are in no entry. */
      byRenewal: number;
      bySnoozeEnd: number;
    };
  };
  checks: { key: [string, number]; value: CheckRecord };
  authorizations: { key: string; value: Authorization };
  providers: { key: string; value: StoredProvider };
  clients: { key: string; value: StoredClient };
  kept: { key: KeptName; value: Kept[KeptName] };
  secrets: { key: string; value: SealedSecret };
  deletions: { key: string; value: Deletion; indexes: { byEnd: [number, string] } };
  flows: { key: string; value: Flow; indexes: { byConnection: string } };
  activity: { key: number; value: Activity; indexes: { byConnection: string } };
  strips: { key: string; value: DayStrip };
  quarantine: { key: string; value: Quarantined };
}

export const DATABASE_NAME = 'patchbay';
export const DATABASE_VERSION = 7;

export type Database = IDBPDatabase<PatchbayDb>;
export type StoreName =
  | 'connections'
  | 'checks'
  | 'authorizations'
  | 'providers'
  | 'clients'
  | 'kept'
  | 'secrets'
  | 'deletions'
  | 'flows'
  | 'activity'
  | 'strips'
  | 'quarantine';
export type WriteTransaction = IDBPTransaction<PatchbayDb, StoreName[], 'readwrite'>;

type Upgrade = IDBPTransaction<PatchbayDb, StoreName[], 'versionchange'>;

/** Numbered migrations: entry n brings the database from version n to n + 1. Never changed once released. */
const MIGRATIONS: readonly ((db: Database, tx: Upgrade) => void)[] = [
  (db) => {
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
  (db) => {
    const deletions = db.createObjectStore('deletions', { keyPath: 'id' });
    deletions.createIndex('byEnd', ['endsAt', 'batchId']);
  },
  (_db, tx) => {
    const connections = tx.objectStore('connections');
    connections.createIndex('bySite', 'provider.sites', { multiEntry: true });
  },
  (db) => {
    const flows = db.createObjectStore('flows', { keyPath: 'id' });
    flows.createIndex('byConnection', 'connectionIds', { multiEntry: true });
  },
  (_db, tx) => {
    tx.objectStore('connections').createIndex('byRenewal', 'refreshStartedAt');
  },
  (db, tx) => {
    const activity = db.createObjectStore('activity', { keyPath: 'id', autoIncrement: true });
    activity.createIndex('byConnection', 'connectionIds', { multiEntry: true });
    db.createObjectStore('strips', { keyPath: 'connectionId' });
    // Of those alone that are snoozed.
    tx.objectStore('connections').createIndex('bySnoozeEnd', 'snoozedUntil');
  },
  (db) => {
    db.createObjectStore('quarantine', { keyPath: 'id' });
  },
];

/** Longer than an opening takes on a busy machine; whoever waits should know why by then. */
const PATIENCE_MS = 5_000;

/**
 * Opens the database, bringing it up to date. A page that stands in the way of a newer version
 * closes its side at once and reads again afterwards.
 * @param onTerminated called when the browser closes the database under us
 * @throws PatchbayError `storage-blocked` while another page holds an older version, or nothing answers;
 * `storage-newer` where a newer version of Patchbay wrote it; `storage-broken` where it cannot be opened
 */
export async function openDatabase(onTerminated?: () => void): Promise<Database> {
  let giveUp: (reason: PatchbayError) => void = () => undefined;
  const givenUp = new Promise<never>((_resolve, reject) => {
    giveUp = reject;
  });
  const tooLong = (): void => giveUp(new PatchbayError('storage-blocked'));
  const patience = setTimeout(tooLong, PATIENCE_MS);
  const opening = openNow(tooLong, onTerminated);
  try {
    return await Promise.race([opening, givenUp]);
  } catch (thrown) {
    // The next one to ask opens it anew, behind this one.
    void opening.then((late) => late.close()).catch(() => undefined);
    throw reasonOf(thrown);
  } finally {
    clearTimeout(patience);
  }
}

async function openNow(blocked: () => void, onTerminated?: () => void): Promise<Database> {
  return openDB<PatchbayDb>(DATABASE_NAME, DATABASE_VERSION, {
    upgrade(db, oldVersion, _newVersion, tx) {
      for (const migrate of MIGRATIONS.slice(oldVersion)) migrate(db, tx);
    },
    blocked,
    blocking(_current, _blocked, event) {
      (event.target as IDBDatabase).close();
      onTerminated?.();
    },
    terminated() {
      onTerminated?.();
    },
  });
}

function reasonOf(thrown: unknown): PatchbayError {
  const code = codeOf(thrown);
  const reason = code === 'internal' ? 'storage-broken' : code;
  return new PatchbayError(reason, null, { cause: thrown });
}
