import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { NARROW_MAX } from './columns.ts';

/** What stands beside the list where there is room for it. */
const FILTERS_WIDTH_GUESS = 184;

export interface ListWidth {
  /** To be put on the list. */
  readonly list: RefObject<HTMLDivElement | null>;
  /** CSS pixels. */
  readonly width: number;
}

/** How wide the list is, which is guessed until it was laid out once: asking would lay it out for that alone. */
export function useListWidth(): ListWidth {
  const list = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(() =>
    window.innerWidth > NARROW_MAX ? window.innerWidth - FILTERS_WIDTH_GUESS : window.innerWidth,
  );
  useLayoutEffect(() => {
    if (list.current === null) return;
    const observer = new ResizeObserver(([entry]) => {
      const seen = entry?.contentRect.width ?? 0;
      // Behind the details it has no width, and comes back as it was.
      if (seen > 0) setWidth(seen);
    });
    observer.observe(list.current);
    return () => observer.disconnect();
  }, []);
  return { list, width };
}
