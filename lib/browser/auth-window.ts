import { browser } from 'wxt/browser';
import type { AuthWindow, WindowOutcome } from '../engine/ports.ts';
import { outcomeOf } from './window-messages.ts';

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
      // Its page loaded at last, after nobody waited any more.
      if (signal.aborted) void closeLeftover(window.id);
    };
    const close = (): void => opened.forEach((id) => void closeLeftover(id));
    browser.windows.onCreated.addListener(noticed);
    signal.addEventListener('abort', close);
    try {
      return await launch({ url, interactive: true });
    } finally {
      browser.windows.onCreated.removeListener(noticed);
      signal.removeEventListener('abort', close);
    }
  },

  // Gecko knows neither of the last two, refuses them, and shows its window at once anyway.
  probe: (url, withinMs, waits) =>
    launch({
      url,
      interactive: false,
      abortOnLoadForNonInteractive: !waits,
      timeoutMsForNonInteractive: withinMs,
    }),

  async popups() {
    const windows = await browser.windows.getAll({ populate: true, windowTypes: ['popup'] });
    return windows.flatMap(({ id, tabs }) =>
      id === undefined ? [] : [{ id, url: tabs?.[0]?.url ?? null }],
    );
  },

  closeLeftover,
};

interface Flow {
  readonly url: string;
  readonly interactive: boolean;
  readonly abortOnLoadForNonInteractive?: boolean;
  readonly timeoutMsForNonInteractive?: number;
}

async function launch(flow: Flow): Promise<WindowOutcome> {
  try {
    const answer = await browser.identity.launchWebAuthFlow(flow);
    return answer === undefined ? { kind: 'cancelled' } : { kind: 'answer', url: answer };
  } catch (thrown) {
    return outcomeOf(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

async function closeLeftover(windowId: number): Promise<void> {
  try {
    const window = await browser.windows.get(windowId);
    if (window.type === 'popup') await browser.windows.remove(windowId);
  } catch {
    // Gone already.
  }
}
