import type { StoredConnection } from '../store/database.ts';
import { byList } from '../store/list-order.ts';

/**
 * A list with some of its connections as they stand now, in the order of the store's lists.
 * @param found by id; `null` for those that are gone
 */
export function updatedList(
  list: readonly StoredConnection[],
  found: ReadonlyMap<string, StoredConnection | null>,
): readonly StoredConnection[] {
  const changed = [...found.values()].filter((one) => one !== null).sort(byList);
  const updated: StoredConnection[] = [];
  let at = 0;
  for (const one of list) {
    if (found.has(one.id)) continue;
    for (let next = changed[at]; next !== undefined && byList(next, one) < 0; next = changed[at]) {
      updated.push(next);
      at += 1;
    }
    updated.push(one);
  }
  return [...updated, ...changed.slice(at)];
}
