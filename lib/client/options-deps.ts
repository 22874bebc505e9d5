import type { Marker } from '../domain/marker.ts';
import type { OptionsPowers } from '../rpc/page-powers.ts';
import type { MessagesModel } from './messages.ts';
import type { PageDeps } from './page-deps.ts';
import type { Passkeys } from './passkeys.ts';
import type { OptionsProviders } from './options-providers.ts';
import type { Records } from './options-records.ts';
import type { AddressBar } from './route.ts';

/** What the entry point of the options page hands in. */
export interface OptionsDeps extends PageDeps {
  readonly powers: Pick<OptionsPowers, 'requestOrigins' | 'copyText'>;
  /** What is written down beside the database. */
  readonly marker?: () => Promise<Marker>;
  /** The browser's passkeys; none unless given. */
  readonly passkeys?: Passkeys;
  readonly bar: AddressBar;
  /** How many rows the window has room for: so many are read first. */
  readonly firstRows?: number;
  /** Calls back once what has changed can be seen; at once unless given. */
  readonly afterPaint?: (run: () => void) => void;
}

/** What the models of the page share. */
export interface Shared extends Pick<OptionsDeps, 'call' | 'powers' | 'now'> {
  readonly records: Records;
  readonly providers: OptionsProviders;
  readonly messages: MessagesModel;
  /** Attempts whose end was said by the dialog that watched them. */
  readonly said: Set<string>;
}
