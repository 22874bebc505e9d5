/**
 * One opening of a real toolbar popup, measured from inside: when its window could show (`load`),
 * when the frame with its content was painted, what its main thread did, what it keeps.
 */
import type { BrowserContext, Page } from 'playwright-core';
import { stopWorkers } from '../../support/browser/background-worker.ts';
import { openToolbarPopup } from '../../support/browser/toolbar-popup.ts';

export interface Opening {
  /** Milliseconds from navigation start to the first frame with content. */
  readonly readyMs: number;
  readonly loadMs: number;
  /** Processor time of the popup's process until 150 ms after the frame, its start included, milliseconds. */
  readonly cpuMs: number;
  /** After a forced collection, bytes. */
  readonly heapBytes: number;
  readonly nodes: number;
  readonly rows: number;
}

/** What is read inside, once the frame is there and has had 150 ms more. */
interface Inside {
  readonly readyMs: number;
  readonly loadMs: number;
  readonly nodes: number;
  readonly rows: number;
}

/** Opens the popup with all workers stopped, as a person finds them, and closes it again. */
export async function openOnce(
  context: BrowserContext,
  extensionId: string,
  over: Page,
): Promise<Opening> {
  await stopWorkers(context);
  const popup = await openToolbarPopup(context, extensionId, over);
  try {
    const inside = await popup.evaluate<Inside>(look);
    await popup.session.send('Performance.enable');
    const { metrics } = await popup.session.send<Metrics>('Performance.getMetrics');
    await popup.session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await popup.session.send<{ usedSize: number }>('Runtime.getHeapUsage');
    const process = metrics.find(({ name }) => name === 'ProcessTime')?.value ?? Number.NaN;
    return { ...inside, cpuMs: process * 1000, heapBytes: usedSize };
  } finally {
    await popup.close();
  }
}

interface Metrics {
  readonly metrics: readonly { readonly name: string; readonly value: number }[];
}

/** Runs in the popup. */
async function look(): Promise<Inside> {
  const painted = (): number | undefined =>
    performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
  while (painted() === undefined) await new Promise((resolve) => requestAnimationFrame(resolve));
  await new Promise((resolve) => {
    setTimeout(resolve, 150);
  });
  const [navigation] = performance.getEntriesByType('navigation');
  if (!(navigation instanceof PerformanceNavigationTiming)) throw new TypeError('no navigation');
  return {
    readyMs: painted() ?? Number.NaN,
    loadMs: navigation.loadEventEnd,
    nodes: document.querySelectorAll('*').length,
    rows: document.querySelectorAll('[role=listitem], li').length,
  };
}
