/** Unlocking the vault, from either page. The passphrase lives as long as the field does. */
import { signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { codeOf, type ErrorCode } from '../domain/errors.ts';
import type { call as rpcCall } from '../rpc/client.ts';
import type { MessagesModel } from './messages.ts';
import { t } from './translate.ts';

export interface VaultUnlock {
  readonly passphrase: Signal<string>;
  readonly problem: ReadonlySignal<ErrorCode | null>;
  readonly isBusy: ReadonlySignal<boolean>;
  readonly unlock: () => Promise<void>;
}

export function createVaultUnlock(call: typeof rpcCall, messages: MessagesModel): VaultUnlock {
  const passphrase = signal('');
  const problem = signal<ErrorCode | null>(null);
  const isBusy = signal(false);
  return {
    passphrase,
    problem,
    isBusy,
    async unlock() {
      if (isBusy.value || passphrase.value === '') return;
      isBusy.value = true;
      problem.value = null;
      try {
        await call('unlockVault', { passphrase: passphrase.value });
        passphrase.value = '';
        messages.say(t('message_vault_unlocked'), 'good');
      } catch (thrown) {
        problem.value = codeOf(thrown);
      } finally {
        isBusy.value = false;
      }
    },
  };
}
