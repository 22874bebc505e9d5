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

/** Rows made ready on either side of what is seen, once the list has been scrolled. */
const SPARE = 6;

/**
 * Windows a list of rows that are all of one height. The first frame holds no more than what it
 * shows; scrolling renders anew only where rows are missing.
 * @param assumedHeight of the list before it can be measured
 * @param which list it is: another one begins at its top
 */
export function useWindow<E extends HTMLElement>(
  length: number,
  rowHeight: number,
  assumedHeight: number,
  which: string,
): RowWindow<E> {
  const ref = useRef<E | null>(null);
  const [held, hold] = useState({ first: 0, end: Math.ceil(assumedHeight / rowHeight) });
  const fill = (): void => {
    const list = ref.current;
    if (list === null) return;
    const first = Math.floor(list.scrollTop / rowHeight);
    const end = Math.ceil((list.scrollTop + (list.clientHeight || assumedHeight)) / rowHeight);
    if (first < held.first || Math.min(end, length) > held.end)
      hold({ first: Math.max(0, first - SPARE), end: end + SPARE });
  };
  useLayoutEffect(() => {
    if (ref.current !== null) ref.current.scrollTop = 0;
  }, [which]);
  // After each render: the list shrinks under the scroll position when a search narrows it.
  useLayoutEffect(fill);
  return {
    ref,
    first: Math.min(held.first, length),
    end: Math.min(held.end, length),
    onScroll: fill,
  };
}
