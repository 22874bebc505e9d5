import type { BrowserContext, CDPSession, Worker } from 'playwright-core';

/** The part of a DevTools event that is read here. */
interface WorkerVersions {
  readonly versions: readonly { readonly versionId: string; readonly runningStatus: string }[];
}

/**
 * Loads an unpacked extension over the debugging pipe, which branded Chrome takes where it ignores
 * `--load-extension`.
 * @returns the extension's id
 */
export async function loadUnpacked(context: BrowserContext, path: string): Promise<string> {
  const session = await browserSession(context);
  try {
    const { id } = await session.send('Extensions.loadUnpacked', { path });
    return id;
  } finally {
    await session.detach();
  }
}

/** @returns a DevTools session of the browser itself */
export async function browserSession(context: BrowserContext): Promise<CDPSession> {
  const browser = context.browser();
  if (browser === null) throw new Error('This context has no browser of its own.');
  return browser.newBrowserCDPSession();
}

/** Starts the background worker of the extension, unless it runs, and hands it over. */
export async function startedWorker(context: BrowserContext, extensionId: string): Promise<Worker> {
  const scopeURL = `chrome-extension://${extensionId}/`;
  const isOurs = (worker: Worker) => worker.url().startsWith(scopeURL);
  await withPageSession(context, async (session) => {
    await session.send('ServiceWorker.enable');
    await session.send('ServiceWorker.startWorker', { scopeURL });
  });
  return (
    context.serviceWorkers().find(isOurs) ??
    context.waitForEvent('serviceworker', { predicate: isOurs })
  );
}

/** Has the background worker reload its extension, wherever it stands, and waits for the next one. */
export async function reloadExtension(context: BrowserContext, extensionId: string): Promise<void> {
  const worker = await startedWorker(context, extensionId);
  const next = context.waitForEvent('serviceworker');
  await worker.evaluate(() => {
    const { chrome } = globalThis as unknown as { chrome: { runtime: { reload(): void } } };
    // The answer to this comes first.
    setTimeout(() => chrome.runtime.reload(), 0);
  });
  await next;
}

/**
 * Stops every service worker and waits until each one is gone: the command itself answers earlier.
 * A worker whose script still runs is ended in the middle of it, as the browser may do.
 */
export async function stopWorkers(context: BrowserContext): Promise<void> {
  await withPageSession(context, async (session) => {
    const running = new Set<string>();
    const gone = new Promise<void>((resolve) => {
      session.on('ServiceWorker.workerVersionUpdated', ({ versions }: WorkerVersions) => {
        for (const { versionId, runningStatus } of versions) {
          if (runningStatus === 'stopped') running.delete(versionId);
          else running.add(versionId);
        }
        if (versions.length > 0 && running.size === 0) resolve();
      });
    });
    // Enabling reports every version, the stopped ones too, so this ends when none runs already.
    await session.send('ServiceWorker.enable');
    await session.send('ServiceWorker.stopAllWorkers');
    await gone;
  });
}

/** A browser tells the worker of an event before it answers whoever brought it about; a busy one says so late. */
const HEARD_WITHIN_MS = 1_500;

/**
 * Does something while every worker is stopped.
 * @returns whether that woke one: Playwright tells of a worker's first start alone
 */
export async function wakesWorker(
  context: BrowserContext,
  run: () => Promise<unknown>,
): Promise<boolean> {
  await stopWorkers(context);
  return withPageSession(context, async (session) => {
    const wakes = new Promise<true>((resolve) => {
      session.on('ServiceWorker.workerVersionUpdated', ({ versions }: WorkerVersions) => {
        // How long the start takes is no matter.
        const isAwake = ({ runningStatus }: WorkerVersions['versions'][number]) =>
          runningStatus === 'starting' || runningStatus === 'running';
        if (versions.some(isAwake)) resolve(true);
      });
    });
    await session.send('ServiceWorker.enable');
    await run();
    const sleeps = new Promise<false>((resolve) => {
      setTimeout(() => resolve(false), HEARD_WITHIN_MS);
    });
    return Promise.race([wakes, sleeps]);
  });
}

async function withPageSession<T>(
  context: BrowserContext,
  work: (session: CDPSession) => Promise<T>,
): Promise<T> {
  // Any page will do: the domain speaks of the whole profile.
  const page = context.pages()[0] ?? (await context.newPage());
  const session = await context.newCDPSession(page);
  try {
    return await work(session);
  } finally {
    await session.detach();
  }
}
