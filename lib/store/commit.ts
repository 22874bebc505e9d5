/**
 * Writes. One transaction each: a connection, its secrets, its evidence, the totals and the list of
 * what has to be told change together or not at all.
 */
import {
  moveTotals,
  sortName,
  type Connection,
  type ConnectionChange,
} from '../domain/connection.ts';
import { CHECKS_KEPT, type CheckRecord } from '../domain/check-record.ts';
import { urgency } from '../domain/health.ts';
import { isWorthTelling } from '../domain/notice.ts';
import { endedByMending } from '../domain/snooze.ts';
import { activityOf, type Circumstance } from '../domain/activity.ts';
import type { Authorization } from '../domain/authorization.ts';
import { checksRange } from './checks.ts';
import type {
  Database,
  SealedSecret,
  StoreName,
  StoredConnection,
  WriteTransaction,
} from './database.ts';
import { failpoint } from './failpoint.ts';
import { noteActivity } from './activity.ts';
import { editKept } from './kept.ts';
import { countTotals, setAside } from './quarantine.ts';
import { isReadable } from './readable.ts';
import { keepRepair } from './repair.ts';
import { markDays } from './strips.ts';

/** A change of one connection, computed from what is stored at the moment of writing. */
export type ConnectionEdit = (stored: Connection | null) => Connection | null;

/** By id. */
export type ConnectionEdits = ReadonlyMap<string, ConnectionEdit>;

/** What one commit changes. */
export interface Commit extends Circumstance {
  /** Or a function, where they depend on other records. Returning the stored value itself means: leave it; `null`: take it away, not its evidence. */
  readonly connections?: ConnectionEdits | ((tx: WriteTransaction) => Promise<ConnectionEdits>);
  /** Sealed beforehand: encryption would outlive the transaction. */
  readonly putSecrets?: readonly SealedSecret[];
  readonly deleteSecrets?: readonly string[];
  readonly checks?: readonly CheckRecord[];
  readonly putAuthorization?: Authorization;
  readonly deleteAuthorization?: string;
  /** Called with the open transaction, for what only one caller needs. */
  readonly also?: (tx: WriteTransaction) => Promise<void>;
}

/** What a commit may write. */
export const ALL_STORES: readonly StoreName[] = [
  'connections',
  'checks',
  'authorizations',
  'providers',
  'clients',
  'kept',
  'secrets',
  'deletions',
  'flows',
  'activity',
  'strips',
  'quarantine',
];
/** One in so many histories is cut when many checks are written at once. */
const PRUNE_SHARE = 8;

/**
 * Writes a commit.
 * @returns what became of each connection that was edited
 * @throws DOMException `QuotaExceededError` when the disk is full; nothing is half-written then
 */
export async function commit(db: Database, what: Commit): Promise<ConnectionChange[]> {
  const tx = db.transaction([...ALL_STORES], 'readwrite', { durability: 'strict' });
  // Awaited at the end together with the requests, so that an abort rejects once and is caught.
  const done = tx.done;
  try {
    await failpoint('commit-begun', tx);
    const { connections = new Map() } = what;
    const edits = typeof connections === 'function' ? await connections(tx) : connections;
    const { changes, gone } = await editConnections(tx, edits);
    // Evidence about a connection that was deleted while it was gathered has nowhere to stand.
    const checks = (what.checks ?? []).filter(({ connectionId }) => !gone.has(connectionId));
    const secrets = tx.objectStore('secrets');
    await Promise.all([
      ...(what.putSecrets ?? []).map((sealed) => secrets.put(sealed)),
      ...(what.deleteSecrets ?? []).map((id) => secrets.delete(id)),
      ...checks.map((record) => tx.objectStore('checks').put(record)),
      ...(what.putAuthorization ? [putAuthorization(tx, what.putAuthorization)] : []),
      ...(what.deleteAuthorization === undefined
        ? []
        : [tx.objectStore('authorizations').delete(what.deleteAuthorization)]),
    ]);
    await pruneChecks(tx, checks);
    await keepRepair(tx, changes, what.putAuthorization ?? null);
    await noteActivity(tx, activityOf(changes, what));
    await markDays(tx, changes);
    await what.also?.(tx);
    await failpoint('commit-ending', tx);
    await done;
    return changes;
  } catch (thrown) {
    abort(tx);
    await done.catch(() => undefined);
    // A request that was aborted says less than what ended the transaction: a full disk.
    const isAborted = thrown instanceof DOMException && thrown.name === 'AbortError';
    throw isAborted ? (tx.error ?? thrown) : thrown;
  }
}

async function editConnections(
  tx: WriteTransaction,
  edits: ConnectionEdits,
): Promise<{ changes: ConnectionChange[]; gone: ReadonlySet<string> }> {
  const store = tx.objectStore('connections');
  const changes: ConnectionChange[] = [];
  const gone = new Set<string>();
  await Promise.all(
    [...edits].map(async ([id, edit]) => {
      const stored = (await store.get(id)) ?? null;
      // One that cannot be read is nobody's to edit, and not lost when another takes its place.
      const before = isReadable('connections', stored) ? stored : null;
      const edited = edit(before);
      const after = edited === null || edited === before ? edited : endedByMending(before, edited);
      if (after === null) gone.add(id);
      if (after === before) return;
      if (before !== stored) await setAside(tx, 'connections', id, stored);
      changes.push({ before, after });
      if (after === null) await store.delete(id);
      else await store.put(toStored(after));
    }),
  );
  if (changes.length > 0) await keepTotals(tx, changes);
  return { changes, gone };
}

/** Whoever runs the attempt remembers its tags from its beginning; since then one may have been renamed. */
async function putAuthorization(tx: WriteTransaction, given: Authorization): Promise<void> {
  const store = tx.objectStore('authorizations');
  const stored = await store.get(given.id);
  await store.put(stored === undefined ? given : { ...given, tags: stored.tags });
}

async function keepTotals(
  tx: WriteTransaction,
  changes: readonly ConnectionChange[],
): Promise<void> {
  const told = changes
    .filter(isWorthTelling)
    .map(({ before, after }) => (after ?? before)?.id ?? '');
  await editKept(tx, 'totals', (totals) =>
    // None yet, or none that could be read.
    totals === undefined ? countTotals(tx) : moveTotals(totals, changes),
  );
  if (told.length === 0) return;
  await editKept(tx, 'untold', (untold = []) => [...new Set([...untold, ...told])]);
}

/**
 * Cuts the history of the connections that were just checked. Of many at once only a share is
 * looked at (each costs a read); every connection has its turn, so the bound holds within a few checks.
 */
async function pruneChecks(tx: WriteTransaction, added: readonly CheckRecord[]): Promise<void> {
  const store = tx.objectStore('checks');
  const share = added.length <= 4 ? added : added.filter(({ at }) => at % PRUNE_SHARE === 0);
  await Promise.all(
    share.map(async ({ connectionId }) => {
      const keys = await store.getAllKeys(checksRange(connectionId));
      const surplus = keys.slice(0, Math.max(0, keys.length - CHECKS_KEPT));
      await Promise.all(surplus.map((key) => store.delete(key)));
    }),
  );
}

/** The record with its index fields. */
export function toStored(connection: Connection): StoredConnection {
  return {
    ...connection,
    urgency: urgency(connection.health),
    sortName: sortName(connection.name),
  };
}

function abort(tx: { abort(): void }): void {
  try {
    tx.abort();
  } catch {
    // Already finished or aborted: nothing is left to undo.
  }
}
