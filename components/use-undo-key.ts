import { useEffect } from 'preact/hooks';
import type { Deletions } from '../lib/client/deletions.ts';

/** Control+Z (on a Mac Command+Z) undoes the last deletion; in a field it is the field's own. */
export function useUndoKey({ canUndo, undoLast }: Deletions): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const isUndo =
        event.key.toLowerCase() === 'z' &&
        (event.ctrlKey || event.metaKey) &&
        !event.shiftKey &&
        !event.altKey;
      if (!isUndo || event.defaultPrevented || !canUndo.value || isOwn(event.target)) return;
      event.preventDefault();
      undoLast();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [canUndo, undoLast]);
}

/** Whether what has the focus has something of its own to undo, or hides the page. */
function isOwn(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, dialog') !== null;
}
