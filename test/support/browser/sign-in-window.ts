import type { BrowserContext, Page } from 'playwright-core';

/**
 * Waits for the next window of `identity.launchWebAuthFlow`. Call it before the click that opens the
 * window, await it afterwards.
 * @returns its page, with the provider's document in it
 */
export async function signInWindow(context: BrowserContext): Promise<Page> {
  const page = await context.waitForEvent('page', {
    predicate: (opened) => !opened.url().startsWith('chrome-extension:'),
  });
  await page.waitForURL(/^https?:/);
  return page;
}
