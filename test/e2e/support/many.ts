/** Thousands of connections: to carry each into the page takes long, to copy some of them there does not. */
import type { Page } from 'playwright-core';
import type { StoredConnection } from '../../../lib/store/database.ts';
import type { Totals } from '../../../lib/domain/connection.ts';
import { seed } from '../../bench/popup/seed.ts';

/** Fills the store with a thousand connections, and copies of them that differ in name and identity. */
export async function seedThousands(page: Page, thousands: number): Promise<void> {
  await seed(page, 1_000);
  await page.evaluate(copy, thousands);
}

/** Runs in the page. */
async function copy(thousands: number): Promise<void> {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('patchbay');
    opening.addEventListener('success', () => resolve(opening.result));
    opening.addEventListener('error', () => reject(opening.error ?? new Error('no database')));
  });
  await new Promise<void>((resolve, reject) => {
    const tx = db.transaction(['connections', 'kept'], 'readwrite');
    const store = tx.objectStore('connections');
    store.getAll().addEventListener('success', (event) => {
      const originals = (event.target as IDBRequest<StoredConnection[]>).result;
      for (let at = 1; at < thousands; at += 1)
        for (const one of originals) {
          const { identity } = one;
          store.put({
            ...one,
            id: one.id.replace(/^0+/, String(at).padStart(8, '0')),
            name: `${one.name} of ${at}`,
            sortName: `${one.sortName} of ${at}`,
            identity: identity === null ? null : { ...identity, id: `${identity.id}-${at}` },
          });
        }
    });
    const kept = tx.objectStore('kept');
    kept.get('totals').addEventListener('success', (event) => {
      const { byEnvironment } = (event.target as IDBRequest<Totals>).result;
      const grown = Object.entries(byEnvironment).map(([id, counts]) => [
        id,
        Object.fromEntries(
          Object.entries(counts).map(([kind, count]) => [kind, count * thousands]),
        ),
      ]);
      kept.put({ byEnvironment: Object.fromEntries(grown) }, 'totals');
    });
    tx.addEventListener('complete', () => resolve());
    tx.addEventListener('abort', () => reject(tx.error ?? new Error('not written')));
  });
  db.close();
}
