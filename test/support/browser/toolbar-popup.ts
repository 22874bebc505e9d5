import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { browserSession } from './background-worker.ts';
import { attach, evaluateIn, type TargetSession } from './target-session.ts';

/** The popup that hangs from the toolbar button: a page that Playwright itself does not see. */
export interface ToolbarPopup {
  readonly url: string;
  /** DevTools session of the popup, for what the rest does not offer. */
  readonly session: TargetSession;
  /** Resolves when the popup has closed, whoever closed it. */
  readonly closed: Promise<void>;
  /** Runs a function in the popup and hands back what it returns, as JSON. */
  evaluate<R, A>(run: (argument: A) => R | Promise<R>, argument: A): Promise<R>;
  evaluate<R>(run: () => R | Promise<R>): Promise<R>;
  /** A picture of it, as PNG. */
  screenshot(): Promise<Buffer>;
  close(): Promise<void>;
}

interface TargetInfo {
  readonly targetId: string;
  readonly type: string;
  readonly url: string;
}

/**
 * Opens the toolbar popup as a click on the extension's button does, and waits until it has loaded.
 * Needs a browser that was started with `--enable-unsafe-extension-debugging`.
 * @param over an ordinary page (none of an extension); it is brought to the front
 * @throws Error when the extension has no popup, or `over` is no tab
 */
export async function openToolbarPopup(
  context: BrowserContext,
  extensionId: string,
  over: Page,
): Promise<ToolbarPopup> {
  const browser = await browserSession(context);
  await over.bringToFront();
  const tabId = await tabOf(browser, over.url());
  const before = await pageIds(browser);
  const opened = nextPage(browser, `chrome-extension://${extensionId}/`, before);
  await browser.send('Target.setDiscoverTargets', { discover: true });
  await browser.send('Extensions.triggerAction', { id: extensionId, targetId: tabId });
  const { targetId, url } = await opened;
  const session = await attach(browser, targetId);
  await evaluateIn(session, untilLoaded, undefined);
  return {
    url,
    session,
    closed: session.closed.then(() => browser.detach()),
    evaluate: <R, A>(run: (argument?: A) => R | Promise<R>, argument?: A) =>
      evaluateIn(session, run, argument),
    screenshot: async () => {
      const { data } = await session.send<{ data: string }>('Page.captureScreenshot');
      return Buffer.from(data, 'base64');
    },
    close: async () => {
      await browser.send('Target.closeTarget', { targetId });
      await session.closed;
    },
  };
}

/** The command wants a tab's id, which is not the id of the page in the tab. */
async function tabOf(browser: CDPSession, url: string): Promise<string> {
  const { targetInfos } = await browser.send('Target.getTargets', { filter: [{ type: 'tab' }] });
  const tab = targetInfos.find((target) => target.url === url);
  if (tab === undefined) throw new Error(`No tab shows ${url}.`);
  return tab.targetId;
}

async function pageIds(browser: CDPSession): Promise<ReadonlySet<string>> {
  const { targetInfos } = await browser.send('Target.getTargets');
  return new Set(targetInfos.map(({ targetId }) => targetId));
}

/** Resolves with the next page of `origin` that appears. */
async function nextPage(
  browser: CDPSession,
  origin: string,
  before: ReadonlySet<string>,
): Promise<TargetInfo> {
  return new Promise((resolve) => {
    const look = ({ targetInfo }: { targetInfo: TargetInfo }) => {
      const isNewPage = targetInfo.type === 'page' && !before.has(targetInfo.targetId);
      if (isNewPage && targetInfo.url.startsWith(origin)) resolve(targetInfo);
    };
    browser.on('Target.targetCreated', look);
    browser.on('Target.targetInfoChanged', look);
  });
}

/** Runs in the popup. */
function untilLoaded(): Promise<void> {
  return new Promise((resolve) => {
    if (document.readyState === 'complete') resolve();
    else addEventListener('load', () => resolve(), { once: true });
  });
}
