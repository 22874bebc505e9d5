import type { Marker } from '../domain/marker.ts';
import type { Change } from '../rpc/changes.ts';
import type { call } from '../rpc/client.ts';
import type { PagePowers } from '../rpc/page-powers.ts';
import type { Database } from '../store/database.ts';

/** What the popup's entry point hands in. */
export interface PopupDeps {
  readonly database: () => Promise<Database>;
  readonly call: typeof call;
  readonly onChange: (listener: (change: Change) => void) => unknown;
  readonly powers: Pick<PagePowers, 'openOptions' | 'closeWindow' | 'copyText'>;
  /** What is written down beside the database. */
  readonly marker?: () => Promise<Marker>;
  readonly now: () => number;
  readonly after: (run: () => void, ms: number) => void;
}
