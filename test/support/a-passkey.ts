import { PASSKEY_ANSWER_BYTES, type PasskeyMark } from '../../lib/domain/vault-passkey.ts';

/** A passkey as its authenticator knows it; for tests alone. */
export const LAPTOP: PasskeyMark = {
  id: 'AQID',
  transports: ['internal'],
  name: 'Laptop',
  addedAt: 1,
};

/**
 * What the authenticator of a passkey answers: always the same, another for each id. Each time anew,
 * for an answer is overwritten once it was used.
 */
export function answerOf(id: string): number[] {
  return Array.from(
    { length: PASSKEY_ANSWER_BYTES },
    (_, at) => (id.charCodeAt(at % id.length) * 7 + at) % 256,
  );
}

/** The same as bytes. */
export function answerBytes(id: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(answerOf(id));
}

/** What is left of an answer that was overwritten. */
export const NO_ANSWER_LEFT: readonly number[] = Array.from(
  { length: PASSKEY_ANSWER_BYTES },
  () => 0,
);
