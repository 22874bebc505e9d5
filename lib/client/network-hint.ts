import { signal, type ReadonlySignal } from '@preact/signals';

/** Whether the browser says that there is no network: a hint, as fresh as the page. */
export function followOffline(): ReadonlySignal<boolean> {
  const isOffline = signal(!navigator.onLine);
  const look = (): void => {
    isOffline.value = !navigator.onLine;
  };
  globalThis.addEventListener('online', look);
  globalThis.addEventListener('offline', look);
  return isOffline;
}
