/** Reads of the kept checks. */
import type { CheckRecord } from '../domain/check-record.ts';
import type { Database } from './database.ts';
import { readable } from './readable.ts';

/** The kept checks of a connection, newest first. */
export async function readChecks(db: Database, connectionId: string): Promise<CheckRecord[]> {
  const oldestFirst = await db.getAll('checks', checksRange(connectionId));
  return readable('checks', oldestFirst).reverse();
}

/** All keys of one connection's checks. */
export function checksRange(connectionId: string): IDBKeyRange {
  return IDBKeyRange.bound([connectionId], [connectionId, []]);
}
