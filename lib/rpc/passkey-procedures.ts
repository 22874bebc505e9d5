/** What a page may ask about passkeys that open the vault beside its passphrase. */
import * as v from 'valibot';
import { PASSKEY_ANSWER_BYTES, PASSKEY_ID } from '../domain/vault-passkey.ts';
import { Name, Nothing } from './inputs.ts';
import { Typed } from './vault-procedures.ts';

/** At most the 1023 bytes that a credential's id may have. */
const PasskeyId = v.pipe(v.string(), v.maxLength(1400), v.regex(PASSKEY_ID));
/**
 * As numbers: they can be overwritten, a text cannot. The list that came with the message is handed on
 * and not copied, so that overwriting it leaves none.
 */
const Answer = v.pipe(
  v.unknown() as v.GenericSchema<number[]>,
  v.check(
    (given) =>
      Array.isArray(given) &&
      given.length === PASSKEY_ANSWER_BYTES &&
      given.every((one) => one === (one & 255)),
  ),
);

export const passkeyProcedures = {
  /** Before the person is led through their browser's dialog for nothing. */
  provePassphrase: { input: v.object({ current: Typed }), output: Nothing },
  addPasskey: {
    input: v.object({
      current: Typed,
      id: PasskeyId,
      transports: v.pipe(v.array(v.pipe(v.string(), v.maxLength(40))), v.maxLength(20)),
      name: Name,
      answer: Answer,
    }),
    output: Nothing,
  },
  /** Under a new key of the vault: what was written down of the passkey opens nothing any more. */
  removePasskey: { input: v.object({ current: Typed, id: PasskeyId }), output: Nothing },
  unlockByPasskey: { input: v.object({ id: PasskeyId, answer: Answer }), output: Nothing },
};
