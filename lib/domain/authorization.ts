import type { ErrorCode } from './errors.ts';
import type { Grant } from './grant.ts';
import type { Accounts, Identity } from './identity.ts';

/**
 * One attempt to obtain a credential. The record outlives the page that asked and the worker that
 * runs it; its secrets (state, verifier, a credential that awaits the person's choice) stand in the
 * vault under the same id.
 */
export interface Authorization {
  readonly id: string;
  readonly purpose:
    | { readonly kind: 'connect' }
    | { readonly kind: 'reconnect'; readonly connectionId: string };
  readonly providerId: string;
  readonly providerName: string;
  readonly methodId: string;
  readonly params: Readonly<Record<string, string>>;
  /** For a new connection: what the person chose for it. */
  readonly name: string | null;
  readonly environmentId: string;
  readonly tags: readonly string[];
  readonly scopes: readonly string[];
  readonly createdAt: number;
  /** After this moment an answer is not accepted any more. */
  readonly expiresAt: number;
  /** The sign-in window or tab, so that one that was left over can be closed. */
  readonly windowId: number | null;
  /** The person signs in in an ordinary tab; `windowId` is the id of that. */
  readonly isInTab?: true;
  /** Written before a code is sent, so that a worker that dies after it leaves the truth behind. */
  readonly exchange?: Exchange;
  /** The answer came by the session that the browser has: no window was shown. */
  readonly isSilent?: true;
  /** What the proof brought, while its credential awaits the person's choice in the vault. */
  readonly proven: Proven | null;
  readonly state: AuthorizationState;
}

/** An exchange of a code, which is good for one use. */
export interface Exchange {
  readonly sentAt: number;
  /** What the tokens permit, once they wait in the vault to be proven; `null` before. */
  readonly grant: Grant | null;
  /** What the attempt comes to once its tokens have been given back; `null` while it may succeed. */
  readonly end: AuthorizationState | null;
}

/** What a check of a fresh credential brought. Holds no secret. */
export interface Proven {
  readonly identity: Identity;
  readonly accounts: Accounts;
  readonly grant: Grant | null;
}

export type AuthorizationState =
  /** Another sign-in window goes first; nothing has been sent. */
  | { readonly kind: 'queued' }
  /** The sign-in window or tab is open, or about to be. */
  | { readonly kind: 'waiting' }
  /** The answer is being exchanged and the credential proven. */
  | { readonly kind: 'proving' }
  | { readonly kind: 'done'; readonly connectionId: string }
  | { readonly kind: 'cancelled' }
  /** The worker or the browser went away before the answer came. */
  | { readonly kind: 'abandoned' }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly detail: string | null }
  /** Reconnecting brought another identity; nothing was overwritten. */
  | {
      readonly kind: 'mismatch';
      readonly connectionId: string;
      readonly expected: Identity;
      readonly received: Identity;
    }
  /** A new connection turned out to be one that exists. */
  | { readonly kind: 'duplicate'; readonly connectionId: string; readonly identity: Identity };

/** How long an answer is waited for (RFC 9700 §4.2.4 asks for short; people look for their phones). */
export const AUTHORIZATION_LIFE_MS = 10 * 60 * 1000;

/** How long a credential waits for the person's choice before it is dropped and revoked. */
export const CHOICE_LIFE_MS = 60 * 60 * 1000;

/** Whether the attempt still does something by itself. */
export function isRunning(state: AuthorizationState): boolean {
  return state.kind === 'queued' || state.kind === 'waiting' || state.kind === 'proving';
}

/** Whether the person has to choose what becomes of the credential. */
export function needsChoice(state: AuthorizationState): boolean {
  return state.kind === 'mismatch' || state.kind === 'duplicate';
}
