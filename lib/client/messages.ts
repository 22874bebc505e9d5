import { computed, signal, type ReadonlySignal } from '@preact/signals';

export type MessageTone = 'plain' | 'good' | 'bad';

/** One outcome, as it is said to the person. */
export interface Message {
  readonly id: number;
  readonly text: string;
  readonly tone: MessageTone;
  /** Something to do about it: undo, open, try again. */
  readonly action: MessageAction | null;
  /** Something more to do, beside the action. */
  readonly also: MessageAction | null;
  /** Called when the person, or the time, dismisses it. */
  readonly onDismiss: (() => void) | null;
}

export interface MessageAction {
  readonly label: string;
  /** Whether it changes something, which cannot be done while changes are locked. */
  readonly isChange?: boolean;
  /** Whether it only shows more: the message stays, so that the rest can still be done. */
  readonly isLook?: boolean;
  /** Whether it takes back what was done: the newest such one has a key. */
  readonly isUndo?: boolean;
  /** Whether newer ones of its kind may be shown instead. */
  readonly givesWay?: boolean;
  readonly run: () => void;
}

export interface MessageStay {
  /** How long it is shown. */
  readonly forMs?: number;
  readonly onDismiss?: () => void;
  readonly also?: MessageAction | null;
}

export interface MessagesModel {
  readonly list: ReadonlySignal<readonly Message[]>;
  /** The newest Undo that is still offered. */
  readonly lastUndo: ReadonlySignal<Message | null>;
  /** @returns its id */
  readonly say: (
    text: string,
    tone?: MessageTone,
    action?: MessageAction | null,
    stay?: MessageStay,
  ) => number;
  /** Puts something more to do beside what a message offers already. */
  readonly offerMore: (id: number, also: MessageAction) => void;
  /** Does what a message offers, and takes it away unless it only showed more. */
  readonly act: (message: Message, action?: MessageAction | null) => void;
  readonly dismiss: (id: number) => void;
  /** Takes a message away that is not true any more; nobody has dismissed it. */
  readonly withdraw: (id: number) => void;
}

/** How long an outcome that asks for nothing stays. Failures stay until they are dismissed. */
const SHOWN_MS = 8000;
const SHOWN_AT_ONCE = 3;

/** @param after calls back once later; the page's `setTimeout` */
export function createMessages(after: (run: () => void, ms: number) => void): MessagesModel {
  const list = signal<readonly Message[]>([]);
  let lastId = 0;
  const withdraw = (id: number): void => {
    list.value = list.value.filter((message) => message.id !== id);
  };
  const dismiss = (id: number): void => {
    const message = list.value.find((one) => one.id === id);
    withdraw(id);
    message?.onDismiss?.();
  };
  return {
    list,
    lastUndo: computed(() => list.value.findLast(({ action }) => action?.isUndo === true) ?? null),
    act(message, action = message.action) {
      action?.run();
      if (action?.isLook !== true) dismiss(message.id);
    },
    dismiss,
    withdraw,
    offerMore(id, also) {
      list.value = list.value.map((message) =>
        message.id === id ? { ...message, also } : message,
      );
    },
    say(text, tone = 'plain', action = null, { forMs = SHOWN_MS, onDismiss, also = null } = {}) {
      const id = ++lastId;
      // The same sentence twice says nothing new, but a screen reader should hear it again.
      const others = list.value.filter((message) => message.text !== text || isLasting(message));
      const next = [...others, { id, text, tone, action, also, onDismiss: onDismiss ?? null }];
      const surplus = next.filter((message) => !isLasting(message)).slice(0, -SHOWN_AT_ONCE);
      list.value = next.filter((message) => !surplus.includes(message));
      if (tone !== 'bad') after(() => dismiss(id), forMs);
      return id;
    },
  };
}

/** What offers something, or waits to be read, is not pushed out by what comes after it. */
function isLasting({ action, also, onDismiss }: Message): boolean {
  return action !== null || also !== null || onDismiss !== null;
}
