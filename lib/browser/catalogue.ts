import { browser } from 'wxt/browser';
import type { Provider } from '../providers/schema.ts';

/**
 * The built-in providers, out of the package: as data beside the script they cost nothing each time
 * that the background wakes for something else. `lib/providers/catalogue.ts` is what the file is made of.
 */
export async function readCatalogue(): Promise<readonly Provider[]> {
  const response = await fetch(browser.runtime.getURL('/catalogue.json' as never));
  return (await response.json()) as readonly Provider[];
}
