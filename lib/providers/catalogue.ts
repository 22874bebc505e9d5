import type { Provider } from './schema.ts';

/** The built-in providers. */
export const catalogue: readonly Provider[] = [];
