/** What a page does of its own, and nothing on it says is done. */
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { eventually } from './eventually.ts';

/**
 * Waits until a page has been laid out as it shall be: who watches the size of a part is told after
 * one frame was laid out, and what follows from it stands in the next.
 */
export async function laidOut(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() =>
          requestAnimationFrame(() => requestAnimationFrame(() => resolve())),
        );
      }),
  );
}

/** Waits until something has the focus: keys that are pressed before go elsewhere. */
export async function expectFocus(target: Locator): Promise<void> {
  await eventually(async () =>
    expect(await target.evaluate((element) => element === document.activeElement)).toBe(true),
  );
}
