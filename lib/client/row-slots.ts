/**
 * Which element shows which row of a long list. A row that comes takes over the element of one that
 * went: changing what stands in some fifty elements costs the browser half of making them anew.
 */

/** The element of each row, as a number of no meaning, by the row's id. */
export type RowSlots = ReadonlyMap<string, number>;

/**
 * @param before the slots of the rows that stand in the page
 * @param ids the rows that are to stand there, in order
 * @param heldId a row whose element nobody takes over, such as the one with the focus: where its row
 * goes, the focus must not come to stand on another row's button
 */
export function assignRowSlots(
  before: RowSlots,
  ids: readonly string[],
  heldId: string | null,
): RowSlots {
  const coming = new Set(ids);
  const free: number[] = [];
  let unused = 0;
  for (const [id, slot] of before) {
    unused = Math.max(unused, slot + 1);
    if (!coming.has(id) && id !== heldId) free.push(slot);
  }
  // Taken from the front: rows that go above and come below keep their order among each other.
  free.reverse();
  return new Map(ids.map((id) => [id, before.get(id) ?? free.pop() ?? unused++]));
}
