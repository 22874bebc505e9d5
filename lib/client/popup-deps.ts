import type { Marker } from '../domain/marker.ts';
import type { PopupPowers } from '../rpc/page-powers.ts';
import type { PageDeps } from './page-deps.ts';

/** What the popup's entry point hands in. */
export interface PopupDeps extends PageDeps {
  readonly powers: Omit<PopupPowers, 'message'>;
  /** What is written down beside the database. */
  readonly marker?: () => Promise<Marker>;
}
