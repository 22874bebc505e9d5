import { vi } from 'vitest';

const EVERY_MS = 40;

/**
 * Waits until assertions hold, for what the extension does in its own time.
 * @returns what the assertions return
 * @throws the last failure after `withinMs`
 */
export function eventually<T>(
  assertions: () => T | Promise<T>,
  withinMs = 15_000,
): Promise<Awaited<T>> {
  return vi.waitFor(assertions, { timeout: withinMs, interval: EVERY_MS }) as Promise<Awaited<T>>;
}
