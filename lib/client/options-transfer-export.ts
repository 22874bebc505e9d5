/** The dialog "Export with secrets": a passphrase, typed twice, and a sealed file. */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import {
  isLongEnough,
  passphraseStrength,
  type PassphraseStrength,
} from '../domain/transfer/passphrase-strength.ts';
import type { Output } from '../rpc/procedures.ts';
import type { Shared } from './options-deps.ts';
import { createSubmission, type Submission } from './submission.ts';

export interface ExportForm extends Submission {
  readonly passphrase: Signal<string>;
  readonly again: Signal<string>;
  /** `null` while nothing is typed. */
  readonly strength: ReadonlySignal<PassphraseStrength | null>;
  /** Whether the second is not the first; `false` while it is still being typed. */
  readonly differs: ReadonlySignal<boolean>;
  /** Whether the passphrase is long enough, and the same twice. */
  readonly canSubmit: ReadonlySignal<boolean>;
  /** Forgets what was typed; an answer that still comes is dropped. */
  readonly leave: () => void;
}

export function createExportForm(
  { call }: Pick<Shared, 'call'>,
  onDone: (exported: Output<'exportSecrets'>) => void,
): ExportForm {
  const passphrase = signal('');
  const again = signal('');
  let isLeft = false;
  const canSubmit = computed(
    () => isLongEnough(passphrase.value) && again.value === passphrase.value,
  );
  const submission = createSubmission(async () => {
    if (!canSubmit.value) return;
    const exported = await call('exportSecrets', { passphrase: passphrase.value });
    if (!isLeft) onDone(exported);
  });
  return {
    passphrase,
    again,
    strength: computed(() =>
      passphrase.value === '' ? null : passphraseStrength(passphrase.value),
    ),
    differs: computed(() => !passphrase.value.startsWith(again.value)),
    canSubmit,
    ...submission,
    leave() {
      isLeft = true;
      passphrase.value = '';
      again.value = '';
    },
  };
}
