/** What a page shows first. */
import type { Authorization } from '../domain/authorization.ts';
import type { Connection, Totals } from '../domain/connection.ts';
import type { Environment } from '../domain/environment.ts';
import type { NetworkTruth } from '../domain/network.ts';
import { DEFAULT_SETTINGS, type Settings } from '../domain/settings.ts';
import type { VaultLock } from '../domain/vault-lock.ts';
import type { ViewOnly } from '../domain/view-only.ts';
import { newestFirst } from './authorizations.ts';
import { environmentRange } from './connections.ts';
import type { Database, Quarantined } from './database.ts';
import {
  environmentsIn,
  keptReader,
  networkIn,
  NO_TOTALS,
  vaultLockIn,
  viewOnlyIn,
} from './read.ts';
import { readable } from './readable.ts';

/** What a page shows first, as one moment had it. */
export interface FirstScreen {
  readonly settings: Settings;
  readonly totals: Totals;
  readonly connections: readonly Connection[];
  readonly environments: readonly Environment[];
  /** See {@link readAuthorizations}. */
  readonly authorizations: readonly Authorization[];
  /** Whether changes are locked, by what the background last wrote down. */
  readonly viewOnly: ViewOnly;
  readonly network: NetworkTruth;
  /** Whether the vault is locked, by what the background last wrote down. */
  readonly vaultLock: VaultLock;
  /** Whether anything was ever counted here: deleting the last connection leaves totals, a new database has none. */
  readonly hasTotals: boolean;
  /** What could not be read and was set aside. */
  readonly setAside: readonly Quarantined[];
}

/**
 * The most urgent connections of the chosen environment, and the small records beside them. One transaction:
 * each costs a page milliseconds before its first frame. What it costs does not grow with what is kept.
 * @param limit how many rows at the most
 */
export async function readFirstScreen(db: Database, limit: number): Promise<FirstScreen> {
  const tx = db.transaction(['kept', 'connections', 'authorizations', 'quarantine']);
  const kept = keptReader((name) => tx.objectStore('kept').get(name));
  const rows = async () => {
    const settings = { ...DEFAULT_SETTINGS, ...(await kept('settings')) };
    const { environmentId } = settings;
    const store = tx.objectStore('connections');
    const connections =
      environmentId === null
        ? await store.index('byList').getAll(null, limit)
        : await store.index('byEnvironment').getAll(environmentRange(environmentId), limit);
    return { settings, connections: readable('connections', connections) };
  };
  const [screen, totals, environments, viewOnly, network, vaultLock, authorizations, setAside] =
    await Promise.all([
      rows(),
      kept('totals'),
      environmentsIn(kept),
      viewOnlyIn(kept),
      networkIn(kept),
      vaultLockIn(kept),
      tx.objectStore('authorizations').getAll(),
      tx.objectStore('quarantine').getAll(),
    ]);
  return {
    ...screen,
    totals: totals ?? NO_TOTALS,
    environments,
    viewOnly,
    network,
    vaultLock,
    authorizations: newestFirst(authorizations),
    hasTotals: totals !== undefined,
    setAside,
  };
}
