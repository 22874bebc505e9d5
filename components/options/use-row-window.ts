import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { RefObject } from 'preact';
import {
  isCovered,
  MARGIN,
  OVERSCAN,
  rowWindow,
  scrolledAfter,
  seenRows,
  type ExtraRow,
  type RowHeights,
  type RowRange,
  type RowWindow,
} from '../../lib/client/options-rows.ts';

/** What heights are taken for until they were measured, CSS pixels. */
export interface HeightsGuess {
  readonly row: number;
  /** Of what stands above the rows, at least: so much less is got ready at first. */
  readonly above: number;
}

export interface Windowed extends RowWindow {
  /** To be put on the body of the table. */
  readonly body: RefObject<HTMLTableSectionElement | null>;
  /** The rows that a person sees when it is asked. */
  readonly seenNow: () => RowRange;
}

/**
 * The rows of a table that stand in the page, whoever scrolls it.
 * @param expandedAt places of the rows that have another row under them, ascending
 * @param headsAt places of the heads of groups, which may be lower than the other rows
 * @param isWhole whether more than the beginning of the list was read
 */
export function useRowWindow(
  count: number,
  expandedAt: readonly number[],
  headsAt: readonly number[],
  guess: HeightsGuess,
  isWhole: boolean,
): Windowed {
  const body = useRef<HTMLTableSectionElement>(null);
  const [view, setView] = useState(() => ({
    scrolled: 0,
    viewHeight: window.innerHeight - guess.above,
  }));
  const [rowHeight, setRowHeight] = useState(guess.row);
  const [headHeight, setHeadHeight] = useState(guess.row);
  const [extraHeights, setExtraHeights] = useState<ReadonlyMap<number, number>>(new Map());
  const extras: ExtraRow[] = [
    ...expandedAt.map((index) => ({
      index,
      height: extraHeights.get(index) ?? rowHeight * 4,
    })),
    ...(headHeight === rowHeight
      ? []
      : headsAt.map((index) => ({ index, height: headHeight - rowHeight }))),
  ];
  const list: RowHeights = { count, rowHeight, extras };
  // Rows that nobody sees yet come with the rest of the list, which renders it anyway.
  const shown = rowWindow({ ...list, ...view, overscan: isWhole ? OVERSCAN : 0 });
  const margin = isWhole ? MARGIN : 0;
  // Where a person looks is known beyond what was rendered for: not every pixel renders.
  const scrolledTo = useRef(view.scrolled);
  const seenNow = (): RowRange => seenRows({ ...list, ...view, scrolled: scrolledTo.current });
  const standing = useRef({ list, shown, margin });
  standing.current = { list, shown, margin };

  const look = useCallback(() => {
    const scrolled = -(body.current?.getBoundingClientRect().top ?? 0);
    const viewNow = { scrolled, viewHeight: window.innerHeight };
    scrolledTo.current = scrolled;
    const { list: known, shown: standsThere, margin: edge } = standing.current;
    // Rows that stand there already, a few beyond the edge, do.
    if (!isCovered(standsThere, { ...known, ...viewNow }, edge)) setView(viewNow);
  }, []);

  useLayoutEffect(() => {
    // Scrolling does not bubble; caught on the way down it is seen whichever box scrolls.
    document.addEventListener('scroll', look, { capture: true, passive: true });
    window.addEventListener('resize', look);
    return () => {
      document.removeEventListener('scroll', look, { capture: true });
      window.removeEventListener('resize', look);
    };
  }, [look]);

  // Rows of another form, as beside the details: what the person looked at is not to go out of sight.
  const moved = useRef<{ readonly list: typeof list; readonly scrolled: number } | null>(null);
  useLayoutEffect(() => {
    if (moved.current === null || moved.current.list.rowHeight === rowHeight) return;
    const scrolled = scrolledAfter(moved.current.list, list, moved.current.scrolled);
    moved.current = null;
    scrollTo(body.current, scrolled);
    look();
  });

  // Other heights, as in a window of another width, show more rows or fewer.
  useLayoutEffect(look, [look, rowHeight, headHeight, extraHeights]);

  // Every rendering may have brought rows that were not measured yet; the heights settle at once.
  useLayoutEffect(() => {
    const element = body.current;
    const row = heightOf(element, 'tr.row:not(.row-group)');
    const head = heightOf(element, 'tr.row-group');
    const before = standing.current.list;
    if (element !== null && row !== null && row !== before.rowHeight) {
      const scrolled = -element.getBoundingClientRect().top;
      moved.current = scrolled > 0 ? { list: before, scrolled } : null;
    }
    setRowHeight((known) => row ?? known);
    setHeadHeight((known) => head ?? known);
    setExtraHeights((known) => measureExtras(element, known));
  }, [shown.from, shown.to, count, expandedAt]);

  return { ...shown, body, seenNow };
}

/** Scrolls the list, or else the page, so far beyond the top of the rows. */
function scrollTo(body: HTMLElement | null, scrolled: number): void {
  const missing = (): number => scrolled + (body?.getBoundingClientRect().top ?? -scrolled);
  body?.closest('.table-scroll')?.scrollBy(0, missing());
  window.scrollBy(0, missing());
}

/** How high the first one is; `null` where there is none that is laid out. */
function heightOf(body: HTMLElement | null, selector: string): number | null {
  return body?.querySelector<HTMLElement>(selector)?.offsetHeight || null;
}

/** The heights of the open rows that stand in the page, added to those that are known. */
function measureExtras(
  body: HTMLElement | null,
  known: ReadonlyMap<number, number>,
): ReadonlyMap<number, number> {
  const found = [...(body?.querySelectorAll<HTMLElement>('tr.row-issue') ?? [])]
    .map((row) => [Number(row.dataset.index), row.offsetHeight] as const)
    .filter(([index, height]) => height > 0 && known.get(index) !== height);
  return found.length === 0 ? known : new Map([...known, ...found]);
}
