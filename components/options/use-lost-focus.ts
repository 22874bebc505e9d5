import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { isFocusLost } from '../focus-lost.ts';

/**
 * Where a step took away what had the focus, the first thing to fill in or press of the next step
 * gets it. A focus that is somewhere stays there.
 * @param step changes with what is shown
 */
export function useLostFocus<E extends HTMLElement>(step: string): RefObject<E | null> {
  const element = useRef<E>(null);
  useEffect(() => {
    if (!isFocusLost()) return;
    const controls = element.current?.querySelectorAll<HTMLElement>('input, a[href], button') ?? [];
    [...controls].find(canTakeFocus)?.focus();
  }, [step]);
  return element;
}

function canTakeFocus(control: HTMLElement): boolean {
  return (
    !control.matches(':disabled, [type="checkbox"]') &&
    control.closest('details:not([open])') === null
  );
}
