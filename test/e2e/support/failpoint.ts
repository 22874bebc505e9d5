/** Ending the worker at a point of its own source, and the time that a test has no patience for. */
import type { Page } from 'playwright-core';
import type { PatchbayDb } from '../../../lib/store/database.ts';
import type { World } from './world.ts';

/**
 * Has the next worker stop for good at a point. The one that runs is ended: each reads at its start
 * where it shall stop.
 * @returns settles when the point has been reached
 */
export async function armed(world: World, name: string): Promise<{ reached: Promise<void> }> {
  await world.page.evaluate(async (name) => {
    const cache = await caches.open('failpoint');
    await cache.put('https://failpoint.invalid/', new Response(name));
    const channel = new BroadcastChannel('failpoint');
    const reached = new Promise<unknown>((resolve) => {
      channel.addEventListener('message', ({ data }) => resolve(data));
    });
    Object.assign(globalThis, { reached });
  }, name);
  await world.browser.stopWorker();
  const reached = world.page.evaluate(async () => {
    const late = new Promise((_, reject) => {
      // A sign-in on a busy machine lies between.
      setTimeout(() => reject(new Error('The point was never reached.')), 40_000);
    });
    await Promise.race([Reflect.get(globalThis, 'reached'), late]);
  });
  // Met where it is awaited.
  reached.catch(() => undefined);
  return { reached };
}

/** Ends the worker where it stands; the next one stops nowhere. */
export async function endWorker(world: World): Promise<void> {
  await world.page.evaluate(() => caches.delete('failpoint'));
  await world.browser.stopWorker();
}

/** Changes a field of a record as time would have. */
export async function set<N extends 'connections' | 'deletions'>(
  page: Page,
  store: N,
  id: string,
  change: Partial<PatchbayDb[N]['value']>,
): Promise<void> {
  await page.evaluate(
    ([store, id, change]) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('patchbay');
        opening.addEventListener('error', () => reject(opening.error));
        opening.addEventListener('success', () => {
          const writing = opening.result.transaction(store, 'readwrite');
          const reading = writing.objectStore(store).get(id);
          reading.addEventListener('success', () => {
            writing.objectStore(store).put(Object.assign(reading.result, change));
          });
          writing.addEventListener('complete', () => resolve());
          writing.addEventListener('error', () => reject(writing.error));
          opening.result.close();
        });
      }),
    [store, id, change as object] as const,
  );
}
