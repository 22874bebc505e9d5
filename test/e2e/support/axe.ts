import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { IS_DEEP } from '../../support/deep.ts';

/** Those that axe asks about by itself and that look at colours. */
const COLOR_RULES = ['color-contrast', 'link-in-text-block'] as const;

/** Expects that axe objects to nothing in a page as it stands, light and dark. */
export async function expectNothingFound(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    // What is on its way from one colour to another has neither.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // Of the other theme the colours alone are others; the deep run asks about everything again.
    const rules = colorScheme === 'light' || IS_DEEP ? null : COLOR_RULES;
    const found = await axeFindings(page, rules);
    expect(found, `${colorScheme}, ${page.url()}`).toEqual([]);
  }
}

/**
 * The rule and the place of each finding.
 * @param rules which are asked about; all of them for `null`
 */
async function axeFindings(page: Page, rules: readonly string[] | null): Promise<string[]> {
  // Half a megabyte, which stays until the page goes elsewhere.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate((only) => {
    const { axe } = globalThis as unknown as {
      axe: { run(options: axe.RunOptions): Promise<axe.AxeResults> };
    };
    return axe.run({
      // Of what is as it should be, nobody reads where it stands.
      resultTypes: ['violations'],
      ...(only === null ? {} : { runOnly: { type: 'rule', values: [...only] } }),
    });
  }, rules);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary ?? ''}`,
    ),
  );
}
