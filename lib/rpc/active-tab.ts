import { browser } from 'wxt/browser';

/**
 * Which host the active tab shows; `null` where that is not known. The browser answers where the
 * person has opened us over it (`activeTab`) or has granted the host; the address itself is dropped
 * at once.
 */
export function askActiveHost(): Promise<string | null> {
  return browser.tabs
    .query({ active: true, currentWindow: true })
    .then(([tab]) => hostOf(tab?.url))
    .catch(() => null);
}

function hostOf(url: string | undefined): string | null {
  if (url === undefined || !URL.canParse(url)) return null;
  const { protocol, host } = new URL(url);
  return /^https?:$/.test(protocol) ? host : null;
}
