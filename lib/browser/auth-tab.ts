import { browser, type Browser } from 'wxt/browser';
import { AUTHORIZATION_LIFE_MS } from '../domain/authorization.ts';
import type { AuthWindow, WindowOutcome } from '../engine/ports.ts';
import { authWindow } from './auth-window.ts';
import { keepAwake } from './keep-awake.ts';

/** Of the session's rules: far from those of `origin-rule.ts`, which count from one. */
const RULE_ID = 1_000_000;

type Updated = Parameters<typeof browser.tabs.onUpdated.addListener>[0];
type Removed = Parameters<typeof browser.tabs.onRemoved.addListener>[0];
type Replaced = Parameters<typeof browser.tabs.onReplaced.addListener>[0];

/**
 * Signing in in an ordinary tab, where the browser's own window fails. The address that the provider
 * sends the person back to leads nowhere: the tab tells it, as the permission for that one host lets
 * it, and is closed.
 */
export const authTab: AuthWindow = {
  redirectUrl: authWindow.redirectUrl,
  open,
  // An address is loaded in the tab that a person sees, or not at all.
  probe: async () => ({ kind: 'failed', code: 'window-failed' }),
  popups: async () => [],
  async closeLeftover(tabId) {
    if (await isOurs(tabId)) await close(tabId);
  },
};

async function open(
  url: string,
  signal: AbortSignal,
  onOpened: (tabId: number) => void,
): Promise<WindowOutcome> {
  const home = authWindow.redirectUrl('');
  let ours: number | null = null;
  /** What was heard before the browser had told which tab is ours. */
  const early = new Map<number, WindowOutcome>();
  let settle: (heard: WindowOutcome) => void = () => undefined;
  const outcome = new Promise<WindowOutcome>((resolve) => {
    settle = resolve;
  });
  const hear = (tabId: number, heard: WindowOutcome): void => {
    if (tabId === ours) settle(heard);
    else if (ours === null) early.set(tabId, heard);
  };
  const updated: Updated = (tabId, { url: address }) => {
    if (address?.startsWith(home) === true) hear(tabId, { kind: 'answer', url: address });
  };
  const removed: Removed = (tabId) => hear(tabId, { kind: 'cancelled' });
  // A tab that was put to sleep comes back under another number.
  const replaced: Replaced = (added, gone) => {
    if (gone !== ours) return;
    ours = added;
    void keepOffNetwork(added);
    onOpened(added);
  };
  // Nobody would notice any more that it came back.
  const withdrawn = async (): Promise<void> => {
    if (!(await browser.permissions.contains({ origins: [`${home}*`] })))
      settle({ kind: 'failed', code: 'tab-not-permitted' });
  };
  const leave = (): void => settle({ kind: 'cancelled' });
  browser.tabs.onUpdated.addListener(updated);
  browser.tabs.onRemoved.addListener(removed);
  browser.tabs.onReplaced.addListener(replaced);
  browser.permissions.onRemoved.addListener(withdrawn);
  signal.addEventListener('abort', leave);
  try {
    ours = await newTab(url);
    if (ours === null) return { kind: 'failed', code: 'window-failed' };
    await keepOffNetwork(ours);
    onOpened(ours);
    const heard = early.get(ours);
    if (heard !== undefined) settle(heard);
    // No call of the browser's holds the worker while a tab is open.
    return await keepAwake(() => outcome, AUTHORIZATION_LIFE_MS);
  } finally {
    browser.tabs.onUpdated.removeListener(updated);
    browser.tabs.onRemoved.removeListener(removed);
    browser.tabs.onReplaced.removeListener(replaced);
    browser.permissions.onRemoved.removeListener(withdrawn);
    signal.removeEventListener('abort', leave);
    if (ours !== null) await close(ours);
  }
}

async function newTab(url: string): Promise<number | null> {
  try {
    const [here] = await browser.tabs.query({ active: true, lastFocusedWindow: true });
    const wish: Browser.tabs.CreateProperties = { url };
    // When the tab closes, the person is back where they were.
    if (here?.id !== undefined) wish.openerTabId = here.id;
    return (await browser.tabs.create(wish)).id ?? null;
  } catch {
    return null;
  }
}

/** The answer is for us: whatever else would hear of it, a resolver or a proxy, is not asked. */
async function keepOffNetwork(tabId: number): Promise<void> {
  const { hostname } = new URL(authWindow.redirectUrl(''));
  const rule = {
    id: RULE_ID,
    action: { type: 'block' as const },
    condition: {
      requestDomains: [hostname],
      tabIds: [tabId],
      resourceTypes: ['main_frame' as const],
    },
  };
  await browser.declarativeNetRequest
    .updateSessionRules({ removeRuleIds: [RULE_ID], addRules: [rule] })
    .catch(() => undefined);
}

/** Whether it is the tab that we opened last: ids begin anew with each start of a browser, as rules do. */
async function isOurs(tabId: number): Promise<boolean> {
  const rules = await browser.declarativeNetRequest.getSessionRules().catch(() => []);
  return rules.some(({ id, condition }) => id === RULE_ID && condition.tabIds?.includes(tabId));
}

async function close(tabId: number): Promise<void> {
  await browser.tabs.remove(tabId).catch(() => undefined);
}
