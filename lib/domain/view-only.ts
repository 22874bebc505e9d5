/**
 * View only: a lock under which everything can be seen and nothing changed. It is a role. What is
 * stored is protected by it no more than before.
 */
import type { Secret } from './credential.ts';
import type { ErrorCode } from './errors.ts';

/** What is kept of a lock that a person set; the verifier of its passphrase stands in the vault. */
export interface KeptLock {
  /** How often another passphrase was tried, and when last. */
  readonly wrongTries: number;
  readonly triedAt: number;
}

/** What proves a passphrase and does not hold it. Bytes are written in hexadecimal. */
export interface PassphraseVerifier {
  readonly iterations: number;
  readonly salt: string;
  readonly derived: Secret;
}

/** What the organisation that manages the browser set for Patchbay. */
export interface ManagedValues {
  readonly viewOnly: boolean;
  /** As it calls itself; `null` where it does not say. */
  readonly organisation: string | null;
}

export type ViewOnly =
  | { readonly kind: 'off' }
  /** Whoever knows the passphrase can end it. */
  | { readonly kind: 'passphrase'; readonly lock: KeptLock }
  /** Nobody can end it here. */
  | { readonly kind: 'organisation'; readonly name: string | null };

export const NOT_VIEW_ONLY: ViewOnly = { kind: 'off' };
export const NOTHING_MANAGED: ManagedValues = { viewOnly: false, organisation: null };

/**
 * The shortest passphrase of a lock, in characters. The waits below bound how fast one can be guessed, and
 * whoever can get round them can take the lock away without it.
 */
export const LOCK_PASSPHRASE_MIN = 8;
export const LOCK_PASSPHRASE_MAX = 1000;
const ORGANISATION_MAX = 100;

/** Whether changes are locked, and by whom; the organisation before the person. */
export function viewOnlyOf(lock: KeptLock | null, managed: ManagedValues): ViewOnly {
  if (managed.viewOnly) return { kind: 'organisation', name: managed.organisation };
  return lock === null ? NOT_VIEW_ONLY : { kind: 'passphrase', lock };
}

/** @param stored whatever stands in the browser's managed storage; Firefox checks it against no schema */
export function managedOf(stored: unknown): ManagedValues {
  if (typeof stored !== 'object' || stored === null) return NOTHING_MANAGED;
  const { viewOnly, organisation } = stored as Readonly<Record<string, unknown>>;
  const name = typeof organisation === 'string' ? organisation.trim() : '';
  return {
    viewOnly: viewOnly === true,
    organisation: name === '' ? null : name.slice(0, ORGANISATION_MAX),
  };
}

/** Why a change is refused; `null` where it is not. */
export function refusalOf(viewOnly: ViewOnly): ErrorCode | null {
  switch (viewOnly.kind) {
    case 'off':
      return null;
    case 'passphrase':
      return 'view-only';
    case 'organisation':
      return 'view-only-organisation';
  }
}

export type PassphraseProblem = 'passphrase-short' | 'passphrase-differs';

/** What is wrong with a new passphrase, as it was typed twice. */
export function problemOfNew(passphrase: string, again: string): PassphraseProblem | null {
  if (passphrase.length < LOCK_PASSPHRASE_MIN) return 'passphrase-short';
  return passphrase === again ? null : 'passphrase-differs';
}

/** Slips of the finger that cost nothing. */
const FREE_TRIES = 3;
const FIRST_WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 15 * 60_000;

/** How long the next try has to wait, ms; each wrong one doubles it. */
export function waitLeft({ wrongTries, triedAt }: KeptLock, now: number): number {
  if (wrongTries < FREE_TRIES) return 0;
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (wrongTries - FREE_TRIES));
  // A clock that was put back must not make it longer than it was.
  return Math.min(wait, Math.max(0, triedAt + wait - now));
}
