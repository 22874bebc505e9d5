/**
 * Reads of records, for pages and background alike. Nothing here touches a secret.
 */
import type { Authorization } from '../domain/authorization.ts';
import type { CheckRecord } from '../domain/check-record.ts';
import { isCutShort, type Connection, type Totals } from '../domain/connection.ts';
import { BUILT_IN_ENVIRONMENTS, type Environment } from '../domain/environment.ts';
import { NOTHING_WRONG, type NetworkTruth } from '../domain/network.ts';
import type { SavedView } from '../domain/saved-view.ts';
import { DEFAULT_SETTINGS, type Settings } from '../domain/settings.ts';
import type { Tag } from '../domain/tag.ts';
import type { Belongings, OwnEnvironment } from '../domain/transfer/belongings.ts';
import { vaultLockOf, type VaultLock } from '../domain/vault-lock.ts';
import { NOTHING_MANAGED, viewOnlyOf, type ViewOnly } from '../domain/view-only.ts';
import type { Database, Kept, KeptName, Quarantined, StoredConnection } from './database.ts';
import { byList } from './list-order.ts';
import { isKeptReadable, isReadable, readable } from './readable.ts';

export const NO_TOTALS: Totals = { byEnvironment: {} };

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
    const connections =
      environmentId === null
        ? await tx.objectStore('connections').index('byList').getAll(null, limit)
        : await tx
            .objectStore('connections')
            .index('byEnvironment')
            .getAll(environmentRange(environmentId), limit);
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

/**
 * The connections of some sites in all environments, most urgent first.
 * @param limit how many may belong to one site
 * @returns `null` where there are more: they are in no order before all of them were read
 */
export async function readConnectionsAt(
  db: Database,
  sites: readonly string[],
  limit: number,
): Promise<readonly Connection[] | null> {
  const index = db.transaction('connections').objectStore('connections').index('bySite');
  const found = await Promise.all(sites.map((site) => index.getAll(site, limit + 1)));
  if (found.some(({ length }) => length > limit)) return null;
  const good = readable('connections', found.flat());
  const each = new Map(good.map((connection) => [connection.id, connection]));
  return [...each.values()].sort(byList);
}

/**
 * The most urgent connections of some sites, however many there are: by the keys of all, which are
 * read fast.
 * @param environmentId `null`: in any
 * @param limit how many at the most
 */
export async function readMostUrgentAt(
  db: Database,
  sites: readonly string[],
  environmentId: string | null,
  limit: number,
): Promise<readonly Connection[]> {
  const { store } = db.transaction('connections');
  const [inOrder, ...atSites] = await Promise.all([
    environmentId === null
      ? store.index('byList').getAllKeys()
      : store.index('byEnvironment').getAllKeys(environmentRange(environmentId)),
    ...sites.map((site) => store.index('bySite').getAllKeys(site)),
  ]);
  const here = new Set(atSites.flat());
  const first = inOrder.filter((id) => here.has(id)).slice(0, limit);
  const found = await Promise.all(first.map((id) => store.get(id)));
  return readable(
    'connections',
    found.flatMap((one) => one ?? []),
  );
}

/** How many records are taken over at a time: some milliseconds of work. */
const PAGE_SIZE = 500;

/**
 * Every connection of an environment (`null`: of all), most urgent first, as one moment had them.
 * Read by the page, so that nothing else waits long for its turn.
 */
export async function readConnections(
  db: Database,
  environmentId: string | null,
): Promise<StoredConnection[]> {
  const store = db.transaction('connections').store;
  const all: StoredConnection[] = [];
  let range = environmentId === null ? null : environmentRange(environmentId);
  for (;;) {
    const page: StoredConnection[] =
      environmentId === null
        ? await store.index('byList').getAll(range, PAGE_SIZE)
        : await store.index('byEnvironment').getAll(range, PAGE_SIZE);
    all.push(...page);
    const last = page.at(-1);
    if (page.length < PAGE_SIZE || last === undefined) return readable('connections', all);
    const after = [last.urgency, last.sortName, last.id];
    range =
      environmentId === null
        ? IDBKeyRange.lowerBound(after, true)
        : IDBKeyRange.bound([environmentId, ...after], [environmentId, []], true);
  }
}

/** Some connections by id, as one moment had them; `null` for those that are not there. */
export async function readSomeConnections(
  db: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, StoredConnection | null>> {
  const { store } = db.transaction('connections');
  return new Map(
    await Promise.all(
      ids.map(async (id) => {
        const found = await store.get(id);
        return [id, isReadable('connections', found) ? found : null] as const;
      }),
    ),
  );
}

/** The ids of {@link readConnections}, without the records. */
export function readConnectionIds(db: Database, environmentId: string | null): Promise<string[]> {
  return environmentId === null
    ? db.getAllKeysFromIndex('connections', 'byList')
    : db.getAllKeysFromIndex('connections', 'byEnvironment', environmentRange(environmentId));
}

export async function readConnection(db: Database, id: string): Promise<Connection | undefined> {
  const found = await db.get('connections', id);
  return isReadable('connections', found) ? found : undefined;
}

/** The ids of connections whose renewal was begun and of which nothing has been heard since. */
export async function readCutRenewals(db: Database): Promise<string[]> {
  const begun = await db.getAllFromIndex('connections', 'byRenewal');
  return readable('connections', begun)
    .filter(isCutShort)
    .map(({ id }) => id);
}

/** The kept checks of a connection, newest first. */
export async function readChecks(db: Database, connectionId: string): Promise<CheckRecord[]> {
  const oldestFirst = await db.getAll('checks', checksRange(connectionId));
  return readable('checks', oldestFirst).reverse();
}

/** Every attempt that has not been dismissed, newest first. */
export async function readAuthorizations(db: Database): Promise<Authorization[]> {
  return newestFirst(await db.getAll('authorizations'));
}

function newestFirst(found: Authorization[]): Authorization[] {
  return readable('authorizations', found).toSorted((a, b) => b.createdAt - a.createdAt);
}

export async function readAuthorization(
  db: Database,
  id: string,
): Promise<Authorization | undefined> {
  const found = await db.get('authorizations', id);
  return isReadable('authorizations', found) ? found : undefined;
}

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

async function environmentsIn(kept: KeptReader): Promise<readonly Environment[]> {
  return [...BUILT_IN_ENVIRONMENTS, ...((await kept('environments')) ?? [])];
}

/** Whether changes are locked, by what the background last wrote down. */
export function readViewOnly(db: Database): Promise<ViewOnly> {
  return viewOnlyIn(keptOf(db));
}

async function viewOnlyIn(kept: KeptReader): Promise<ViewOnly> {
  const [lock, managed] = await Promise.all([kept('viewOnly'), kept('managed')]);
  return viewOnlyOf(lock ?? null, managed ?? NOTHING_MANAGED);
}

/** What is known of the network beside the connections. */
export function readNetwork(db: Database): Promise<NetworkTruth> {
  return networkIn(keptOf(db));
}

async function networkIn(kept: KeptReader): Promise<NetworkTruth> {
  return (await kept('network')) ?? NOTHING_WRONG;
}

/** Whether the vault is locked, by what the background last wrote down. */
export function readVaultLock(db: Database): Promise<VaultLock> {
  return vaultLockIn(keptOf(db));
}

async function vaultLockIn(kept: KeptReader): Promise<VaultLock> {
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

function keptReader(get: (name: KeptName) => Promise<unknown>): KeptReader {
  return async (name) => {
    const found = await get(name);
    return isKeptReadable(name, found) ? found : undefined;
  };
}

/** All keys of one environment in the `byEnvironment` index (an array sorts after every number). */
export function environmentRange(environmentId: string): IDBKeyRange {
  return IDBKeyRange.bound([environmentId], [environmentId, []]);
}

/** All keys of one connection's checks. */
export function checksRange(connectionId: string): IDBKeyRange {
  return IDBKeyRange.bound([connectionId], [connectionId, []]);
}
