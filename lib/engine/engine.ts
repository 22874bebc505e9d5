import type { TokenOutcome } from '../oauth/token.ts';
import type { Ports } from './ports.ts';
import type { Providers } from './providers.ts';

/** What every use case is handed: the powers, and what one worker keeps in memory. */
export interface Engine extends Ports {
  readonly providers: Providers;
  /** Attempts that this worker runs, by id: aborting one closes its window. */
  readonly attempts: Map<string, AbortController>;
  /** Renewed tokens that could not be saved yet, by connection: what the vault holds is spent. */
  readonly unsaved: Map<string, Extract<TokenOutcome, { kind: 'tokens' }>>;
}
