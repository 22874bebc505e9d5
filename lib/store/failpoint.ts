import type { WriteTransaction } from './database.ts';

/** Where a test writes down, before a worker starts, at which point it shall stop. */
const ARMED = 'https://failpoint.invalid/';

let armed: string | null | undefined;

/**
 * A point at which a test may end the worker: it goes no further, as if it had died there. Nothing of
 * this is in a build that people get: `wxt.config.ts` takes the calls out, so each stands on a line of
 * its own as `await failpoint('journey-point');`.
 * @param tx where the point lies inside a write: it is kept open, as it is when a worker dies
 */
export async function failpoint(name: string, tx?: WriteTransaction): Promise<void> {
  if (import.meta.env.MODE !== 'e2e') return;
  if (armed === undefined) armed = (await (await caches.match(ARMED))?.text()) ?? null;
  if (armed !== name) return;
  new BroadcastChannel('failpoint').postMessage(name);
  for (;;) await (tx?.objectStore('kept').get('totals') ?? new Promise(() => undefined));
}
