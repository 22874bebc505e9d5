import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

/**
 * Whenever something is said anew, the first field that it marks gets the focus.
 * @param selector of what is marked
 * @param said another object each time
 */
export function useMarkedFocus(
  element: RefObject<HTMLElement | null>,
  selector: string,
  said: object,
): void {
  useLayoutEffect(() => {
    element.current?.querySelector<HTMLElement>(selector)?.focus();
  }, [element, selector, said]);
}
