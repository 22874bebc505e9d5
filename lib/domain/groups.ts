/** A list in groups by provider. Pure. */
import type { Connection, ProviderMark } from './connection.ts';

export interface Group {
  readonly providerId: string;
  readonly provider: ProviderMark;
  /** In the order of the list. */
  readonly connections: readonly Connection[];
}

/** A row of a list in groups: the head of one, or a connection. */
export type ListItem =
  | { readonly kind: 'group'; readonly group: Group; readonly isCollapsed: boolean }
  | { readonly kind: 'connection'; readonly connection: Connection };

/** Groups in the order in which their first connections stand: what is urgent stays on top. */
export function groupByProvider(connections: readonly Connection[]): readonly Group[] {
  const groups = new Map<string, { provider: ProviderMark; connections: Connection[] }>();
  for (const connection of connections) {
    const group = groups.get(connection.providerId);
    if (group === undefined)
      groups.set(connection.providerId, {
        provider: connection.provider,
        connections: [connection],
      });
    else group.connections.push(connection);
  }
  return [...groups].map(([providerId, group]) => ({ providerId, ...group }));
}

/** The rows of groups; of those that are collapsed, the head alone. */
export function itemsOf(
  groups: readonly Group[],
  collapsed: ReadonlySet<string>,
): readonly ListItem[] {
  return groups.flatMap((group): ListItem[] => {
    const isCollapsed = collapsed.has(group.providerId);
    const head: ListItem = { kind: 'group', group, isCollapsed };
    return isCollapsed
      ? [head]
      : [
          head,
          ...group.connections.map((connection): ListItem => ({ kind: 'connection', connection })),
        ];
  });
}
