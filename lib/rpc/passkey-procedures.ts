/** What a page may ask about passkeys that open the vault beside its passphrase. */
import * as v from 'valibot';
import { PASSKEY_ANSWER_BYTES } from '../domain/vault-passkey.ts';
import { Name, Nothing } from './inputs.ts';
import { Typed } from './vault-procedures.ts';

/** At most the 1023 bytes that a credential's id may have. */
const PasskeyId = v.pipe(v.string(), v.maxLength(1400), v.regex(/^[\w-]+$/));
/** As numbers: they can be overwritten, a text cannot. */
const Answer = v.pipe(
  v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255))),
  v.length(PASSKEY_ANSWER_BYTES),
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
