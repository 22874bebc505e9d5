import type { BrowserContext, Locator, Page } from 'playwright-core';

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

/**
 * Signs in and allows, as one of the two people of the practice services. Whoever is signed in there
 * already is not asked who they are.
 */
export async function allowAs(window: Page, person: string): Promise<void> {
  const choose = window.getByRole('button', { name: `Continue as ${person}` });
  const allow = window.getByRole('button', { name: 'Allow' });
  await choose.or(allow).first().waitFor();
  if (await choose.isVisible()) await choose.click();
  await clickLast(allow);
}

/** Signs in and says no. */
export async function denyAs(window: Page, person: string): Promise<void> {
  await window.getByRole('button', { name: `Continue as ${person}` }).click();
  await clickLast(window.getByRole('button', { name: 'Deny' }));
}

/** Clicks what ends the sign-in: the answer closes the window, often before the click has been reported as done. */
export async function clickLast(target: Locator): Promise<void> {
  const window = target.page();
  await target.click().catch((error: unknown) => {
    if (!window.isClosed()) throw error;
  });
}
