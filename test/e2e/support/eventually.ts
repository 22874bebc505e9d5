import { vi } from 'vitest';
import { E2E_WAIT } from '../../support/e2e-wait.ts';

/**
 * Waits until assertions hold, for what the extension does in its own time.
 * @returns what the assertions return
 * @throws the last failure after `withinMs`
 */
export function eventually<T>(
  assertions: () => T | Promise<T>,
  withinMs: number = E2E_WAIT.timeout,
): Promise<Awaited<T>> {
  return vi.waitFor(assertions, { ...E2E_WAIT, timeout: withinMs }) as Promise<Awaited<T>>;
}
