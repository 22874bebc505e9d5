import type { World } from './world.ts';

/** Makes connections due, as time does. */
export async function makeDue(world: World, ids: readonly string[]): Promise<void> {
  await world.page.evaluate(
    (ids) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('patchbay');
        opening.addEventListener('error', () => reject(opening.error));
        opening.addEventListener('success', () => {
          const writing = opening.result.transaction('connections', 'readwrite');
          const connections = writing.objectStore('connections');
          for (const id of ids) {
            const reading = connections.get(id);
            reading.addEventListener('success', () =>
              connections.put({ ...(reading.result as object), nextCheckAt: 1 }),
            );
          }
          writing.addEventListener('complete', () => resolve());
          writing.addEventListener('error', () => reject(writing.error));
          opening.result.close();
        });
      }),
    ids,
  );
}

/** The alarm of the extension goes off, so many times in a row. */
export async function fireAlarm(world: World, times = 1): Promise<void> {
  const worker = await world.browser.worker();
  await worker.evaluate((times) => {
    const { chrome } = globalThis as unknown as {
      chrome: { alarms: { onAlarm: { dispatch(alarm: { name: string }): void } } };
    };
    for (let time = 0; time < times; time++) chrome.alarms.onAlarm.dispatch({ name: 'sweep' });
  }, times);
}
