import { browser } from 'wxt/browser';

/**
 * Asks which host the active tab shows. The browser answers where the person has opened us over it
 * (`activeTab`) or has granted the host; the address itself is dropped at once.
 * @returns what is known by then: `null` while, or where, nothing is
 */
export function askActiveHost(): () => string | null {
  let host: string | null = null;
  void browser.tabs
    .query({ active: true, currentWindow: true })
    .then(([tab]) => {
      host = hostOf(tab?.url);
    })
    .catch(() => undefined);
  return () => host;
}

function hostOf(url: string | undefined): string | null {
  if (url === undefined || !URL.canParse(url)) return null;
  const { protocol, host } = new URL(url);
  return /^https?:$/.test(protocol) ? host : null;
}
