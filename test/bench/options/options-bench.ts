/**
 * The options page in a tab against an empty page, opened by turns in one browser; then what a person
 * does in it, from the input to the frame that shows its effect.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { loadUnpacked, stopWorkers } from '../../support/browser/background-worker.ts';
import { launchWithExtension } from '../../support/browser/launch.ts';
import type { TargetSession } from '../../support/browser/target-session.ts';
import { BARE_LIST_DIR, copyTo, EMPTY_DIR } from '../extension-copies.ts';
import { seed } from '../popup/seed.ts';
import { shuffled } from '../statistics.ts';
import { watchPage, type Opening } from '../watch-page.ts';

export interface OptionsPlan {
  readonly extensionDir: string;
  readonly size: number;
  readonly rounds: number;
  /** Of the page, CSS pixels: the list has columns where there is room for them, and cards elsewhere. */
  readonly view: { readonly width: number; readonly height: number };
  /** How many cells a row of the bare virtual list has: as many as ours has texts in such a window. */
  readonly cells: number;
  readonly onRound: () => void;
}

export interface OptionsTimes {
  readonly empty: readonly TabOpening[];
  readonly options: readonly TabOpening[];
  /** A bare virtual list, which reads everything. */
  readonly bare: readonly TabOpening[];
  /** A bare list of one screen: what any page costs that shows something out of this store. */
  readonly screen: readonly TabOpening[];
  /** Milliseconds from the input to the next frame, by what was done. */
  readonly steps: Steps;
  /** The same in a bare virtual list over the same store, as far as it can do it. */
  readonly bareSteps: Steps;
  /** Tasks of the main thread over 50 ms, while these steps were done. */
  readonly longTasks: number;
  /** Most rows that stood in the page at once. */
  readonly rowsMax: number;
}

type Steps = ReadonlyMap<string, readonly number[]>;
type TabOpening = Omit<Opening, 'clickMs'>;

const SETTLE_MS = 400;
const BARE = 'bare-list';
/** What follows a step, such as counting, is over by then and not taken for a part of the next. */
const REST_MS = 120;

export async function benchOptions(plan: OptionsPlan): Promise<OptionsTimes> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'patchbay-bench-'));
  const browser = await launchWithExtension({
    extensionDir: withBareList(path.join(scratch, 'full'), plan.extensionDir),
    headless: true,
    load: 'pipe',
  });
  try {
    const { context, extensionId } = browser;
    const emptyId = await loadUnpacked(context, EMPTY_DIR);
    const seeding = await browser.page('manifest.json');
    await seed(seeding, plan.size);
    await seeding.close();
    const bareList = `${BARE}/list.html?cells=${plan.cells}`;
    const pages = [
      ['empty', `chrome-extension://${emptyId}/popup.html`, 'p'],
      ['options', `chrome-extension://${extensionId}/options.html`, 'tbody tr.row'],
      ['bare', `chrome-extension://${extensionId}/${bareList}`, 'tbody tr.row'],
      ['screen', `chrome-extension://${extensionId}/${BARE}/popup.html`, 'li'],
    ] as const;
    const openings = {
      empty: [] as TabOpening[],
      options: [] as TabOpening[],
      bare: [] as TabOpening[],
      screen: [] as TabOpening[],
    };
    // The first round fills the browser's code cache.
    for (let round = -1; round < plan.rounds; round += 1) {
      for (const [name, url, firstRow] of shuffled(pages, Math.random)) {
        await stopWorkers(context);
        await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
        const opening = await openTab(context, url, firstRow, plan.view);
        if (round >= 0) openings[name].push(opening);
      }
      if (round >= 0) plan.onRound();
    }
    const page = await browser.page('options.html');
    await page.setViewportSize(plan.view);
    await page.locator('tbody tr.row').first().waitFor();
    const inOptions = await timeSteps(page, true);
    await page.close();
    const barePage = await browser.page(bareList);
    await barePage.setViewportSize(plan.view);
    await barePage.locator('tbody tr.row').first().waitFor();
    const { steps: bareSteps } = await timeSteps(barePage, false);
    return { ...openings, ...inOptions, bareSteps };
  } finally {
    await browser.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The extension with one more page in it, which has the same store. */
function withBareList(dir: string, extensionDir: string): string {
  copyTo(dir, extensionDir, 'key');
  cpSync(BARE_LIST_DIR, path.join(dir, BARE), { recursive: true });
  return dir;
}

async function openTab(
  context: BrowserContext,
  url: string,
  firstRow: string,
  view: OptionsPlan['view'],
): Promise<TabOpening> {
  const page = await context.newPage();
  await page.setViewportSize(view);
  const measured = await watchPage(sessionOf(await context.newCDPSession(page)), firstRow);
  await page.goto(url, { waitUntil: 'commit' });
  const { startedAt: _at, ...opening } = await measured();
  await page.close();
  return opening;
}

/** Playwright's own session, as the popup's is spoken to. */
function sessionOf(cdp: CDPSession): TargetSession {
  const untyped = cdp as unknown as {
    send(method: string, params: object): Promise<unknown>;
    on(event: string, listener: (params: unknown) => void): void;
  };
  return {
    send: <R>(method: string, params: object = {}) => untyped.send(method, params) as Promise<R>,
    on: (event, listener) => untyped.on(event, listener),
    closed: new Promise((resolve) => {
      untyped.on('Inspector.detached', () => resolve());
    }),
  };
}

/**
 * Does what people do, several times each.
 * @param isWhole whether the page can do more than search, sort and scroll
 */
async function timeSteps(
  page: Page,
  isWhole: boolean,
): Promise<Pick<OptionsTimes, 'steps' | 'rowsMax' | 'longTasks'>> {
  const steps = new Map<string, number[]>();
  let rowsMax = 0;
  await page.evaluate(watchInputs);
  const step = async (name: string, act: () => Promise<void>): Promise<void> => {
    await act();
    const taken = await page.evaluate(async () => {
      const times = Reflect.get(window, 'inputTimes') as { last: Promise<number> };
      return times.last;
    });
    steps.set(name, [...(steps.get(name) ?? []), taken]);
    const rows = await page.locator('tbody tr.row').count();
    rowsMax = Math.max(rowsMax, rows);
    await page.waitForTimeout(REST_MS);
  };
  const search = page.getByRole('searchbox').first();
  const sort = page.getByRole('button', { name: 'Name', exact: true });
  const grouping = page.getByRole('switch', { name: 'Group by provider' });
  const selectPage = page.getByRole('checkbox', { name: 'Select all on this page' });
  const selectAll = page.getByRole('button', { name: /^Select all/ });
  const clear = page.getByRole('button', { name: 'Clear selection' });
  for (let turn = 0; turn < 6; turn += 1) {
    await search.focus();
    for (const letter of 'rep')
      await step('a letter of a search', () => page.keyboard.press(letter));
    await step('the search emptied', () => search.fill(''));
    await step('sorting', () => sort.click());
    await step('a page down', async () => {
      await page.mouse.move(500, 400);
      await page.mouse.wheel(0, 600);
      await page.waitForTimeout(100);
    });
    if (!isWhole) continue;
    await step('grouping', () => grouping.click());
    await step('no groups any more', () => grouping.click());
    await step('selecting a page', () => selectPage.click());
    await step('selecting all', () => selectAll.click());
    await clear.click();
  }
  const longTasks = await page.evaluate(() => Reflect.get(window, 'longTasks') as number);
  return { steps, rowsMax, longTasks };
}

/** Runs in the page: each input starts a clock that the frame after its effect stops. */
function watchInputs(): void {
  Reflect.set(window, 'longTasks', 0);
  new PerformanceObserver((list) => {
    const before = Reflect.get(window, 'longTasks') as number;
    Reflect.set(window, 'longTasks', before + list.getEntries().length);
  }).observe({ type: 'longtask' });
  const times = { last: Promise.resolve(0) };
  Reflect.set(window, 'inputTimes', times);
  const begin = (event: Event): void => {
    times.last = new Promise((resolve) => {
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.addEventListener('message', () =>
          resolve(performance.now() - event.timeStamp),
        );
        channel.port1.start();
        channel.port2.postMessage(null);
      });
    });
  };
  for (const name of ['input', 'click', 'scroll'])
    document.addEventListener(name, begin, { capture: true, passive: true });
}
