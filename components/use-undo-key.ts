import { useEffect } from 'preact/hooks';
import type { MessagesModel } from '../lib/client/messages.ts';
import type { Records } from '../lib/client/options-records.ts';

interface UndoModel {
  readonly messages: Pick<MessagesModel, 'act' | 'lastUndo'>;
  readonly records: Pick<Records, 'viewOnly'>;
}

/**
 * Control+Z (on a Mac Command+Z) takes the newest Undo that is offered, one for each press; in a field
 * it is the field's own. While changes are locked it rests as the button does.
 */
export function useUndoKey({
  messages: { act, lastUndo },
  records: { viewOnly },
}: UndoModel): void {
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
      const isLocked = message.action?.isChange === true && viewOnly.value.kind !== 'off';
      if (!event.repeat && !isLocked) act(message);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [act, lastUndo, viewOnly]);
}

/** Whether what has the focus has something of its own to undo, or hides the page. */
function isOwn(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(OWN) !== null;
}

const OWN = 'input:not([type="checkbox"]), textarea, dialog';
