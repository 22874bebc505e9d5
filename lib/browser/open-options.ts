import { browser } from 'wxt/browser';

/** Opens the options page at a route. */
export async function openOptions(hash: string): Promise<void> {
  const url = browser.runtime.getURL('/options.html' as '/');
  await browser.tabs.create({ url: url + hash });
}
