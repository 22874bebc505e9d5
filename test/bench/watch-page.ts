/**
 * Watches a page of an extension from its first moment on, and leaves it alone until its first screen
 * stands: an evaluation in between would be counted as the page's own work.
 */
import { evaluateIn, type TargetSession } from '../support/browser/target-session.ts';

/** What one opening cost. Times are milliseconds from the start of the navigation. */
export interface Opening {
  /** The frame that holds the first row is done. */
  readonly readyMs: number;
  /** The load event is over: not before it does the browser show the popup's window. */
  readonly windowMs: number;
  /** Processor time of the main thread until {@link AFTERMATH_MS} after ready, milliseconds. */
  readonly cpuMs: number;
  /** JavaScript heap after a collection, bytes. */
  readonly heapBytes: number;
  /** Elements in the page. */
  readonly elements: number;
  /** Files that were asked for, the page itself included. */
  readonly requests: number;
  /** Tasks of the main thread that took over 50 ms. */
  readonly longTasks: number;
  /** From the click to the start of the navigation: the browser's window and process, no page changes it. */
  readonly clickMs: number;
}

/** What a page still does after its first frame belongs to its price. */
const AFTERMATH_MS = 150;
const PATIENCE_MS = 20_000;
/** The end of its address by which a page says that its first screen stands. */
const SEEN = '#seen-by-bench';

interface Seen {
  readonly readyMs: number;
  readonly windowMs: number;
  readonly startedAt: number;
  readonly longTasks: number;
}

/** Begins to watch a page that has not begun to load. @returns what waits for its first screen and measures it */
export async function watchPage(
  session: TargetSession,
  firstRow: string,
): Promise<() => Promise<Omit<Opening, 'clickMs'> & { readonly startedAt: number }>> {
  const seen = whenSeen(session);
  await Promise.all([
    session.send('Performance.enable', { timeDomain: 'threadTicks' }),
    session.send('Page.enable'),
    session.send('Page.addScriptToEvaluateOnNewDocument', { source: watcher(firstRow) }),
  ]);
  return async () => {
    await seen;
    return measure(session);
  };
}

async function measure(session: TargetSession) {
  const { metrics } = await session.send<{ metrics: { name: string; value: number }[] }>(
    'Performance.getMetrics',
  );
  const metric = (name: string): number =>
    metrics.find((one) => one.name === name)?.value ?? Number.NaN;
  const seen = await evaluateIn(
    session,
    () => Reflect.get(window, 'seenByBench') as Seen,
    undefined,
  );
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send<{ usedSize: number }>('Runtime.getHeapUsage');
  const elements = await evaluateIn(
    session,
    () => document.querySelectorAll('*').length,
    undefined,
  );
  return {
    readyMs: seen.readyMs,
    windowMs: seen.windowMs,
    cpuMs: metric('ThreadTime') * 1000,
    heapBytes: usedSize,
    elements,
    requests: metric('Resources') + 1,
    longTasks: seen.longTasks,
    startedAt: seen.startedAt,
  };
}

/**
 * Resolves when the page has changed its address to {@link SEEN}: the browser tells of that by itself,
 * so nothing has to be asked of the page meanwhile.
 * @throws Error when it does not within the time
 */
function whenSeen(session: TargetSession): Promise<void> {
  return new Promise((resolve, reject) => {
    const tooLate = setTimeout(
      () => reject(new Error('The page did not show its first row.')),
      PATIENCE_MS,
    );
    session.on('Page.navigatedWithinDocument', (event) => {
      if (!(event as { url: string }).url.endsWith(SEEN)) return;
      clearTimeout(tooLate);
      resolve();
    });
  });
}

/** Runs in the popup before anything of its own; leaves what it has seen in `seenByBench`. */
function watch(firstRow: string, sign: string, aftermathMs: number): void {
  if (location.protocol !== 'chrome-extension:') return;
  let longTasks = 0;
  new PerformanceObserver((list) => {
    longTasks += list.getEntries().length;
  }).observe({ type: 'longtask', buffered: true });
  const tell = (readyMs: number): void => {
    const [navigation] = performance.getEntriesByType('navigation');
    const windowMs = (navigation as PerformanceNavigationTiming).loadEventEnd;
    const seen = { readyMs, windowMs, longTasks, startedAt: performance.timeOrigin };
    Reflect.set(window, 'seenByBench', seen);
    // Unlike a new hash, this is no event to the page.
    history.replaceState(null, '', sign);
  };
  const observer = new MutationObserver(() => {
    if (document.querySelector(firstRow) === null) return;
    observer.disconnect();
    requestAnimationFrame(() => {
      // The first task after the frame.
      const channel = new MessageChannel();
      channel.port1.addEventListener('message', () => {
        const readyMs = performance.now();
        setTimeout(() => tell(readyMs), aftermathMs);
      });
      channel.port1.start();
      channel.port2.postMessage(null);
    });
  });
  observer.observe(document, { childList: true, subtree: true });
}

/** tsx wraps every named function in a call of `__name`, which the page does not know. */
function watcher(firstRow: string): string {
  const given = [firstRow, SEEN, AFTERMATH_MS].map((value) => JSON.stringify(value)).join();
  return `{ const __name = (value) => value; (${watch.toString()})(${given}) }`;
}
