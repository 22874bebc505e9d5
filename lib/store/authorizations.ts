/** Reads of attempts to obtain a credential. */
import type { Authorization } from '../domain/authorization.ts';
import type { Database } from './database.ts';
import { isReadable, readable } from './readable.ts';

/** Every attempt that has not been dismissed, newest first. */
export async function readAuthorizations(db: Database): Promise<Authorization[]> {
  return newestFirst(await db.getAll('authorizations'));
}

export async function readAuthorization(
  db: Database,
  id: string,
): Promise<Authorization | undefined> {
  const found = await db.get('authorizations', id);
  return isReadable('authorizations', found) ? found : undefined;
}

export function newestFirst(found: Authorization[]): Authorization[] {
  return readable('authorizations', found).toSorted((a, b) => b.createdAt - a.createdAt);
}
