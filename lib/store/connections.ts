/** Reads of connections, for pages and background alike. Nothing here touches a secret. */
import { isCutShort, type Connection } from '../domain/connection.ts';
import type { Database, StoredConnection } from './database.ts';
import { byList } from './list-order.ts';
import { isReadable, readable } from './readable.ts';

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

/** All keys of one environment in the `byEnvironment` index (an array sorts after every number). */
export function environmentRange(environmentId: string): IDBKeyRange {
  return IDBKeyRange.bound([environmentId], [environmentId, []]);
}
