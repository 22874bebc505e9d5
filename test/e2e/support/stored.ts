/**
 * What the extension keeps, read from one of its pages as its own pages read it.
 */
import type { Page } from 'playwright-core';
import type { PatchbayDb, StoreName } from '../../../lib/store/database.ts';

/** Every record of one object store. */
export function storedRecords<N extends StoreName>(
  page: Page,
  store: N,
): Promise<PatchbayDb[N]['value'][]> {
  // The database's own schema says what stands in each store.
  return allOf(page, store, 'getAll') as Promise<PatchbayDb[N]['value'][]>;
}

/** The names under which secrets are sealed; what they hold stays where it is. */
export async function sealedNames(page: Page): Promise<string[]> {
  return (await allOf(page, 'secrets', 'getAllKeys')).map(String);
}

/** One of the small records by its name; `undefined` where there is none. */
export async function keptRecord(page: Page, name: string): Promise<unknown> {
  const names = await allOf(page, 'kept', 'getAllKeys');
  return (await allOf(page, 'kept', 'getAll'))[names.indexOf(name)];
}

function allOf(
  page: Page,
  store: StoreName,
  method: 'getAll' | 'getAllKeys',
): Promise<readonly unknown[]> {
  return page.evaluate(
    ([store, method]) =>
      new Promise<unknown[]>((resolve, reject) => {
        const opening = indexedDB.open('patchbay');
        opening.addEventListener('error', () => reject(opening.error));
        opening.addEventListener('success', () => {
          const reading = opening.result.transaction(store).objectStore(store)[method]();
          reading.addEventListener('error', () => reject(reading.error));
          reading.addEventListener('success', () => resolve(reading.result));
          opening.result.close();
        });
      }),
    [store, method] as const,
  );
}
