/** Unlocking the vault, from either page. The passphrase lives as long as the field does. */
import { signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { codeOf, type ErrorCode } from '../domain/errors.ts';
import type { call as rpcCall } from '../rpc/client.ts';
import type { MessagesModel } from './messages.ts';
import type { KnownPasskey, PasskeyAnswer } from './passkeys.ts';
import { t } from './translate.ts';

export interface VaultUnlock {
  readonly passphrase: Signal<string>;
  readonly problem: ReadonlySignal<ErrorCode | null>;
  readonly isBusy: ReadonlySignal<boolean>;
  readonly unlock: () => Promise<void>;
  /** With one of these passkeys, whichever is at hand. */
  readonly unlockByPasskey: (known: readonly KnownPasskey[]) => Promise<void>;
}

/** @param ask has a passkey answer; `null` where that goes on elsewhere */
export function createVaultUnlock(
  call: typeof rpcCall,
  messages: MessagesModel,
  ask: (known: readonly KnownPasskey[]) => Promise<PasskeyAnswer | null>,
): VaultUnlock {
  const passphrase = signal('');
  const problem = signal<ErrorCode | null>(null);
  const isBusy = signal(false);
  const attempt = async (run: () => Promise<boolean>): Promise<void> => {
    if (isBusy.value) return;
    isBusy.value = true;
    problem.value = null;
    try {
      if (!(await run())) return;
      passphrase.value = '';
      messages.say(t('message_vault_unlocked'), 'good');
    } catch (thrown) {
      problem.value = codeOf(thrown);
    } finally {
      isBusy.value = false;
    }
  };
  return {
    passphrase,
    problem,
    isBusy,
    async unlock() {
      if (passphrase.value === '') return;
      await attempt(async () => {
        await call('unlockVault', { passphrase: passphrase.value });
        return true;
      });
    },
    unlockByPasskey: (known) =>
      attempt(async () => {
        const given = await ask(known);
        if (given === null) return false;
        await call('unlockByPasskey', given).finally(() => given.answer.fill(0));
        return true;
      }),
  };
}
