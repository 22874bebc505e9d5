/** Many things done one after another, each with its Undo, do not bury the page. */
import { computed } from '@preact/signals';
import type { MessagesModel } from './messages.ts';

const UNDOS_SHOWN = 3;

/**
 * The same messages, of whose Undos that give way only the newest are shown. The older ones come
 * back as the newer ones go, and the key of Undo reaches them all the while.
 */
export function withFewUndos(messages: MessagesModel): MessagesModel {
  const list = computed(() => {
    const all = messages.list.value;
    const older = all.filter(({ action }) => action?.givesWay === true).slice(0, -UNDOS_SHOWN);
    return older.length === 0 ? all : all.filter((message) => !older.includes(message));
  });
  return { ...messages, list };
}
