import { browser } from 'wxt/browser';

/**
 * What is listened to only while a person signs in. A worker that dies meanwhile leaves its listeners
 * registered, and each such event would wake the next one for nothing, for good. To add and remove
 * one is what makes the browser forget. On a telephone there may be no windows.
 */
export function dropListeners(): void {
  const none = (): void => undefined;
  const { tabs, windows } = browser as Partial<typeof browser>;
  for (const event of [tabs?.onUpdated, tabs?.onRemoved, tabs?.onReplaced, windows?.onCreated]) {
    event?.addListener(none);
    event?.removeListener(none);
  }
}
