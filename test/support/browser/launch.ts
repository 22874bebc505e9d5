import { chromium, type BrowserContext, type Page, type Worker } from 'playwright-core';
import { findBrowser, type FoundBrowser } from '../../../scripts/find-browser.mjs';
import { loadUnpacked, reloadExtension, startedWorker, stopWorkers } from './background-worker.ts';
import { openToolbarPopup, type ToolbarPopup } from './toolbar-popup.ts';

export interface LaunchOptions {
  /** Folder of the unpacked extension. */
  readonly extensionDir: string;
  /** `true` needs no display. */
  readonly headless: boolean;
  /** Profile to use and keep; a fresh one that is removed on closing when left out. */
  readonly userDataDir?: string;
  readonly args?: readonly string[];
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Follows the system unless said. */
  readonly colorScheme?: 'light' | 'dark';
  /** How the extension gets in; by default the way that the browser takes. */
  readonly load?: 'flag' | 'pipe';
}

/** A running browser with the extension in it. */
export interface LaunchedBrowser {
  readonly context: BrowserContext;
  readonly extensionId: string;
  /** The background worker, started when it was asleep. */
  worker(): Promise<Worker>;
  /** Opens a page of the extension in a new tab. */
  page(path: string): Promise<Page>;
  /** Stops the background worker and resolves when it is really gone. */
  stopWorker(): Promise<void>;
  /** Reloads the extension as an update does: its pages close, its worker ends, the next one starts. */
  reload(): Promise<void>;
  /** Opens the real toolbar popup over `over`, an ordinary page, as a click on the button does. */
  openToolbarPopup(over: Page): Promise<ToolbarPopup>;
  close(): Promise<void>;
}

/** Keeps the browser off the network except where a page sends it, and off the screen's hardware. */
const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--no-default-browser-check',
  '--no-first-run',
];

/**
 * What is switched off in tests besides: pages of its own that the browser loads into each new window for
 * its address bar (Chromium 156: a fifth of all that end-to-end tests kept two cores busy with). The last
 * such list is the one that counts, so this one repeats Playwright's.
 */
export const WITHOUT_BROWSER_PAGES = `--disable-features=${[
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'TcpPortRandomizationWin',
  'ThirdPartyStoragePartitioning',
].join()}`;

/**
 * tsx wraps every named function in a call of `__name`, which a page does not know when such a
 * function is carried over into it.
 */
const TSX_NAMES = 'globalThis.__name ??= (value) => value;';

/**
 * Starts a Chromium browser with an unpacked extension in it.
 * @throws Error when there is no browser, or the extension's worker does not come up
 */
export async function launchWithExtension(options: LaunchOptions): Promise<LaunchedBrowser> {
  const browser = anyBrowser();
  const load = options.load ?? (browser.takesLoadExtension ? 'flag' : 'pipe');
  const context = await chromium.launchPersistentContext(options.userDataDir ?? '', {
    executablePath: browser.path,
    // Playwright's own headless mode would take another binary, which carries no extensions.
    headless: false,
    args: argumentsFor(options, load),
    ignoreDefaultArgs: ['--disable-extensions'],
    viewport: options.viewport ?? null,
    colorScheme: options.colorScheme ?? null,
  });
  try {
    await context.addInitScript(TSX_NAMES);
    const extensionId =
      load === 'pipe' ? await loadUnpacked(context, options.extensionDir) : await firstId(context);
    return launched(context, extensionId);
  } catch (error) {
    await context.close();
    throw error;
  }
}

function launched(context: BrowserContext, extensionId: string): LaunchedBrowser {
  return {
    context,
    extensionId,
    worker: () => startedWorker(context, extensionId),
    page: (path) => openPage(context, `chrome-extension://${extensionId}/${path}`),
    stopWorker: () => stopWorkers(context),
    reload: () => reloadExtension(context, extensionId),
    openToolbarPopup: (over) => openToolbarPopup(context, extensionId, over),
    close: () => context.close(),
  };
}

function anyBrowser(): FoundBrowser {
  const { browser } = findBrowser();
  if (browser === null) throw new Error('There is no browser. Run "node scripts/set-up.mjs".');
  return browser;
}

function argumentsFor({ extensionDir, headless, args }: LaunchOptions, load: 'flag' | 'pipe') {
  return [
    ...QUIET,
    ...(headless ? ['--headless=new'] : []),
    // The sandbox refuses to run as root, and nobody but root needs this.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--enable-unsafe-extension-debugging',
    ...(load === 'flag'
      ? [`--disable-extensions-except=${extensionDir}`, `--load-extension=${extensionDir}`]
      : []),
    ...(args ?? []),
  ];
}

async function firstId(context: BrowserContext): Promise<string> {
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  return new URL(worker.url()).host;
}

async function openPage(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  return page;
}
