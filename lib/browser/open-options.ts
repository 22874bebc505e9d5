import { browser } from 'wxt/browser';

/** Shows the options page at a route, in the tab that already has it where there is one. */
export async function openOptions(hash: string): Promise<void> {
  const url = browser.runtime.getURL('/options.html' as '/');
  await browser.tabs.create({ url: url + hash });
}
