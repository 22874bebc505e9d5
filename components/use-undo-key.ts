import { useEffect } from 'preact/hooks';
import type { MessagesModel } from '../lib/client/messages.ts';

/** Control+Z (on a Mac Command+Z) takes the newest Undo that is offered; in a field it is the field's own. */
export function useUndoKey({ act, lastUndo }: MessagesModel): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const isUndo =
        event.key.toLowerCase() === 'z' &&
        (event.ctrlKey || event.metaKey) &&
        !event.shiftKey &&
        !event.altKey;
      const message = lastUndo.value;
      if (!isUndo || event.defaultPrevented || message === null || isOwn(event.target)) return;
      event.preventDefault();
      act(message);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [act, lastUndo]);
}

/** Whether what has the focus has something of its own to undo, or hides the page. */
function isOwn(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(OWN) !== null;
}

const OWN = 'input:not([type="checkbox"]), textarea, dialog';
