/**
 * Reading what the organisation set for this extension.
 */
import { browser } from 'wxt/browser';

/** Empty where nobody set anything: Firefox rejects then, and others have no such storage at all. */
export async function readManaged(): Promise<unknown> {
  try {
    return await browser.storage.managed.get();
  } catch {
    return {};
  }
}

/** Calls back when the organisation set something else. Registers synchronously. */
export function onManagedChanged(listener: () => void): void {
  browser.storage.onChanged.addListener((_changes, area) => {
    if (area === 'managed') listener();
  });
}
