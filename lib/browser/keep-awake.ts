import { browser } from 'wxt/browser';

/** A worker ends after 30 idle seconds; a running `fetch` or timer does not count as work. */
const BEAT_MS = 20_000;

/** A job that takes longer hangs: its worker is left to end, and the alarm starts another one. */
const LONGEST_MS = 5 * 60_000;

/**
 * Keeps the worker alive for one bounded job by calling a trivial API, as Chrome's extension
 * documentation has it; the job itself has its deadlines.
 */
export async function keepAwake<T>(job: () => Promise<T>, longestMs = LONGEST_MS): Promise<T> {
  const beat = setInterval(() => void browser.runtime.getPlatformInfo(), BEAT_MS);
  const end = setTimeout(() => clearInterval(beat), longestMs);
  try {
    return await job();
  } finally {
    clearInterval(beat);
    clearTimeout(end);
  }
}
