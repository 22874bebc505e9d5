/**
 * The toolbar popup against an empty one, opened by turns in one browser.
 */
import { cpSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { loadUnpacked, stopWorkers } from '../../support/browser/background-worker.ts';
import { launchWithExtension } from '../../support/browser/launch.ts';
import { BARE_LIST_DIR, copyTo, EMPTY_DIR } from '../extension-copies.ts';
import { shuffled } from '../statistics.ts';
import type { Opening } from '../watch-page.ts';
import { openWatched, type Popup } from './open-watched.ts';
import { seed } from './seed.ts';

export interface PopupPlan {
  readonly extensionDir: string;
  /** A folder to put copies of the extension into. */
  readonly scratchDir: string;
  /** How many connections each copy of the extension holds. */
  readonly sizes: readonly number[];
  readonly rounds: number;
  /** Told after each round. */
  readonly onRound: (round: number) => void;
}

/** The openings of each page, one a round, in the order of the rounds; by the page's name. */
export type PopupOpenings = ReadonlyMap<string, readonly Opening[]>;

/** The page that all others are compared with; opened twice a round, the second time as any other. */
export const EMPTY = 'empty page';
export const EMPTY_AGAIN = 'empty page again';
/** 1,000 of the same records, read and shown with the least that does it. */
export const BARE_LIST = 'bare list';

/** How many connections the bare list holds. */
const BARE_SIZE = 1_000;
/** The browser's code cache is filled by then, as it is for anybody who opens it a second time. */
const WARM_UP_ROUNDS = 2;
/** Processes of the opening before have ended by then. */
const SETTLE_MS = 400;

/** Opens every page once a round, in an order that changes, with all workers stopped beforehand. */
export async function benchPopup(plan: PopupPlan): Promise<PopupOpenings> {
  const ordinary = await serveOrdinaryPage();
  const copies = copyExtension(plan);
  const first = bareList(plan);
  const browser = await launchWithExtension({
    extensionDir: first,
    headless: true,
    load: 'pipe',
  });
  try {
    const { context } = browser;
    const control = { extensionId: await loadUnpacked(context, EMPTY_DIR), firstRow: 'p' };
    const popups = new Map<string, Popup>([
      [EMPTY, control],
      [EMPTY_AGAIN, control],
    ]);
    await seedExtension(context, browser.extensionId, BARE_SIZE);
    popups.set(BARE_LIST, { extensionId: browser.extensionId, firstRow: 'main li' });
    for (const { dir, size } of copies) {
      const extensionId = await loadUnpacked(context, dir);
      await seedExtension(context, extensionId, size);
      popups.set(nameOf(size), { extensionId, firstRow: 'main li' });
    }
    const over = await context.newPage();
    await over.goto(ordinary.url);
    return await runRounds(context, popups, over, plan);
  } finally {
    await browser.close();
    await ordinary.stop();
  }
}

/** What a page is called in the results. */
export function nameOf(size: number): string {
  return `${size.toLocaleString('en')} connections`;
}

async function runRounds(
  context: BrowserContext,
  popups: ReadonlyMap<string, Popup>,
  over: Page,
  { rounds, onRound }: PopupPlan,
): Promise<PopupOpenings> {
  const openings = new Map<string, Opening[]>([...popups.keys()].map((name) => [name, []]));
  for (let round = -WARM_UP_ROUNDS; round < rounds; round += 1) {
    for (const [name, popup] of shuffled([...popups], Math.random)) {
      await stopWorkers(context);
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
      const opening = await openWatched(context, popup, over);
      if (round >= 0) openings.get(name)?.push(opening);
    }
    if (round >= 0) onRound(round + 1);
  }
  return openings;
}

async function seedExtension(context: BrowserContext, id: string, size: number): Promise<void> {
  const page = await context.newPage();
  await page.goto(`chrome-extension://${id}/manifest.json`);
  await seed(page, size);
  await page.close();
}

function copyExtension({ extensionDir, scratchDir, sizes }: PopupPlan) {
  return sizes.map((size) => ({
    size,
    dir: copyTo(path.join(scratchDir, `with-${size}`), extensionDir, 'key'),
  }));
}

/** Our extension, for its store, with another popup. */
function bareList({ extensionDir, scratchDir }: PopupPlan): string {
  const dir = path.join(scratchDir, 'bare-list');
  copyTo(dir, extensionDir, 'key', 'content_security_policy');
  cpSync(BARE_LIST_DIR, dir, { recursive: true });
  return dir;
}

/** The page that the popup opens over; no page of an extension, as they share a process. */
async function serveOrdinaryPage(): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>Ordinary</title><p>Any page of the web.');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
