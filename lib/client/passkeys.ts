import { PatchbayError } from '../domain/errors.ts';
import type { PasskeyMark } from '../domain/vault-passkey.ts';

/** A passkey as a page knows it. */
export type KnownPasskey = Pick<PasskeyMark, 'id' | 'transports'>;

/** What a passkey's authenticator answered. As secret as a passphrase: to be overwritten after use. */
export interface PasskeyAnswer {
  readonly id: string;
  readonly answer: number[];
}

/** The browser's passkeys, where they can open the vault. A worker has none, so a page asks. */
export interface Passkeys {
  /** Whether this browser says that its passkeys can answer at all. */
  readonly work: () => Promise<boolean>;
  /**
   * Makes one, which may take two dialogs of the browser.
   * @param known those that there are: an authenticator holds one
   * @throws PatchbayError `passkey-none`, `passkey-taken`, `passkey-unsupported`
   */
  readonly make: (
    name: string,
    known: readonly KnownPasskey[],
  ) => Promise<PasskeyAnswer & KnownPasskey>;
  /**
   * Asks whichever of these is at hand.
   * @throws PatchbayError `passkey-none`, `passkey-unsupported`
   */
  readonly ask: (known: readonly KnownPasskey[]) => Promise<PasskeyAnswer>;
  /** Tells their authenticators that these open nothing any more; best effort. */
  readonly drop: (ids: readonly string[]) => void;
}

/** Where nobody hands in a browser's. */
export const NO_PASSKEYS: Passkeys = {
  work: async () => false,
  make: () => Promise.reject(new PatchbayError('passkey-unsupported')),
  ask: () => Promise.reject(new PatchbayError('passkey-unsupported')),
  drop: () => undefined,
};
