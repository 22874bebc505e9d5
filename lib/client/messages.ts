import { signal, type ReadonlySignal } from '@preact/signals';

export type MessageTone = 'plain' | 'good' | 'bad';

/** One outcome, as it is said to the person. */
export interface Message {
  readonly id: number;
  readonly text: string;
  readonly tone: MessageTone;
  /** Something to do about it: undo, open, try again. */
  readonly action: MessageAction | null;
}

export interface MessageAction {
  readonly label: string;
  readonly run: () => void;
}

export interface MessagesModel {
  readonly list: ReadonlySignal<readonly Message[]>;
  readonly say: (text: string, tone?: MessageTone, action?: MessageAction | null) => void;
  readonly dismiss: (id: number) => void;
}

/** How long an outcome that asks for nothing stays. Failures stay until they are dismissed. */
const SHOWN_MS = 8000;
const SHOWN_AT_ONCE = 3;

/** @param after calls back once later; the page's `setTimeout` */
export function createMessages(after: (run: () => void, ms: number) => void): MessagesModel {
  const list = signal<readonly Message[]>([]);
  let lastId = 0;
  const dismiss = (id: number): void => {
    list.value = list.value.filter((message) => message.id !== id);
  };
  return {
    list,
    dismiss,
    say(text, tone = 'plain', action = null) {
      const id = ++lastId;
      // The same sentence twice says nothing new, but a screen reader should hear it again.
      const others = list.value.filter((message) => message.text !== text);
      list.value = [...others, { id, text, tone, action }].slice(-SHOWN_AT_ONCE);
      if (tone !== 'bad') after(() => dismiss(id), SHOWN_MS);
    },
  };
}
