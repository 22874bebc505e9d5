/**
 * Records that cannot be read, out of every list, index and check, and as they were. They go back by
 * themselves once a version can read them; nobody but the person destroys them.
 */
import { moveTotals, type Totals } from '../domain/connection.ts';
import type {
  Database,
  KeptName,
  PatchbayDb,
  Quarantined,
  QuarantinedStore,
  WriteTransaction,
} from './database.ts';
import { isKeptReadable, isReadable } from './readable.ts';

const STORES = ['connections', 'authorizations', 'deletions', 'flows', 'kept'] as const;

/** What has been set aside. */
export function readQuarantine(db: Database): Promise<Quarantined[]> {
  return db.getAll('quarantine');
}

/**
 * Whether something cannot be read, as far as that is found without reading everything: a record that
 * its index does not know, one of the few attempts or small records.
 */
export async function looksDamaged(db: Database): Promise<boolean> {
  const tx = db.transaction(['connections', 'authorizations', 'deletions', 'kept']);
  const connections = tx.objectStore('connections');
  const kept = tx.objectStore('kept');
  const [all, listed, attempts, going, names, values] = await Promise.all([
    connections.count(),
    connections.index('byList').count(),
    tx.objectStore('authorizations').getAll(),
    tx.objectStore('deletions').getAll(),
    kept.getAllKeys(),
    kept.getAll(),
  ]);
  return (
    all !== listed ||
    (all > 0 && !names.includes('totals')) ||
    !attempts.every((one) => isReadable('authorizations', one)) ||
    !going.every((one) => isReadable('deletions', one)) ||
    !names.every((name, at) => isKeptReadable(name, values[at]))
  );
}

/** Sets one record aside. It may stay where it is: whoever calls this takes it away or replaces it. */
export async function setAside(
  tx: WriteTransaction,
  store: QuarantinedStore,
  key: IDBValidKey,
  record: unknown,
  now = Date.now(),
): Promise<void> {
  const id = `${store}:${String(key)}`;
  await tx.objectStore('quarantine').put({ id, store, key, record, foundAt: now });
}

/** Sets aside everything that cannot be read. @returns how many */
export async function setAsideUnreadable(tx: WriteTransaction, now: number): Promise<number> {
  let found = 0;
  for (const name of STORES) {
    const store = tx.objectStore(name);
    const [keys, values] = await Promise.all([store.getAllKeys(), store.getAll()]);
    const bad = keys.flatMap((key, at) => (isGood(name, key, values[at]) ? [] : [at]));
    found += bad.length;
    await Promise.all(
      bad.flatMap((at) => {
        const key = keys[at] ?? '';
        return [setAside(tx, name, key, values[at], now), store.delete(key as KeptName)];
      }),
    );
  }
  await tx.objectStore('kept').put(await countTotals(tx), 'totals');
  return found;
}

/** What was set aside, can be read by now, and whose place nothing else has taken. */
export async function readableAgain(tx: WriteTransaction): Promise<readonly Quarantined[]> {
  const all = await tx.objectStore('quarantine').getAll();
  const good = all.filter(({ store, key, record }) =>
    // What its index needs is made anew.
    store === 'kept' ? isKeptReadable(key as KeptName, record) : isReadable(store, record),
  );
  const free = await Promise.all(
    good.map(
      async ({ store, key }) => (await tx.objectStore(store).getKey(key as KeptName)) === undefined,
    ),
  );
  return good.filter((_, at) => free[at]);
}

/** The totals of the connections that can be read, counted afresh. */
export async function countTotals(tx: WriteTransaction): Promise<Totals> {
  const all = await tx.objectStore('connections').getAll();
  const good = all.filter((one) => isReadable('connections', one));
  return moveTotals(
    { byEnvironment: {} },
    good.map((after) => ({ before: null, after })),
  );
}

function isGood(store: QuarantinedStore, key: IDBValidKey, record: unknown): boolean {
  if (store === 'kept') return isKeptReadable(key as KeptName, record);
  if (!isReadable(store, record)) return false;
  // Its list could not be made of it.
  return store !== 'connections' || isListed(record as PatchbayDb['connections']['value']);
}

function isListed({ urgency, sortName }: PatchbayDb['connections']['value']): boolean {
  return Number.isFinite(urgency) && typeof sortName === 'string';
}
