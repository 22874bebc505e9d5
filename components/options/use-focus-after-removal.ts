import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/**
 * Where a row that had the focus was taken away, the first button of the section gets it.
 * @param count of the rows
 */
export function useFocusAfterRemoval<E extends HTMLElement>(count: number): RefObject<E | null> {
  const element = useRef<E>(null);
  const before = useRef(count);
  useEffect(() => {
    const isLess = count < before.current;
    before.current = count;
    if (!isLess || document.activeElement !== document.body) return;
    element.current?.querySelector<HTMLElement>('button:not(:disabled)')?.focus();
  }, [count]);
  return element;
}
