/**
 * Goes through the sign-in pages as a person with a browser would: cookies, redirects and forms, by
 * `fetch` alone. For tests of the practice services themselves; everything else uses real browsers.
 */
import { createHash, randomBytes } from 'node:crypto';
import { CLIENT_ID, PROVIDER_ID, SCOPES } from './authorisation/client.ts';
import { EXTENSION_ID, type Person, type Practice } from './practice.ts';

export const REDIRECT_URL = `https://${EXTENSION_ID}.chromiumapp.org/${PROVIDER_ID}`;

export interface BrowserStandIn {
  /** Follows redirects as far as the practice services; other addresses are returned unvisited. */
  open(url: string, form?: Record<string, string>): Promise<Visit>;
}

export type Visit =
  | { readonly kind: 'page'; readonly url: string; readonly status: number; readonly html: string }
  | { readonly kind: 'away'; readonly url: URL };

export function createBrowserStandIn(): BrowserStandIn {
  const cookies = new Map<string, { value: string; path: string }>();
  const keep = (response: Response) => {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(/;\s*/);
      const name = pair.slice(0, pair.indexOf('='));
      const value = pair.slice(pair.indexOf('=') + 1);
      const path = attributes.find((one) => /^path=/i.test(one))?.slice(5) ?? '/';
      if (value === '') cookies.delete(`${name} ${path}`);
      else cookies.set(`${name} ${path}`, { value, path });
    }
  };
  const cookieHeader = (path: string) =>
    [...cookies]
      .filter(([, cookie]) => path.startsWith(cookie.path))
      .map(([key, { value }]) => `${key.split(' ')[0]}=${value}`)
      .join('; ');

  return {
    async open(url, form) {
      let target = new URL(url);
      let body = form === undefined ? undefined : new URLSearchParams(form);
      for (let hop = 0; hop < 20; hop += 1) {
        if (target.hostname !== '127.0.0.1') return { kind: 'away', url: target };
        const response = await fetch(target, {
          redirect: 'manual',
          headers: { cookie: cookieHeader(target.pathname), accept: 'text/html' },
          ...(body && { method: 'POST', body }),
        });
        keep(response);
        const location = response.headers.get('location');
        const html = await response.text();
        if (location !== null) {
          target = new URL(location, target);
          body = undefined;
          continue;
        }
        // The server signs one person out before another comes in by a form that posts itself.
        const self = /document\.forms\[0\]\.submit/.test(html) ? formOf(html) : null;
        if (self === null) return { kind: 'page', url: target.href, status: response.status, html };
        target = new URL(self.action, target);
        body = self.body;
      }
      throw new Error(`Too many redirects, last to ${target.origin}${target.pathname}`);
    },
  };
}

function formOf(html: string): { action: string; body: URLSearchParams } {
  const action = /action="([^"]+)"/.exec(html)?.[1] ?? '';
  const inputs = [...html.matchAll(/name="([^"]+)" value="([^"]*)"/g)];
  return {
    action,
    body: new URLSearchParams(inputs.map(([, name = '', value = '']) => [name, value])),
  };
}

export interface SignInOptions {
  readonly person: Person;
  readonly prompt?: string;
  readonly loginHint?: string;
  readonly decision?: 'allow' | 'deny';
  readonly browser?: BrowserStandIn;
  readonly state?: string;
}

export interface SignIn {
  /** The address at which the client gets its answer. */
  readonly redirect: URL;
  readonly verifier: string;
  readonly state: string;
  /** Titles of the pages that the person saw. */
  readonly pages: readonly string[];
}

/** Walks through the whole of a sign-in, up to the redirect back to the client. */
export async function signIn(practice: Practice, options: SignInOptions): Promise<SignIn> {
  const { person, prompt = 'consent', loginHint, decision = 'allow' } = options;
  const { browser = createBrowserStandIn(), state = randomBytes(16).toString('hex') } = options;
  const verifier = randomBytes(32).toString('base64url');
  const address = new URL(`${practice.origins.authorisation}/auth`);
  address.search = new URLSearchParams({
    client_id: CLIENT_ID,
    redirect_uri: REDIRECT_URL,
    response_type: 'code',
    scope: SCOPES.join(' '),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    state,
    ...(prompt !== '' && { prompt }),
    ...(loginHint !== undefined && { login_hint: loginHint }),
  }).toString();
  const pages: string[] = [];
  let visit = await browser.open(address.href);
  while (visit.kind === 'page') {
    pages.push(/<title>(.*?)<\/title>/.exec(visit.html)?.[1] ?? '');
    const { action } = formOf(visit.html);
    if (!action.startsWith('/interaction/')) throw new Error(`Stuck at: ${visit.html}`);
    const form: Record<string, string> = action.endsWith('/account')
      ? { account: person }
      : { decision };
    visit = await browser.open(new URL(action, visit.url).href, form);
  }
  return { redirect: visit.url, verifier, state, pages };
}

export interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly expires_in: number;
  readonly token_type: string;
  readonly scope: string;
}

/** One request to the token endpoint. */
export function askToken(
  practice: Practice,
  params: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${practice.origins.authorisation}/token`, {
    method: 'POST',
    headers,
    body: new URLSearchParams({ client_id: CLIENT_ID, ...params }),
  });
}

export async function exchange(practice: Practice, done: SignIn): Promise<Tokens> {
  const response = await askToken(practice, {
    grant_type: 'authorization_code',
    code: done.redirect.searchParams.get('code') ?? '',
    code_verifier: done.verifier,
    redirect_uri: REDIRECT_URL,
  });
  if (response.status !== 200) throw new Error(`Token endpoint: ${await response.text()}`);
  return (await response.json()) as Tokens;
}

export function refresh(
  practice: Practice,
  refreshToken: string,
  headers: Record<string, string> = {},
): Promise<Response> {
  return askToken(practice, { grant_type: 'refresh_token', refresh_token: refreshToken }, headers);
}

/** Signs in and exchanges the code. */
export async function obtainTokens(practice: Practice, person: Person): Promise<Tokens> {
  return exchange(practice, await signIn(practice, { person }));
}
