/**
 * Vitest's reporter calls `Map.groupBy` when it prints a failure. Node has it since 21; without it
 * Node 20 would show a crash of the reporter in place of the failure.
 */
function groupBy<K, V>(items: Iterable<V>, keyOf: (item: V, index: number) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  let index = 0;
  for (const item of items) {
    const key = keyOf(item, index++);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

Map.groupBy ??= groupBy;
