import type { Marker } from '../domain/marker.ts';
import type { PagePowers } from '../rpc/page-powers.ts';
import type { PageDeps } from './page-deps.ts';

/** What the popup's entry point hands in. */
export interface PopupDeps extends PageDeps {
  readonly powers: Pick<PagePowers, 'openOptions' | 'closeWindow' | 'copyText'>;
  /** What is written down beside the database. */
  readonly marker?: () => Promise<Marker>;
}
