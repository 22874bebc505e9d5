import { browser } from 'wxt/browser';
import type { ErrorCode } from '../domain/errors.ts';
import type { AuthWindow, WindowOutcome } from '../engine/ports.ts';

/**
 * The browser's own sign-in window. It belongs to the background, because a page's window dies with
 * the page, and while it is open the browser keeps the worker alive.
 */
export const authWindow: AuthWindow = {
  redirectUrl: (path) => browser.identity.getRedirectURL(path),

  async open(url, signal, onOpened) {
    const opened: number[] = [];
    const noticed = (window: { id?: number | undefined; type?: string | undefined }): void => {
      if (window.type !== 'popup' || window.id === undefined) return;
      opened.push(window.id);
      onOpened(window.id);
    };
    const close = (): void => opened.forEach((id) => void closeLeftover(id));
    browser.windows.onCreated.addListener(noticed);
    signal.addEventListener('abort', close);
    try {
      return await launch(url);
    } finally {
      browser.windows.onCreated.removeListener(noticed);
      signal.removeEventListener('abort', close);
    }
  },

  closeLeftover,
};

async function launch(url: string): Promise<WindowOutcome> {
  try {
    const answer = await browser.identity.launchWebAuthFlow({ url, interactive: true });
    return answer === undefined ? { kind: 'cancelled' } : { kind: 'answer', url: answer };
  } catch (thrown) {
    return outcomeOf(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

/**
 * The browsers say in words alone why a window ended (Chromium `identity_constants.h`, Gecko
 * `child/ext-identity.js`).
 */
export function outcomeOf(message: string): WindowOutcome {
  const failed = (code: ErrorCode): WindowOutcome => ({ kind: 'failed', code });
  if (/did not approve|cancell?ed or denied/i.test(message)) return { kind: 'cancelled' };
  if (/could not be loaded/i.test(message)) return failed('window-page-failed');
  if (/timed out/i.test(message)) return failed('window-timeout');
  if (/only one web auth flow/i.test(message)) return failed('window-busy');
  if (/browser context|shut ?down/i.test(message)) return failed('interrupted');
  return failed('window-failed');
}

async function closeLeftover(windowId: number): Promise<void> {
  try {
    const window = await browser.windows.get(windowId);
    if (window.type === 'popup') await browser.windows.remove(windowId);
  } catch {
    // Gone already.
  }
}
