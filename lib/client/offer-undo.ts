/** Undo for what was done at once, where nothing but this page knows how to take it back. */
import { UNDO_MS } from '../domain/deletion.ts';
import { codeOf, type ErrorCode } from '../domain/errors.ts';
import type { MessageAction, MessagesModel } from './messages.ts';
import { reportFailure } from './report-failure.ts';
import { t } from './translate.ts';

/** The button of every Undo: it changes something, so it rests while changes are locked. */
export function undoAction(run: () => void): MessageAction {
  return { label: t('action_undo'), isChange: true, isUndo: true, run };
}

/**
 * Says what was done and offers to undo it; an Undo that fails is said, and offered again where
 * it may go well another time.
 * @param undone what is said once it was undone
 * @param givesWay whether newer ones may be shown instead; not where there is no other way back
 */
export function offerUndo(
  messages: MessagesModel,
  text: string,
  undo: () => Promise<unknown>,
  undone: string,
  { givesWay = true } = {},
): void {
  const run = async (): Promise<void> => {
    let isOver = false;
    const isUndone = await reportFailure(messages, () =>
      undo().catch((thrown: unknown) => {
        isOver = OVER.has(codeOf(thrown));
        throw thrown;
      }),
    );
    if (isUndone) messages.say(undone, 'good');
    else if (!isOver) offerUndo(messages, text, undo, undone, { givesWay });
  };
  messages.say(text, 'good', { ...undoAction(() => void run()), givesWay }, { forMs: UNDO_MS });
}

/** Where there is nothing left to take back, however often it is asked for. */
const OVER: ReadonlySet<ErrorCode> = new Set(['changed-meanwhile', 'not-found', 'invalid-request']);
