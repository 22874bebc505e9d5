/** What real browsers do not do on demand while a person signs in in a tab. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { authTab } from '../../lib/browser/auth-tab.ts';
import { dropListeners } from '../../lib/browser/drop-listeners.ts';

const BACK = 'https://patchbay.example/';
const TAB = 7;
let closed: number[];
let withdraw: () => unknown;

beforeEach(() => {
  closed = [];
  vi.spyOn(browser, 'identity', 'get').mockReturnValue({
    getRedirectURL: (path = '') => `${BACK}${path}`,
  } as typeof browser.identity);
  vi.spyOn(browser.tabs, 'query').mockImplementation(async () => []);
  vi.spyOn(browser.tabs, 'create').mockImplementation(async () => ({ id: TAB }) as never);
  vi.spyOn(browser.tabs, 'remove').mockImplementation(async (id: unknown) => {
    closed.push(Number(id));
  });
  const events = { addListener: () => undefined, removeListener: () => undefined };
  vi.spyOn(browser.tabs, 'onReplaced', 'get').mockReturnValue(
    events as unknown as typeof browser.tabs.onReplaced,
  );
  vi.spyOn(browser, 'permissions', 'get').mockReturnValue({
    contains: async () => false,
    onRemoved: { ...events, addListener: (listener: () => unknown) => (withdraw = listener) },
  } as unknown as typeof browser.permissions);
  vi.spyOn(browser, 'declarativeNetRequest', 'get').mockReturnValue({
    updateSessionRules: async () => undefined,
    getSessionRules: async () => Promise.reject(new Error('not now')),
  } as unknown as typeof browser.declarativeNetRequest);
});

describe('a tab to sign in in', () => {
  it('is closed, with the reason, once nobody could see it come back', async () => {
    const { signal } = new AbortController();
    const outcome = await authTab.open('https://provider.example/', signal, () => withdraw());
    expect(outcome).toEqual({ kind: 'failed', code: 'tab-not-permitted' });
    expect(closed).toEqual([TAB]);
  });

  it('that may be somebody else’s by now is left alone, and nothing fails by it', async () => {
    await authTab.closeLeftover(TAB);
    expect(closed).toEqual([]);
  });
});

it('a browser without windows starts all the same', () => {
  vi.spyOn(browser, 'windows', 'get').mockReturnValue(undefined as never);
  expect(dropListeners).not.toThrow();
});
