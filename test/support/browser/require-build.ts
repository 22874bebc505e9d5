import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where `npm run build:e2e` puts the extension that end-to-end tests load. */
export const E2E_BUILD = fileURLToPath(new URL('../../../.output/chrome-mv3-e2e', import.meta.url));

/**
 * Vitest's global set-up of the end-to-end tests.
 * @throws Error when the extension has not been built, before any test can fail for that reason
 */
export function setup(): void {
  if (existsSync(`${E2E_BUILD}/manifest.json`)) return;
  throw new Error('There is no end-to-end build of the extension. Run "npm run build:e2e" first.');
}
