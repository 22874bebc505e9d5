import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

const TYPED_INTO = 'input, select, textarea, [contenteditable]';

/** "/" goes to the search from anywhere but where one types, and not from under a dialog. */
export function useSearchKey(search: RefObject<HTMLInputElement | null>): void {
  // Before the first frame, so that no key is lost.
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const hasModifier = event.ctrlKey || event.metaKey || event.altKey;
      if (event.key !== '/' || hasModifier || event.defaultPrevented) return;
      const { target } = event;
      if (target instanceof Element && target.closest(TYPED_INTO) !== null) return;
      if (document.querySelector('dialog[open]') !== null) return;
      event.preventDefault();
      search.current?.focus();
      search.current?.select();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [search]);
}
