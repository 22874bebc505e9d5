/** Not all at once with whatever else waits for the network to come back. */
const JITTER_MS = 3_000;

/**
 * Calls `listener` a little after the browser has a network again. Register it synchronously.
 *
 * A service worker of Chromium hears no `online`; what it hears is that its connection changed, which
 * is said of its speed too.
 */
export function onOnline(listener: () => void): void {
  let wasOnline = navigator.onLine;
  const look = (): void => {
    const isBack = navigator.onLine && !wasOnline;
    wasOnline = navigator.onLine;
    if (isBack) setTimeout(listener, Math.random() * JITTER_MS);
  };
  const { connection } = navigator as { connection?: EventTarget };
  for (const source of [globalThis, connection])
    for (const event of ['online', 'offline', 'change']) source?.addEventListener(event, look);
}
