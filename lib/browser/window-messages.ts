import type { ErrorCode } from '../domain/errors.ts';
import type { WindowOutcome } from '../engine/ports.ts';

/**
 * What browsers say of a sign-in window that ended without an answer, in words alone: Chromium
 * `identity_constants.h`, Gecko `child/ext-identity.js`. First match wins.
 */
const MESSAGES: readonly (readonly [said: RegExp, code: ErrorCode])[] = [
  [/did not approve|cancelled or denied/i, 'cancelled'],
  [/could not be loaded/i, 'window-page-failed'],
  [/timed out/i, 'window-timeout'],
  [/only one web auth flow/i, 'window-busy'],
  // Gecko says it of a network that failed, too: it is never the last word.
  [/interaction required|requires user interaction/i, 'window-needs-person'],
  [/create a browser window|not implemented/i, 'window-missing'],
  [/incognito/i, 'window-incognito'],
  [/invalid scheme|redirect_uri not allowed/i, 'internal'],
  [/browser context|shut ?down/i, 'interrupted'],
];

/** What a flow came to, by the words with which the browser ended it. */
export function outcomeOf(message: string): WindowOutcome {
  const code = MESSAGES.find(([said]) => said.test(message))?.[1] ?? 'window-failed';
  return code === 'cancelled' ? { kind: 'cancelled' } : { kind: 'failed', code };
}
