import { ascending } from '../domain/sorted-by.ts';
import type { StoredConnection } from './database.ts';

/** The order of the index `byList`, for records that are in memory already. */
export function byList(a: StoredConnection, b: StoredConnection): number {
  return a.urgency - b.urgency || ascending(a.sortName, b.sortName) || ascending(a.id, b.id);
}
