/**
 * The pages of the extension, open side by side, and the places in them that tests look at. All by
 * role and name.
 */
import type { Locator, Page } from 'playwright-core';
import { beforeEach } from 'vitest';
import { pagesOfExtension } from './recorder.ts';
import type { World } from './world.ts';

export interface Screens {
  readonly options: Page;
  readonly popup: Page;
  /** The line of a connection in the popup's list. */
  popupRow(name: string): Locator;
  /** The line of a connection in the options page's table. */
  tableRow(name: string): Locator;
  /** What the pages said of an outcome. */
  message(text: string | RegExp): Locator;
}

export const OPTIONS_SIZE = { width: 1400, height: 800 };
export const POPUP_SIZE = { width: 400, height: 600 };

/**
 * Opens the pages that a file's tests look at anew for each of them; the world closes them.
 * @param which pages; what a single test needs besides, it opens itself
 */
export function useScreens(
  world: World,
  which: readonly ('options' | 'popup')[] = ['options', 'popup'],
): Screens {
  let options: Page | null = null;
  let popup: Page | null = null;
  beforeEach(async () => {
    options = which.includes('options') ? await openOptions(world) : null;
    popup = which.includes('popup') ? await openPopup(world) : null;
  });
  const opened = (page: Page | null): Page => {
    if (page === null) throw new Error('This page is not among those that are opened.');
    return page;
  };
  return {
    get options() {
      return opened(options);
    },
    get popup() {
      return opened(popup);
    },
    popupRow: (name) => popupRow(opened(popup), name),
    tableRow: (name) => tableRow(opened(options), name),
    message: (text) => opened(options).getByRole('status', { name: 'Messages' }).getByText(text),
  };
}

/** The first one in a tab, others in windows of their own, as {@link openPopup} has it. */
export async function openOptions(world: World, hash = '#/connections'): Promise<Page> {
  const path = `options.html${hash}`;
  const isFirst = !pagesOfExtension(world.browser).some((page) => page !== world.page);
  const page = isFirst ? await world.browser.page(path) : await openInWindow(world, path);
  await page.setViewportSize(OPTIONS_SIZE);
  return page;
}

/** In a window of its own. */
export async function openPopup(world: World): Promise<Page> {
  const page = await openInWindow(world, 'popup.html');
  await page.setViewportSize(POPUP_SIZE);
  return page;
}

/**
 * A browser draws a tab that lies behind another one once a second, and each click waits for two
 * frames: none lies behind another.
 */
async function openInWindow({ browser }: World, path: string): Promise<Page> {
  const { context, extensionId } = browser;
  const [over] = context.pages();
  if (over === undefined) throw new Error('There is no page to ask from.');
  const session = await context.newCDPSession(over);
  const opening = context.waitForEvent('page');
  await session.send('Target.createTarget', { url: 'about:blank', newWindow: true });
  const page = await opening;
  await session.detach();
  // Gone to once it is listened to: an address that it is born with may be there before anybody is told.
  await page.goto(`chrome-extension://${extensionId}/${path}`);
  return page;
}

export function popupRow(popup: Page, name: string): Locator {
  return popup.getByRole('list', { name: 'Connections' }).getByRole('listitem', { name });
}

export function tableRow(options: Page, name: string): Locator {
  return options
    .getByRole('table', { name: 'Connections' })
    .getByRole('row')
    .filter({ hasText: name });
}
