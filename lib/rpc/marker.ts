/**
 * The marker of what was here, in the browser's extension storage: the one thing of ours that stands
 * there (docs/decisions/0021-corruption.md). The background writes it; pages read it.
 */
import { browser } from 'wxt/browser';
import { isOutdated, markerOf, NO_MARKER, type Marker } from '../domain/marker.ts';

const NAME = 'had';

/** Nothing where it cannot be read. */
export async function readMarker(): Promise<Marker> {
  try {
    return markerOf((await browser.storage.local.get(NAME))[NAME]);
  } catch {
    return NO_MARKER;
  }
}

/** Writes down how many connections there are now, where that is news. */
export async function writeMarker(count: number, now: number): Promise<void> {
  const known = await readMarker();
  if (!isOutdated(known, count, now)) return;
  await browser.storage.local.set({ [NAME]: { count, at: now } }).catch(() => undefined);
}
