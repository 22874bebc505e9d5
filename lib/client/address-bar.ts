/** The part of the page's address after `#`, as the browser has it. */
import type { AddressBar } from './route.ts';

/** What of a window is needed. */
export interface Place {
  readonly location: Pick<Location, 'hash'>;
  readonly history: Pick<History, 'replaceState'>;
  readonly addEventListener: (type: 'hashchange', listener: () => void) => void;
}

/**
 * @param afterPaint calls back once what has changed can be seen: telling the browser costs a person who types
 *   milliseconds before each letter
 */
export function createAddressBar(place: Place, afterPaint: (run: () => void) => void): AddressBar {
  /** What the address is to be as soon as there is time. */
  let pending: string | null = null;
  /** Where we sent the browser ourselves, until it tells of that: a task later. */
  let sentTo: string | null = null;
  const write = (): void => {
    if (pending === null) return;
    place.history.replaceState(null, '', pending);
    pending = null;
  };
  return {
    hash: () => pending ?? place.location.hash,
    push(hash) {
      write();
      place.location.hash = hash;
      sentTo = place.location.hash;
    },
    replace(hash) {
      if (pending === null) afterPaint(write);
      pending = hash;
    },
    onChange(listener) {
      place.addEventListener('hashchange', () => {
        // Else the person went somewhere else meanwhile.
        if (place.location.hash !== sentTo) pending = null;
        sentTo = null;
        listener();
      });
    },
  };
}
