import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** A step of a dialog that takes another one's place gives the focus to its own first field. */
export function useFirstFieldFocus<E extends HTMLElement>(): RefObject<E | null> {
  const element = useRef<E>(null);
  useEffect(() => {
    element.current?.querySelector<HTMLElement>('input, select, textarea')?.focus();
  }, []);
  return element;
}
