/**
 * Spoils the answer that goes back to the client through the browser (RFC 6749 §4.1.2, RFC 9207).
 */

export type RedirectTamper =
  | { readonly kind: 'state-missing' }
  | { readonly kind: 'state-wrong' }
  /** The state of the answer before this one. */
  | { readonly kind: 'state-replayed' }
  | { readonly kind: 'iss-missing' }
  | { readonly kind: 'iss-wrong' }
  /** The same host, another path. */
  | { readonly kind: 'other-path' }
  /** The parameters behind `#` instead of `?`. */
  | { readonly kind: 'fragment' }
  /** An error instead of a code. */
  | { readonly kind: 'error'; readonly error: string; readonly description?: string };

export interface RedirectTamperer {
  set(tamper: RedirectTamper | null): void;
  /** The address to send instead of the server's own. */
  rewrite(location: string): string;
}

export function createRedirectTamperer(): RedirectTamperer {
  let current: RedirectTamper | null = null;
  let lastState = 'a-state-of-before';
  return {
    set(tamper) {
      current = tamper;
    },
    rewrite(location) {
      const url = new URL(location);
      const state = url.searchParams.get('state');
      if (current) spoil(url, current, lastState);
      lastState = state ?? lastState;
      return url.href;
    },
  };
}

function spoil(url: URL, tamper: RedirectTamper, lastState: string): void {
  const { searchParams } = url;
  switch (tamper.kind) {
    case 'state-missing':
      return searchParams.delete('state');
    case 'state-wrong':
      return searchParams.set('state', 'a-state-of-nobody');
    case 'state-replayed':
      return searchParams.set('state', lastState);
    case 'iss-missing':
      return searchParams.delete('iss');
    case 'iss-wrong':
      return searchParams.set('iss', 'https://elsewhere.example');
    case 'other-path':
      url.pathname = '/elsewhere';
      return;
    case 'fragment':
      url.hash = searchParams.toString();
      url.search = '';
      return;
    case 'error':
      searchParams.delete('code');
      searchParams.set('error', tamper.error);
      if (tamper.description !== undefined)
        searchParams.set('error_description', tamper.description);
      return;
  }
}
