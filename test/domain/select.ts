import type { Connection } from '../../lib/domain/connection.ts';
import { find, inOrder, type OutsideKeys, type Query } from '../../lib/domain/query.ts';

/** What a query shows of connections, in its order. */
export function select(
  connections: readonly Connection[],
  query: Query,
  outside?: OutsideKeys,
): readonly Connection[] {
  return inOrder(find(connections, query).found, query, outside);
}
