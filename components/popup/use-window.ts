import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { RefObject } from 'preact';

/** Which rows of a long list stand in the page. */
export interface RowWindow<E extends HTMLElement> {
  readonly ref: RefObject<E | null>;
  readonly first: number;
  /** One after the last. */
  readonly end: number;
  readonly onScroll: () => void;
}

/** Rows kept ready on either side of what is seen. */
const SPARE = 6;

/**
 * Windows a list of rows that are all of one height.
 * @param assumedHeight of the list before it has been measured
 */
export function useWindow<E extends HTMLElement>(
  length: number,
  rowHeight: number,
  assumedHeight: number,
): RowWindow<E> {
  const ref = useRef<E>(null);
  const [seen, setSeen] = useState({ top: 0, height: assumedHeight });
  const measure = (): void => {
    const list = ref.current;
    if (list === null) return;
    const next = { top: list.scrollTop, height: list.clientHeight || assumedHeight };
    // Only a new row is worth a new render.
    const isNew = (['top', 'height'] as const).some(
      (side) => Math.floor(next[side] / rowHeight) !== Math.floor(seen[side] / rowHeight),
    );
    if (isNew) setSeen(next);
  };
  // After each render: the list shrinks under the scroll position when a search narrows it.
  useLayoutEffect(measure);
  return {
    ref,
    first: Math.max(0, Math.floor(seen.top / rowHeight) - SPARE),
    end: Math.min(length, Math.ceil((seen.top + seen.height) / rowHeight) + SPARE),
    onScroll: measure,
  };
}
