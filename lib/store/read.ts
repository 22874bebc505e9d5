/**
 * Reads of the small single records, for pages and background alike. Nothing here touches a secret.
 */
import type { Totals } from '../domain/connection.ts';
import { BUILT_IN_ENVIRONMENTS, type Environment } from '../domain/environment.ts';
import { NOTHING_WRONG, type NetworkTruth } from '../domain/network.ts';
import type { SavedView } from '../domain/saved-view.ts';
import { DEFAULT_SETTINGS, type Settings } from '../domain/settings.ts';
import type { Tag } from '../domain/tag.ts';
import type { Belongings, OwnEnvironment } from '../domain/transfer/belongings.ts';
import { vaultLockOf, type VaultLock } from '../domain/vault-lock.ts';
import { NOTHING_MANAGED, viewOnlyOf, type ViewOnly } from '../domain/view-only.ts';
import type { Database, Kept, KeptName } from './database.ts';
import { isKeptReadable } from './readable.ts';

export const NO_TOTALS: Totals = { byEnvironment: {} };

export async function readSettings(db: Database): Promise<Settings> {
  return { ...DEFAULT_SETTINGS, ...(await readKept(db, 'settings')) };
}

export async function readTotals(db: Database): Promise<Totals> {
  return (await readKept(db, 'totals')) ?? NO_TOTALS;
}

/** The three built-in environments and the person's own. */
export function readEnvironments(db: Database): Promise<readonly Environment[]> {
  return environmentsIn(keptOf(db));
}

export async function environmentsIn(kept: KeptReader): Promise<readonly Environment[]> {
  return [...BUILT_IN_ENVIRONMENTS, ...((await kept('environments')) ?? [])];
}

/** Whether changes are locked, by what the background last wrote down. */
export function readViewOnly(db: Database): Promise<ViewOnly> {
  return viewOnlyIn(keptOf(db));
}

export async function viewOnlyIn(kept: KeptReader): Promise<ViewOnly> {
  const [lock, managed] = await Promise.all([kept('viewOnly'), kept('managed')]);
  return viewOnlyOf(lock ?? null, managed ?? NOTHING_MANAGED);
}

/** What is known of the network beside the connections. */
export function readNetwork(db: Database): Promise<NetworkTruth> {
  return networkIn(keptOf(db));
}

export async function networkIn(kept: KeptReader): Promise<NetworkTruth> {
  return (await kept('network')) ?? NOTHING_WRONG;
}

/** Whether the vault is locked, by what the background last wrote down. */
export function readVaultLock(db: Database): Promise<VaultLock> {
  return vaultLockIn(keptOf(db));
}

export async function vaultLockIn(kept: KeptReader): Promise<VaultLock> {
  return vaultLockOf(await kept('vault'));
}

/** The searches that the person kept, by name. */
export async function readViews(db: Database): Promise<readonly SavedView[]> {
  return (await readKept(db, 'views')) ?? [];
}

/** What is kept of tags beside the connections that carry them. */
export async function readTags(db: Database): Promise<readonly Tag[]> {
  return (await readKept(db, 'tags')) ?? [];
}

/** What travels with connections in a file. */
export async function readBelongings(db: Database): Promise<Belongings> {
  const [own, tags, views] = await Promise.all([
    readKept(db, 'environments'),
    readTags(db),
    readViews(db),
  ]);
  return { environments: named(own), tags, views };
}

/** The person's own environments, of which each has a name. */
export function named(own: readonly Environment[] = []): OwnEnvironment[] {
  return own.map(({ id, name }) => ({ id, name: name ?? id }));
}

/** One of the small records by its name. */
export function readKept<N extends KeptName>(db: Database, name: N): Promise<Kept[N] | undefined> {
  return keptOf(db)(name);
}

/** Small records, each in a transaction of its own or all in one. */
type KeptReader = <N extends KeptName>(name: N) => Promise<Kept[N] | undefined>;

function keptOf(db: Database): KeptReader {
  return keptReader((name) => db.get('kept', name));
}

export function keptReader(get: (name: KeptName) => Promise<unknown>): KeptReader {
  return async (name) => {
    const found = await get(name);
    return isKeptReadable(name, found) ? found : undefined;
  };
}
