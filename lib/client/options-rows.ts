/** Which rows of a long list stand in the page, and how much room the others leave. */

/** What a row takes beside the usual height, such as the open evidence card under it. */
export interface ExtraRow {
  /** The place of the row that it belongs to. */
  readonly index: number;
  /** Below 0 where the row itself is lower than the others. */
  readonly height: number;
}

/** Some of the rows. */
export interface RowRange {
  readonly from: number;
  /** The row after the last one. */
  readonly to: number;
}

/** The rows that stand in the page, and the room of the others. */
export interface RowWindow extends RowRange {
  /** Pixels that the rows above and below would take. */
  readonly before: number;
  readonly after: number;
}

/** All rows and their heights, wherever a person looks. */
export interface RowHeights {
  readonly count: number;
  readonly rowHeight: number;
  readonly extras: readonly ExtraRow[];
}

export interface RowView extends RowHeights {
  /** How far the list's top is above the top of what can be seen; negative when it is below. */
  readonly scrolled: number;
  readonly viewHeight: number;
  /** Rows to be kept ready on both sides; {@link OVERSCAN} unless given. */
  readonly overscan?: number;
}

/** Rows kept ready above and below what can be seen, so that a turn of the wheel shows no gap. */
export const OVERSCAN = 4;
/** However tall the screen: what more would cost is not worth it. */
const ROWS_MAX = 160;

/** The rows that a person sees, be it in part. */
export function seenRows(view: RowView): RowRange {
  const { count, scrolled, viewHeight } = view;
  const top = topsOf(view);
  return { from: rowAt(top, count, scrolled), to: rowAt(top, count, scrolled + viewHeight) + 1 };
}

/** The window of rows for where a person looks. */
export function rowWindow(view: RowView): RowWindow {
  const { count, overscan = OVERSCAN } = view;
  const top = topsOf(view);
  const { from: first, to: last } = seenRows(view);
  const from = Math.max(0, Math.min(first, count) - overscan);
  const to = Math.min(count, last + overscan, from + ROWS_MAX);
  return { from, to, before: top(from), after: Math.max(0, top(count) - top(to)) };
}

/** How near the edge of the rows in the page a person may come before others are got ready. */
export const MARGIN = 1;

/**
 * Whether the rows that stand in the page do for where a person looks now.
 * @param margin how near their edge a person may come
 */
export function isCovered({ from, to }: RowRange, view: RowView, margin = MARGIN): boolean {
  const { count } = view;
  const { from: first, to: last } = seenRows(view);
  return from <= Math.max(0, first - margin) && to >= Math.min(count, last + margin);
}

/**
 * How far the list is to be scrolled where the heights of its rows have changed, so that the row at the top of
 * what can be seen stays there.
 * @param scrolled how far it is, by the heights before
 */
export function scrolledAfter(before: RowHeights, after: RowHeights, scrolled: number): number {
  const top = topsOf(before);
  const index = rowAt(top, before.count, scrolled);
  return topsOf(after)(index) + scrolled - top(index);
}

/** Where each row begins. */
function topsOf({
  rowHeight,
  extras,
}: Pick<RowHeights, 'rowHeight' | 'extras'>): (index: number) => number {
  return (index) =>
    index * rowHeight +
    extras.reduce((sum, extra) => (extra.index < index ? sum + extra.height : sum), 0);
}

/** The last row that begins at or above `y`; halving, so that 100,000 rows take 17 steps. */
function rowAt(top: (index: number) => number, count: number, y: number): number {
  let low = 0;
  let high = Math.max(0, count - 1);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (top(middle) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}
