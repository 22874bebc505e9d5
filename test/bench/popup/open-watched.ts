/** The real toolbar popup, opened as a click opens it. */
import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { browserSession } from '../../support/browser/background-worker.ts';
import { attach } from '../../support/browser/target-session.ts';
import { watchPage, type Opening } from '../watch-page.ts';

export interface Popup {
  readonly extensionId: string;
  /** What is in the page once the first screen stands. */
  readonly firstRow: string;
}

interface TargetInfo {
  readonly targetId: string;
  readonly type: string;
  readonly url: string;
}

/**
 * Opens the popup over `over`, an ordinary page, as a click does, measures and closes it.
 * @throws Error when the popup could not be watched from its start
 */
export async function openWatched(
  context: BrowserContext,
  { extensionId, firstRow }: Popup,
  over: Page,
): Promise<Opening> {
  const browser = await browserSession(context);
  try {
    await over.bringToFront();
    const tabId = await tabOf(browser, over.url());
    const opened = await watchTargets(browser);
    const clickedAt = Date.now();
    const clicked = browser.send('Extensions.triggerAction', { id: extensionId, targetId: tabId });
    const { targetId } = await opened();
    const session = await attach(browser, targetId);
    // The window and its process take much longer than this: the page has not begun yet.
    const measured = await watchPage(session, firstRow);
    await clicked;
    const { startedAt, ...opening } = await measured();
    await browser.send('Target.closeTarget', { targetId });
    await session.closed;
    return { ...opening, clickMs: startedAt - clickedAt };
  } finally {
    await browser.detach();
  }
}

/** The command wants a tab's id, which is not the id of the page in the tab. */
async function tabOf(browser: CDPSession, url: string): Promise<string> {
  const { targetInfos } = await browser.send('Target.getTargets', { filter: [{ type: 'tab' }] });
  const tab = targetInfos.find((target) => target.url === url);
  if (tab === undefined) throw new Error(`No tab shows ${url}.`);
  return tab.targetId;
}

/** Begins to look. @returns what waits for the next page that appears */
async function watchTargets(browser: CDPSession): Promise<() => Promise<TargetInfo>> {
  const { targetInfos } = await browser.send('Target.getTargets', { filter: [{}] });
  const before = new Set(targetInfos.map(({ targetId }) => targetId));
  const next = new Promise<TargetInfo>((resolve) => {
    browser.on('Target.targetCreated', ({ targetInfo }: { targetInfo: TargetInfo }) => {
      // A popup is of no type at first.
      const isPage = targetInfo.type === 'other' || targetInfo.type === 'page';
      if (isPage && !before.has(targetInfo.targetId)) resolve(targetInfo);
    });
  });
  await browser.send('Target.setDiscoverTargets', { discover: true });
  return () => next;
}
