/**
 * Addresses in provider definitions: `https://api.example.com/{id}` or `{site}/api/v4/user`.
 *
 * A template is data from a stranger. What it expands to is checked again after expansion, because
 * a parameter that a person typed may turn a harmless template into another address.
 */

const PLACEHOLDER = /\{([A-Za-z][A-Za-z0-9]*)\}/g;

/** The names between braces, in order of appearance, without repeats. */
export function placeholders(template: string): string[] {
  return [...new Set([...template.matchAll(PLACEHOLDER)].map((match) => match[1] ?? ''))];
}

/** Whether a host is this very machine (RFC 6761 §6.3, RFC 8252 §7.3). */
export function isLoopbackHost(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(hostname)
  );
}

/** Why an address may not be used, or `null` when it may. */
export type UrlProblem = 'malformed' | 'scheme' | 'insecure' | 'userinfo' | 'fragment';

/**
 * Judges an expanded address: `https:` anywhere, `http:` only on this machine, no user info, no
 * fragment (OAuth 2.0 Security BCP, RFC 9700 §2.6).
 */
export function urlProblem(url: string): UrlProblem | null {
  if (!URL.canParse(url)) return 'malformed';
  const parsed = new URL(url);
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') return 'scheme';
  if (parsed.protocol === 'http:' && !isLoopbackHost(parsed.hostname)) return 'insecure';
  if (parsed.username !== '' || parsed.password !== '') return 'userinfo';
  if (parsed.hash !== '') return 'fragment';
  return null;
}

/** A problem of a template before anything is filled in; a leading placeholder is a whole site. */
export function templateProblem(template: string): UrlProblem | null {
  const filled = template
    .replace(/^\{[A-Za-z][A-Za-z0-9]*\}/, 'https://site.invalid')
    .replace(PLACEHOLDER, 'x');
  return urlProblem(filled);
}

/**
 * Fills a template in. A placeholder at the very start is a site (scheme, host, base path) and goes
 * in as it is, without its trailing slash; any other is percent-encoded.
 * @returns the address, or `null` when a parameter is missing or the result may not be used.
 */
export function expandUrl(
  template: string,
  params: Readonly<Record<string, string>>,
): string | null {
  let missing = false;
  const url = template.replace(PLACEHOLDER, (_, name: string, offset: number) => {
    const value = params[name];
    if (value === undefined || value === '') missing = true;
    if (value === undefined) return '';
    return offset === 0 ? value.replace(/\/+$/, '') : encodeURIComponent(value.toWellFormed());
  });
  return missing || urlProblem(url) !== null ? null : url;
}

/** The origin as a host permission asks for it: `https://api.example.com/*` (no port: match patterns of Chromium take none for a permission). */
export function originPattern(url: string): string {
  const { protocol, hostname } = new URL(url);
  return `${protocol}//${hostname}/*`;
}
