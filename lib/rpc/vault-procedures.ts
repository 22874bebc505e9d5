/** What a page may ask about the passphrase of the vault, and about deleting what it holds. */
import * as v from 'valibot';
import { AUTO_LOCK_CHOICES } from '../domain/vault-lock.ts';
import { LOCK_PASSPHRASE_MAX } from '../domain/view-only.ts';
import {
  SEAL_PASSPHRASE_MAX,
  SEAL_PASSPHRASE_MIN,
} from '../domain/transfer/passphrase-strength.ts';
import { Nothing } from './inputs.ts';

/** A passphrase that there is, as it was typed. */
export const Typed = v.pipe(v.string(), v.maxLength(LOCK_PASSPHRASE_MAX));

export const vaultProcedures = {
  /** Sets a passphrase, or another one; `current` proves that the person knows the one there is. */
  protectVault: {
    input: v.object({
      current: v.nullable(Typed),
      passphrase: v.pipe(
        v.string(),
        v.minLength(SEAL_PASSPHRASE_MIN),
        v.maxLength(SEAL_PASSPHRASE_MAX),
      ),
    }),
    output: Nothing,
  },
  /** Takes the passphrase away: the key lies beside the data again. */
  unprotectVault: { input: v.object({ current: Typed }), output: Nothing },
  unlockVault: { input: v.object({ passphrase: Typed }), output: Nothing },
  lockVault: { input: Nothing, output: Nothing },
  /** `null`: when the browser is closed. */
  setAutoLock: {
    input: v.object({ minutes: v.nullable(v.picklist(AUTO_LOCK_CHOICES)) }),
    output: Nothing,
  },
  /** For a passphrase that nobody knows any more: connections stay, and each has to be reconnected. */
  forgetSecrets: { input: Nothing, output: Nothing },
  /** Leaves what a first run finds. Grants at providers stay. */
  deleteEverything: { input: Nothing, output: Nothing },
};
