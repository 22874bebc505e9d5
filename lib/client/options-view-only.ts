/** The dialogs that lock and unlock changes. A passphrase lives as long as its dialog does. */
import {
  computed,
  effect,
  signal,
  untracked,
  type ReadonlySignal,
  type Signal,
} from '@preact/signals';
import { PatchbayError } from '../domain/errors.ts';
import { problemOfNew, waitLeft } from '../domain/view-only.ts';
import type { OptionsDeps, Shared } from './options-deps.ts';
import { createSubmission, type Submission } from './submission.ts';
import { t } from './translate.ts';

interface Step extends Submission {
  readonly passphrase: Signal<string>;
}

export type ViewOnlyDialog = Step &
  (
    | { readonly kind: 'lock'; readonly again: Signal<string> }
    /** How long the next try has to wait, s. */
    | { readonly kind: 'unlock'; readonly waitS: ReadonlySignal<number> }
  );

export interface ViewOnlyDialogs {
  readonly open: ReadonlySignal<ViewOnlyDialog | null>;
  readonly lock: () => void;
  readonly unlock: () => void;
  readonly close: () => void;
}

const SECOND_MS = 1000;

export function createViewOnlyDialogs(
  { call, messages, now, records }: Pick<Shared, 'call' | 'messages' | 'now' | 'records'>,
  after: OptionsDeps['after'],
): ViewOnlyDialogs {
  const open = signal<ViewOnlyDialog | null>(null);
  const step = (run: (passphrase: string) => Promise<string>): Step => {
    const passphrase = signal('');
    const submission = createSubmission(async () => {
      const said = await run(passphrase.value);
      open.value = null;
      messages.say(said, 'good');
    });
    return { passphrase, ...submission };
  };

  /** Counts down by the second while the dialog is open. */
  const moment = signal(now());
  const waitS = computed(() => {
    const viewOnly = records.viewOnly.value;
    if (viewOnly.kind !== 'passphrase') return 0;
    return Math.ceil(waitLeft(viewOnly.lock, moment.value) / SECOND_MS);
  });
  const tick = (): void => {
    moment.value = now();
  };
  effect(() => {
    const isCounting = open.value?.kind === 'unlock' && waitS.value > 0;
    if (isCounting && moment.value > 0) untracked(() => after(tick, SECOND_MS));
  });
  // A try was counted: the wait begins from here.
  effect(() => {
    if (records.viewOnly.value.kind === 'passphrase') untracked(tick);
  });

  return {
    open,
    close() {
      open.value = null;
    },
    lock() {
      const again = signal('');
      const lock = async (passphrase: string): Promise<string> => {
        const problem = problemOfNew(passphrase, again.value);
        if (problem !== null) throw new PatchbayError(problem);
        await call('lockChanges', { passphrase });
        return t('message_locked');
      };
      open.value = { kind: 'lock', again, ...step(lock) };
    },
    unlock() {
      const unlock = async (passphrase: string): Promise<string> => {
        await call('unlockChanges', { passphrase });
        return t('message_unlocked');
      };
      open.value = { kind: 'unlock', waitS, ...step(unlock) };
    },
  };
}
