import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { codeOf } from '../../lib/domain/errors.ts';
import { commit, type ConnectionEdit } from '../../lib/store/commit.ts';
import { openDatabase, type Database, type StoreName } from '../../lib/store/database.ts';
import { readTotals } from '../../lib/store/read.ts';
import { aConnection } from '../support/a-connection.ts';

let db: Database;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  db = await openDatabase();
  await commit(db, { connections: new Map([['c-1', () => aConnection({ id: 'c-1' })]]) });
});

afterEach(() => {
  vi.restoreAllMocks();
});

/** No room for whatever is written into one store: the browser ends the transaction by itself. */
function fill(store: StoreName): void {
  const { put } = IDBObjectStore.prototype;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
    this: IDBObjectStore,
    ...args: Parameters<IDBObjectStore['put']>
  ) {
    const request = put.apply(this, args);
    if (this.name === store) {
      const { transaction } = this;
      queueMicrotask(() => {
        // Several may be written into it.
        if (transaction.error !== null) return;
        transaction.abort();
        const error = new DOMException('No room', 'QuotaExceededError');
        Object.defineProperty(transaction, 'error', { value: error });
      });
    }
    return request;
  });
}

describe.each(['connections', 'checks', 'secrets', 'kept', 'authorizations'] as const)(
  'a disk that is full when %s are written',
  (store) => {
    it('refuses the commit as a whole and says why', async () => {
      fill(store);
      const renamed = { ...aConnection({ id: 'c-2', name: 'Second' }) };
      const writing = commit(db, {
        connections: new Map<string, ConnectionEdit>([
          ['c-1', (stored) => stored && { ...stored, name: 'Renamed' }],
          ['c-2', () => renamed],
        ]),
        putSecrets: [{ id: 'credential:c-2', iv: new Uint8Array(12), sealed: new ArrayBuffer(8) }],
        checks: [{ connectionId: 'c-1', at: 1 } as never],
        putAuthorization: { id: 'a-1', tags: [], purpose: { kind: 'connect' } } as never,
      });
      const thrown: unknown = await writing.catch((reason: unknown) => reason);
      expect(codeOf(thrown)).toBe('storage-full');
      vi.restoreAllMocks();
      const [first, ...others] = await db.getAll('connections');
      expect(first?.name).toBe(aConnection().name);
      expect(others).toEqual([]);
      expect(await db.count('secrets')).toBe(0);
      expect(await db.count('checks')).toBe(0);
      expect(await db.count('authorizations')).toBe(0);
      expect((await readTotals(db)).byEnvironment['production']?.active).toBe(1);
    });

    it('takes the same commit once there is room', async () => {
      fill(store);
      const write = () =>
        commit(db, {
          connections: new Map([['c-1', (stored) => stored && { ...stored, name: 'Renamed' }]]),
        });
      await write().catch(() => undefined);
      vi.restoreAllMocks();
      await write();
      expect((await db.get('connections', 'c-1'))?.name).toBe('Renamed');
    });
  },
);
