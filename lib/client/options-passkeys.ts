/** The passkeys that open the vault beside its passphrase: which there are, and the dialogs about them. */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { codeOf } from '../domain/errors.ts';
import type { PasskeyMark } from '../domain/vault-passkey.ts';
import type { Shared } from './options-deps.ts';
import type { Passkeys } from './passkeys.ts';
import { createSubmission, type Submission } from './submission.ts';
import { t } from './translate.ts';

export interface PasskeyDialog extends Submission {
  /** The one to be removed; `null`: one is to be added. */
  readonly removed: PasskeyMark | null;
  readonly passphrase: Signal<string>;
  readonly name: Signal<string>;
  readonly canSubmit: ReadonlySignal<boolean>;
}

export interface PasskeyDialogs {
  readonly all: ReadonlySignal<readonly PasskeyMark[]>;
  /** Whether this browser can; `null` until it has said. */
  readonly work: ReadonlySignal<boolean | null>;
  readonly open: ReadonlySignal<PasskeyDialog | null>;
  readonly add: () => void;
  readonly remove: (passkey: PasskeyMark) => void;
  readonly close: () => void;
}

export function createPasskeyDialogs(
  { call, messages, records }: Pick<Shared, 'call' | 'messages' | 'records'>,
  passkeys: Passkeys,
): PasskeyDialogs {
  const open = signal<PasskeyDialog | null>(null);
  let isAsked = false;
  const work = signal<boolean | null>(null, {
    // The browser is asked where somebody wants to know, and once.
    watched() {
      if (isAsked) return;
      isAsked = true;
      void passkeys.work().then((said) => {
        work.value = said;
      });
    },
  });
  const all = computed(() => {
    const lock = records.vaultLock.value;
    return lock.kind === 'none' ? [] : lock.passkeys;
  });

  const add = async (current: string, name: string): Promise<string> => {
    await call('provePassphrase', { current });
    const made = await passkeys.make(name, all.value);
    try {
      await call('addPasskey', { ...made, current, name, transports: [...made.transports] });
    } catch (thrown) {
      // A worker that died may have kept it before: then it is in the list, and opens.
      if (codeOf(thrown) !== 'internal') passkeys.drop([made.id]);
      throw thrown;
    } finally {
      made.answer.fill(0);
    }
    return t('message_passkey_added');
  };
  const remove = async (current: string, id: string): Promise<string> => {
    await call('removePasskey', { current, id });
    passkeys.drop([id]);
    return t('message_passkey_removed');
  };
  const show = (removed: PasskeyMark | null): void => {
    const passphrase = signal('');
    const name = signal(t('passkey'));
    const canSubmit = computed(() => passphrase.value !== '' && name.value.trim() !== '');
    const submission = createSubmission(async () => {
      if (!canSubmit.value) return;
      const said = await (removed === null
        ? add(passphrase.value, name.value.trim())
        : remove(passphrase.value, removed.id));
      // The person may have closed it while the browser's own dialog stood open.
      if (open.value === dialog) open.value = null;
      messages.say(said, 'good');
    });
    const dialog = { removed, passphrase, name, canSubmit, ...submission };
    open.value = dialog;
  };

  return {
    all,
    work,
    open,
    add: () => show(null),
    remove: show,
    close() {
      open.value = null;
    },
  };
}
