/**
 * The dialogs about the passphrase of the vault, and about deleting what it holds. What is typed lives
 * as long as its dialog does.
 */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { codeOf } from '../domain/errors.ts';
import {
  passphraseStrength,
  type PassphraseStrength,
} from '../domain/transfer/passphrase-strength.ts';
import { errorWords, type MessageKey } from '../domain/words.ts';
import type { Shared } from './options-deps.ts';
import { createGrantsEnd, type GrantsEnd } from './options-grants-end.ts';
import { createPasskeyDialogs, type PasskeyDialogs } from './options-passkeys.ts';
import { NO_PASSKEYS, type Passkeys } from './passkeys.ts';
import { createSubmission, type Submission } from './submission.ts';
import { t, tell } from './translate.ts';
import { createVaultUnlock, type VaultUnlock } from './vault-lock.ts';

export interface VaultDialog extends Submission {
  readonly kind: 'protect' | 'change' | 'unprotect' | 'forget' | 'delete-everything';
  /** The passphrase that there is, where there is one and it has to be known. */
  readonly current: Signal<string>;
  readonly passphrase: Signal<string>;
  readonly again: Signal<string>;
  readonly strength: ReadonlySignal<PassphraseStrength | null>;
  /** What has to be typed so that nothing is deleted by a slip. */
  readonly confirmation: Signal<string>;
  /** Whether it has to be typed. */
  readonly isConfirmed: boolean;
  readonly canSubmit: ReadonlySignal<boolean>;
  /** What can be ended first, where everything is deleted. */
  readonly grants: GrantsEnd | null;
}

/** What is typed so that nothing is deleted by a slip. */
export function wordOf(kind: VaultDialog['kind']): MessageKey {
  return kind === 'forget' ? 'forget_secrets_word' : 'delete_everything_word';
}

export interface VaultDialogs extends VaultUnlock {
  readonly open: ReadonlySignal<VaultDialog | null>;
  readonly show: (kind: VaultDialog['kind']) => void;
  readonly close: () => void;
  readonly passkeys: PasskeyDialogs;
  readonly lock: () => Promise<void>;
  readonly setAutoLock: (minutes: number | null) => Promise<void>;
}

export function createVaultDialogs(
  shared: Pick<Shared, 'call' | 'messages' | 'providers' | 'records'>,
  browserPasskeys: Passkeys = NO_PASSKEYS,
): VaultDialogs {
  const { call, messages, records } = shared;
  const open = signal<VaultDialog | null>(null);
  const passkeys = createPasskeyDialogs({ call, messages, records }, browserPasskeys);

  const show = (kind: VaultDialog['kind']): void => {
    const [current, passphrase, again, confirmation] = [
      signal(''),
      signal(''),
      signal(''),
      signal(''),
    ];
    const strength = computed(() =>
      passphrase.value === '' ? null : passphraseStrength(passphrase.value),
    );
    const grants = kind === 'delete-everything' ? createGrantsEnd(shared) : null;
    // Whoever is locked out shall not delete the secrets of everybody by a slip.
    const isConfirmed =
      kind === 'delete-everything' ||
      (kind === 'forget' && records.viewOnly.value.kind === 'passphrase');
    const isNew = kind === 'protect' || kind === 'change';
    const isKnown = kind === 'change' || kind === 'unprotect';
    const canSubmit = computed(
      () =>
        (!isKnown || current.value !== '') &&
        (!isNew || (strength.value !== null && strength.value !== 'too-short')) &&
        (!isNew || passphrase.value === again.value) &&
        (!isConfirmed || confirmation.value.trim().toLowerCase() === t(wordOf(kind)).toLowerCase()),
    );
    const run = async (): Promise<string | null> => {
      switch (kind) {
        case 'protect':
          await call('protectVault', { current: null, passphrase: passphrase.value });
          return t('message_vault_protected');
        case 'change':
          await call('protectVault', { current: current.value, passphrase: passphrase.value });
          return t('message_vault_changed');
        case 'unprotect':
          await call('unprotectVault', { current: current.value });
          return t('message_vault_unprotected');
        case 'forget':
          await call('forgetSecrets', {});
          return t('message_secrets_forgotten');
        case 'delete-everything':
          // What lives on is said before anything is destroyed.
          if (grants?.isTold.value === false && !(await grants.end())) return null;
          await call('deleteEverything', {});
          return t('message_everything_deleted');
      }
    };
    const submission = createSubmission(async () => {
      if (!canSubmit.value) return;
      const ids = passkeys.all.value.map(({ id }) => id);
      const said = await run();
      if (said === null) return;
      if (!isNew) browserPasskeys.drop(ids);
      // The person may have closed it meanwhile, and opened another.
      if (open.value === dialog) open.value = null;
      messages.say(said, 'good');
    });
    const typed = { current, passphrase, again, strength, confirmation };
    const dialog: VaultDialog = { kind, ...typed, isConfirmed, canSubmit, grants, ...submission };
    open.value = dialog;
  };
  const attempt = async (run: () => Promise<unknown>): Promise<void> => {
    try {
      await run();
    } catch (thrown) {
      messages.say(tell(errorWords(codeOf(thrown))), 'bad');
    }
  };

  return {
    ...createVaultUnlock(call, messages, browserPasskeys.ask),
    passkeys,
    open,
    show,
    close() {
      open.value?.grants?.stop();
      open.value = null;
    },
    lock: () => attempt(() => call('lockVault', {})),
    setAutoLock: (minutes) => attempt(() => call('setAutoLock', { minutes: minutes as 15 | null })),
  };
}
