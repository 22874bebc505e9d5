import type { Change } from '../rpc/changes.ts';
import type { call } from '../rpc/client.ts';
import type { Database } from '../store/database.ts';

/** What the entry point of each page hands in. */
export interface PageDeps {
  /** Opens the database again where the browser closed it. */
  readonly database: () => Promise<Database>;
  readonly call: typeof call;
  readonly onChange: (listener: (change: Change) => void) => unknown;
  readonly now: () => number;
  readonly after: (run: () => void, ms: number) => void;
}
