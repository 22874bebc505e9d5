import { sortName, type Connection } from './connection.ts';
import { ascending, sortedBy } from './sorted-by.ts';

/** Tags are compared whatever their case. */
export function isSameTag(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** The tags that connections have, by name, and how many have each; as the first one writes it. */
export function countTags(
  connections: readonly Connection[],
): readonly { readonly name: string; readonly count: number }[] {
  const counts = new Map<string, { name: string; count: number }>();
  for (const { tags } of connections)
    for (const name of tags) {
      const key = name.toLowerCase();
      const known = counts.get(key);
      if (known === undefined) counts.set(key, { name, count: 1 });
      else known.count += 1;
    }
  return sortedBy(counts.values(), ({ name }) => sortName(name), ascending);
}
