/** A list in groups by provider. Pure. */
import type { Connection, ProviderMark } from './connection.ts';

export interface Group {
  readonly providerId: string;
  readonly provider: ProviderMark;
  /** In the order of the list. */
  readonly connections: readonly Connection[];
}

export interface GroupHead {
  readonly group: Group;
  readonly isCollapsed: boolean;
}

/** A row of a list: the head of a group, or a connection as it is, of which there are many. */
export type ListItem = GroupHead | Connection;

export function isGroupHead(item: ListItem): item is GroupHead {
  return 'group' in item;
}

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
    const head: GroupHead = { group, isCollapsed };
    return isCollapsed ? [head] : [head, ...group.connections];
  });
}

/** The connections that stand in a list, without heads and what is collapsed. */
export function connectionIds(items: readonly ListItem[]): readonly string[] {
  return items.flatMap((item) => (isGroupHead(item) ? [] : [item.id]));
}
