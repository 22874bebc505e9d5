/** A list in the order of a key of each, which is made once. Ties keep their order. */
export function sortedBy<T, K>(
  all: Iterable<T>,
  keyOf: (one: T) => K,
  compare: (a: K, b: K) => number,
): T[] {
  return Array.from(all, (one) => ({ one, key: keyOf(one) }))
    .sort((a, b) => compare(a.key, b.key))
    .map(({ one }) => one);
}

/** Texts by their code units: for keys that were made to be compared. */
export function ascending(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
