/** The dialog "Export with secrets": a passphrase, typed twice, and a sealed file. */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { codeOf, type ErrorCode } from '../domain/errors.ts';
import {
  isLongEnough,
  passphraseStrength,
  type PassphraseStrength,
} from '../domain/transfer/passphrase-strength.ts';
import type { Output } from '../rpc/procedures.ts';
import type { Shared } from './options-deps.ts';

export interface ExportForm {
  readonly passphrase: Signal<string>;
  readonly again: Signal<string>;
  /** `null` while nothing is typed. */
  readonly strength: ReadonlySignal<PassphraseStrength | null>;
  /** Whether the second is not the first; `false` while it is still being typed. */
  readonly differs: ReadonlySignal<boolean>;
  readonly canSubmit: ReadonlySignal<boolean>;
  readonly isBusy: ReadonlySignal<boolean>;
  readonly problem: ReadonlySignal<ErrorCode | null>;
  readonly submit: () => Promise<void>;
  /** Forgets what was typed; an answer that still comes is dropped. */
  readonly leave: () => void;
}

export function createExportForm(
  { call }: Pick<Shared, 'call'>,
  onDone: (exported: Output<'exportSecrets'>) => void,
): ExportForm {
  const passphrase = signal('');
  const again = signal('');
  const isBusy = signal(false);
  const problem = signal<ErrorCode | null>(null);
  let isLeft = false;
  const canSubmit = computed(
    () => isLongEnough(passphrase.value) && again.value === passphrase.value && !isBusy.value,
  );
  return {
    passphrase,
    again,
    strength: computed(() =>
      passphrase.value === '' ? null : passphraseStrength(passphrase.value),
    ),
    differs: computed(() => !passphrase.value.startsWith(again.value)),
    canSubmit,
    isBusy,
    problem,
    async submit() {
      if (!canSubmit.value) return;
      isBusy.value = true;
      problem.value = null;
      try {
        const exported = await call('exportSecrets', { passphrase: passphrase.value });
        if (!isLeft) onDone(exported);
      } catch (thrown) {
        problem.value = codeOf(thrown);
      } finally {
        isBusy.value = false;
      }
    },
    leave() {
      isLeft = true;
      passphrase.value = '';
      again.value = '';
    },
  };
}
