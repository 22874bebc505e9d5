/** Which connections are chosen for an action on several. By id, so order and filters do not matter. */

import { toggled } from './toggled.ts';

export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** Where a range begins: the one that was chosen or left out last. */
  readonly anchor: string | null;
}

export const NOTHING_SELECTED: Selection = { ids: new Set(), anchor: null };

export type Extent = 'none' | 'some' | 'all';

/** The selection with one connection added, or left out if it was in. */
export function toggleOne({ ids }: Selection, id: string): Selection {
  return { ids: toggled(ids, id), anchor: id };
}

/**
 * Gives all from the anchor to `id` what the anchor has: in, or out.
 * The anchor stays, so that the next range begins there too.
 * @param listed the ids of the list in the order that is seen; an anchor outside makes this one toggle
 */
export function selectRange(
  selection: Selection,
  id: string,
  listed: readonly string[],
): Selection {
  const { ids, anchor } = selection;
  const from = anchor === null ? -1 : listed.indexOf(anchor);
  const to = listed.indexOf(id);
  if (anchor === null || from === -1 || to === -1) return toggleOne(selection, id);
  const range = listed.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { ids: changed(ids, range, ids.has(anchor)), anchor };
}

/** Adds all of `listed` or, when all of them are in, leaves them out; others stay as they are. */
export function toggleAll({ ids }: Selection, listed: readonly string[]): Selection {
  return { ids: changed(ids, listed, extentOf(ids, listed) !== 'all'), anchor: null };
}

/** How many of `listed` are selected; an empty list has none. */
export function extentOf(ids: ReadonlySet<string>, listed: readonly string[]): Extent {
  const count = countIn(ids, listed);
  if (count === 0) return 'none';
  return count === listed.length ? 'all' : 'some';
}

/** How many of the selected are not in `listed`: a filter hides them. */
export function countHidden(ids: ReadonlySet<string>, listed: readonly string[]): number {
  return ids.size - countIn(ids, listed);
}

/**
 * Loses what no longer exists.
 * @returns the same selection if nothing was lost
 */
export function keepExisting(selection: Selection, existing: ReadonlySet<string>): Selection {
  const ids = new Set([...selection.ids].filter((id) => existing.has(id)));
  const { anchor } = selection;
  const isAnchorGone = anchor !== null && !existing.has(anchor);
  if (ids.size === selection.ids.size && !isAnchorGone) return selection;
  return { ids, anchor: isAnchorGone ? null : anchor };
}

function countIn(ids: ReadonlySet<string>, listed: readonly string[]): number {
  let count = 0;
  for (const id of listed) if (ids.has(id)) count += 1;
  return count;
}

function changed(
  ids: ReadonlySet<string>,
  some: readonly string[],
  isIn: boolean,
): ReadonlySet<string> {
  const next = new Set(ids);
  for (const id of some) {
    if (isIn) next.add(id);
    else next.delete(id);
  }
  return next;
}
