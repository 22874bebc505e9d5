import { isRunning, needsChoice } from '../domain/authorization.ts';
import { urgency } from '../domain/health.ts';
import { readAuthorizations } from '../store/authorizations.ts';
import type { Database } from '../store/database.ts';
import { readGoingOf } from '../store/deletions.ts';

/** How many connections each provider has, without reading the connections. */
export async function usage(db: Database): Promise<Map<string, number>> {
  const index = db.transaction('connections').store.index('byIdentity');
  const counts = new Map<string, number>();
  let range: IDBKeyRange | null = null;
  for (;;) {
    const cursor = await index.openKeyCursor(range, 'nextunique');
    if (cursor === null) break;
    const [providerId] = cursor.key;
    const ofProvider = IDBKeyRange.bound([providerId], [providerId, []]);
    counts.set(providerId, await index.count(ofProvider));
    range = IDBKeyRange.lowerBound([providerId, []], true);
  }
  // Nobody has authorised these yet, so no index of identities has them.
  const place = urgency({ kind: 'unauthorized' });
  const unauthorized = IDBKeyRange.bound([place], [place, []]);
  for (const { providerId, identity } of await db.getAllFromIndex(
    'connections',
    'byList',
    unauthorized,
  ))
    if (identity === null) counts.set(providerId, (counts.get(providerId) ?? 0) + 1);
  return counts;
}

/**
 * What holds a secret that goes where the provider's definition says: its connections, and the
 * attempts that run or wait for a choice.
 */
export async function usersOf(db: Database, providerId: string): Promise<number> {
  const connections = (await usage(db)).get(providerId) ?? 0;
  const attempts = (await readAuthorizations(db)).filter(
    (one) => one.providerId === providerId && (isRunning(one.state) || needsChoice(one.state)),
  );
  return connections + attempts.length;
}

/** The same with the connections that are going: Undo would bring their secrets back into use. */
export async function holdersOf(db: Database, providerId: string): Promise<number> {
  return (await usersOf(db, providerId)) + (await readGoingOf(db, providerId)).length;
}
