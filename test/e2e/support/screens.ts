/**
 * Both pages of the extension, open side by side, and the places in them that tests look at. All by
 * role and name.
 */
import type { Locator, Page } from 'playwright-core';
import { beforeEach } from 'vitest';
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

/** Opens both anew for each test of the file; the world closes them. */
export function useScreens(world: World): Screens {
  let options: Page;
  let popup: Page;
  beforeEach(async () => {
    options = await openOptions(world);
    popup = await openPopup(world);
  });
  return {
    get options() {
      return options;
    },
    get popup() {
      return popup;
    },
    popupRow: (name) => popupRow(popup, name),
    tableRow: (name) => tableRow(options, name),
    message: (text) => options.getByRole('status', { name: 'Messages' }).getByText(text),
  };
}

export async function openOptions(world: World, hash = '#/connections'): Promise<Page> {
  const page = await world.browser.page(`options.html${hash}`);
  await page.setViewportSize(OPTIONS_SIZE);
  return page;
}

/**
 * In a window of its own: a browser draws a tab that lies behind another one once a second, and each
 * click waits for two frames.
 */
export async function openPopup(world: World): Promise<Page> {
  const { context, extensionId } = world.browser;
  const [over] = context.pages();
  if (over === undefined) throw new Error('There is no page to ask from.');
  const session = await context.newCDPSession(over);
  const opening = context.waitForEvent('page');
  await session.send('Target.createTarget', { url: 'about:blank', newWindow: true });
  const page = await opening;
  // Gone to once it is listened to: an address that it is born with may be there before anybody is told.
  await page.goto(`chrome-extension://${extensionId}/popup.html`);
  await page.setViewportSize(POPUP_SIZE);
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
