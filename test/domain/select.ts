import type { Connection } from '../../lib/domain/connection.ts';
import { find, type Query } from '../../lib/domain/query.ts';
import { inOrder, type Outside } from '../../lib/domain/query-order.ts';

/** What a query shows of connections, in its order. */
export function select(
  connections: readonly Connection[],
  query: Query,
  outside?: Outside,
): readonly Connection[] {
  return inOrder(find(connections, query, outside?.flowsOf).found, query, outside);
}
