import { browser } from 'wxt/browser';

/** What a page needs of the browser, handed to its models by the entry point. */
export interface PagePowers {
  /** Asks the person for host permissions; must be called in a click, before anything is awaited. */
  requestOrigins(origins: readonly string[]): Promise<boolean>;
  hasOrigins(origins: readonly string[]): Promise<boolean>;
  /** Shows the options page at a hash route, in the tab that already has it where there is one. */
  openOptions(hash: string): Promise<void>;
  /** Opens an address of somebody else in a new tab. */
  openPage(url: string): Promise<void>;
  closeWindow(): void;
  copyText(text: string): Promise<void>;
  /** A message of `_locales`. */
  message(key: string, substitutions: string[]): string;
}

const OPTIONS_PATH = '/options.html';

export const pagePowers: PagePowers = {
  requestOrigins: (origins) => browser.permissions.request({ origins: [...origins] }),
  hasOrigins: (origins) => browser.permissions.contains({ origins: [...origins] }),
  openOptions,
  async openPage(url) {
    await browser.tabs.create({ url });
  },
  closeWindow: () => window.close(),
  copyText: (text) => navigator.clipboard.writeText(text),
  message: (key, substitutions) => browser.i18n.getMessage(key as never, substitutions as never),
};

async function openOptions(hash: string): Promise<void> {
  // The polyfill's types know a window of their own, without a location.
  const views = browser.extension.getViews({ type: 'tab' }) as unknown as (typeof window)[];
  const open = views.find((view) => view.location.pathname === OPTIONS_PATH);
  if (open === undefined) {
    await browser.tabs.create({ url: browser.runtime.getURL(OPTIONS_PATH as never) + hash });
    return;
  }
  open.location.hash = hash;
  // Brings the tab that is open to the front; our own pages may not ask which tab that is.
  await browser.runtime.openOptionsPage();
}
