/**
 * What the extension keeps, read from one of its pages as its own pages read it.
 */
import type { Page } from 'playwright-core';
import * as v from 'valibot';
import { Provider, type ProviderInput } from '../../../lib/providers/schema.ts';
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

/** The same of attempts to sign in alone. */
export async function attemptSecrets(page: Page): Promise<string[]> {
  return (await sealedNames(page)).filter((name) => name.startsWith('authorization:'));
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

/**
 * Puts a definition behind the back of the background, which refuses one that would lead kept
 * credentials to further hosts. Stop the worker afterwards: it keeps definitions in memory.
 */
export async function plantDefinition(page: Page, definition: ProviderInput): Promise<void> {
  const provider = v.parse(Provider, definition);
  const put = { id: provider.id, definition: provider, importedAt: Date.now() };
  await write(page, [{ store: 'providers', put }]);
}

/** Takes the records of attempts away behind the back of the background; windows stay open. */
export function forgetAttempts(page: Page): Promise<void> {
  return write(page, [{ store: 'authorizations', clear: true }]);
}

/** Leaves nothing of connections that are deleted and could still be brought back. */
export function forgetGoing(page: Page): Promise<void> {
  return write(page, [
    { store: 'deletions', clear: true },
    { store: 'checks', clear: true },
    { store: 'secrets', delete: ['credential:', 'credential;'] },
    { store: 'kept', delete: ['notRevoked', 'notRevoked'] },
  ]);
}

/** Leaves no connection behind, as if there had never been one: thousands take long to be deleted. */
export function forgetConnections(page: Page): Promise<void> {
  return write(page, [
    { store: 'connections', clear: true },
    { store: 'kept', delete: ['totals', 'totals'] },
  ]);
}

/** One change to a store; `delete` takes away from one key to another. */
type Step = { readonly store: StoreName } & (
  | { readonly put: unknown }
  | { readonly clear: true }
  | { readonly delete: readonly [from: string, to: string] }
);

/** Changes stores in one transaction. */
function write(page: Page, steps: readonly Step[]): Promise<void> {
  return page.evaluate(
    (steps) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('patchbay');
        opening.addEventListener('error', () => reject(opening.error));
        opening.addEventListener('success', () => {
          const stores = steps.map(({ store }) => store);
          const writing = opening.result.transaction(stores, 'readwrite');
          for (const step of steps) {
            const store = writing.objectStore(step.store);
            if ('put' in step) store.put(step.put);
            else if ('clear' in step) store.clear();
            else store.delete(IDBKeyRange.bound(...step.delete));
          }
          writing.addEventListener('complete', () => resolve());
          writing.addEventListener('error', () => reject(writing.error));
          opening.result.close();
        });
      }),
    steps,
  );
}

/** Makes every connection overdue, as after a long sleep; no alarm is set for it. */
export async function makeOverdue(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('patchbay');
        opening.addEventListener('error', () => reject(opening.error));
        opening.addEventListener('success', () => {
          const writing = opening.result.transaction('connections', 'readwrite');
          const store = writing.objectStore('connections');
          store.getAll().addEventListener('success', (event) => {
            const all = (event.target as IDBRequest<{ nextCheckAt: number | null }[]>).result;
            for (const one of all) store.put({ ...one, nextCheckAt: 1 });
          });
          writing.addEventListener('complete', () => resolve());
          writing.addEventListener('error', () => reject(writing.error));
          opening.result.close();
        });
      }),
  );
}

/**
 * Keeps an object store from being written until it is let go: whoever wants to waits its turn.
 * @returns lets it go
 */
export async function holdStore(page: Page, store: StoreName): Promise<() => Promise<void>> {
  await page.evaluate(
    (store) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('patchbay');
        opening.addEventListener('error', () => reject(opening.error));
        opening.addEventListener('success', () => {
          const held = opening.result.transaction(store, 'readwrite').objectStore(store);
          Object.assign(globalThis, { isHeld: true });
          // A transaction lives as long as there is something left to ask.
          const stay = (): void => {
            if (Reflect.get(globalThis, 'isHeld') === true)
              held.get('').addEventListener('success', stay);
          };
          held.get('').addEventListener('success', () => {
            stay();
            resolve();
          });
          opening.result.close();
        });
      }),
    store,
  );
  return () => page.evaluate(() => void Object.assign(globalThis, { isHeld: false }));
}

/** What some browsers do to a database when the disk is full; no worker may hold it open. */
export async function deleteDatabase(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const deleting = indexedDB.deleteDatabase('patchbay');
        deleting.addEventListener('success', () => resolve());
        deleting.addEventListener('error', () => reject(deleting.error));
      }),
  );
}
