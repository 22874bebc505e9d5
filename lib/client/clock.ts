import { signal, type ReadonlySignal } from '@preact/signals';
import type { PageDeps } from './page-deps.ts';

/** How often the distances of times are written anew. */
const TICK_MS = 30_000;

/** Epoch ms, moved along so that "4 minutes ago" stays true. */
export function createClock({
  now,
  after,
}: Pick<PageDeps, 'now' | 'after'>): ReadonlySignal<number> {
  const moment = signal(now());
  const tick = (): void => {
    moment.value = now();
    after(tick, TICK_MS);
  };
  after(tick, TICK_MS);
  return moment;
}
