import type { Page } from 'playwright-core';
import type { Totals } from '../../../lib/domain/connection.ts';
import type { StoredConnection } from '../../../lib/store/database.ts';
import { ask } from '../sweep/in-page.ts';
import { makeRecords } from './records.ts';

/** What is carried into the page at a time. */
const CHUNK = 1_000;

/**
 * Fills the store of an extension.
 * @param page of the extension
 */
export async function seed(page: Page, count: number): Promise<void> {
  // The store is made by the extension itself: the answer says that it is there.
  await page.evaluate(ask, { procedure: 'listProviders', input: {} });
  const { connections, totals } = makeRecords(count, Date.now());
  for (let at = 0; at < count; at += CHUNK)
    await page.evaluate(put, { connections: connections.slice(at, at + CHUNK), totals });
}

/** Runs in the page. */
async function put(records: {
  readonly connections: readonly StoredConnection[];
  readonly totals: Totals;
}): Promise<void> {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('patchbay');
    opening.addEventListener('success', () => resolve(opening.result));
    opening.addEventListener('error', () => reject(opening.error ?? new Error('no database')));
  });
  await new Promise<void>((resolve, reject) => {
    const tx = db.transaction(['connections', 'kept'], 'readwrite');
    for (const connection of records.connections) tx.objectStore('connections').put(connection);
    tx.objectStore('kept').put(records.totals, 'totals');
    tx.addEventListener('complete', () => resolve());
    tx.addEventListener('abort', () => reject(tx.error ?? new Error('not written')));
  });
  db.close();
}
