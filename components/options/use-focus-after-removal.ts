import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { isFocusLost } from '../focus-lost.ts';

/**
 * Where a row that had the focus was taken away, the first button of the section gets it.
 * @param counts of what is listed; each can shrink
 */
export function useFocusAfterRemoval<E extends HTMLElement>(
  ...counts: readonly number[]
): RefObject<E | null> {
  const element = useRef<E>(null);
  const before = useRef(counts);
  useEffect(() => {
    const isLess = counts.some((count, at) => count < (before.current[at] ?? 0));
    before.current = counts;
    if (!isLess || !isFocusLost()) return;
    element.current?.querySelector<HTMLElement>('button:not(:disabled)')?.focus();
  });
  return element;
}
