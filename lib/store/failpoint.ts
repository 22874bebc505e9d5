import type { WriteTransaction } from './database.ts';

/** Where a test writes down, before a worker starts, what shall happen where: `point`, or `point!2`. */
const ARMED = 'https://failpoint.invalid/';

let armed: readonly [name: string, failures?: string] | undefined;
let failed = 0;

/**
 * A point at which a test may end the worker: it goes no further, as if it had died there; or where
 * so many writes fail as they do on a full disk. Nothing of this is in a build that people get:
 * `wxt.config.ts` takes the calls out, so each stands on a line of its own as
 * `await failpoint('journey-point');`.
 * @param tx where the point lies inside a write: it is kept open, as it is when a worker dies
 */
export async function failpoint(name: string, tx?: WriteTransaction): Promise<void> {
  if (import.meta.env.MODE !== 'e2e') return;
  if (armed === undefined) {
    const [point = '', failures] = ((await (await caches.match(ARMED))?.text()) ?? '').split('!');
    armed = failures === undefined ? [point] : [point, failures];
  }
  const [point, failures] = armed;
  if (point !== name) return;
  new BroadcastChannel('failpoint').postMessage(name);
  if (failures !== undefined) {
    failed += 1;
    if (failed > Number(failures)) return;
    throw new DOMException('A test has filled the disk.', 'QuotaExceededError');
  }
  for (;;) await (tx?.objectStore('kept').get('totals') ?? new Promise(() => undefined));
}
