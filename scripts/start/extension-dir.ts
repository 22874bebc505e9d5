import { fileURLToPath } from 'node:url';

/** The build that may reach loopback without asking, because the practice services stand there. */
export const EXTENSION_DIR = fileURLToPath(
  new URL('../../.output/chrome-mv3-e2e', import.meta.url),
);
