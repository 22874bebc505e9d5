import type { Connection } from '../../lib/domain/connection.ts';
import { find, inOrder, type Outside, type Query } from '../../lib/domain/query.ts';

/** What a query shows of connections, in its order. */
export function select(
  connections: readonly Connection[],
  query: Query,
  outside?: Outside,
): readonly Connection[] {
  return inOrder(find(connections, query, outside?.flowsOf).found, query, outside);
}
