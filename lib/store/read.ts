/**
 * Reads of records, for pages and background alike. Nothing here touches a secret.
 */
import type { Authorization } from '../domain/authorization.ts';
import type { CheckRecord } from '../domain/check-record.ts';
import { isCutShort, type Connection, type Totals } from '../domain/connection.ts';
import { BUILT_IN_ENVIRONMENTS, type Environment } from '../domain/environment.ts';
import type { SavedView } from '../domain/saved-view.ts';
import { DEFAULT_SETTINGS, type Settings } from '../domain/settings.ts';
import type { Tag } from '../domain/tag.ts';
import type { Belongings, OwnEnvironment } from '../domain/transfer/belongings.ts';
import type { Database, Kept, KeptName, StoredConnection } from './database.ts';
import { byList } from './list-order.ts';
import { isKeptReadable, isReadable, readable } from './readable.ts';

export const NO_TOTALS: Totals = { byEnvironment: {} };

/** What a list shows first: one index read and two kept records, in one transaction. */
export interface FirstScreen {
  readonly settings: Settings;
  readonly totals: Totals;
  readonly connections: readonly Connection[];
}

/**
 * The most urgent connections of the chosen environment. Its cost does not grow with what is kept.
 * @param limit how many rows at the most
 */
export async function readFirstScreen(db: Database, limit: number): Promise<FirstScreen> {
  const tx = db.transaction(['kept', 'connections']);
  const kept = tx.objectStore('kept');
  const totals: Promise<unknown> = kept.get('totals');
  const found: unknown = await kept.get('settings');
  const settings = isKeptReadable('settings', found) ? found : undefined;
  const environmentId = settings?.environmentId ?? null;
  const connections =
    environmentId === null
      ? await tx.objectStore('connections').index('byList').getAll(null, limit)
      : await tx
          .objectStore('connections')
          .index('byEnvironment')
          .getAll(environmentRange(environmentId), limit);
  return {
    settings: { ...DEFAULT_SETTINGS, ...settings },
    totals: orNone(await totals),
    connections: readable('connections', connections),
  };
}

function orNone(totals: unknown): Totals {
  return isKeptReadable('totals', totals) ? totals : NO_TOTALS;
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
  const all = readable('authorizations', await db.getAll('authorizations'));
  return all.sort((a, b) => b.createdAt - a.createdAt);
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
export async function readEnvironments(db: Database): Promise<readonly Environment[]> {
  return [...BUILT_IN_ENVIRONMENTS, ...((await readKept(db, 'environments')) ?? [])];
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
export async function readKept<N extends KeptName>(
  db: Database,
  name: N,
): Promise<Kept[N] | undefined> {
  const found: unknown = await db.get('kept', name);
  return isKeptReadable(name, found) ? found : undefined;
}

/** All keys of one environment in the `byEnvironment` index (an array sorts after every number). */
export function environmentRange(environmentId: string): IDBKeyRange {
  return IDBKeyRange.bound([environmentId], [environmentId, []]);
}

/** All keys of one connection's checks. */
export function checksRange(connectionId: string): IDBKeyRange {
  return IDBKeyRange.bound([connectionId], [connectionId, []]);
}
