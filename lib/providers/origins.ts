/** Which hosts get a secret. */
import { expandUrl, originPattern, placeholders } from '../domain/url-template.ts';
import { templates, type Provider } from './schema.ts';

/** Parameters that a person gave for one connection, by the id of the parameter. */
export type Params = Readonly<Record<string, string>>;

/** The parameters as a definition presets them. */
export function defaultParams(provider: Provider): Record<string, string> {
  return Object.fromEntries(
    provider.params.flatMap(({ id, default: value }) => (value === undefined ? [] : [[id, value]])),
  );
}

/**
 * Match patterns of every host that gets a secret of this method: what must be permitted before a
 * request is made. The sign-in page is not among them, the browser opens it by itself.
 * @param params without a site in it, the hosts below that site are left out
 */
export function originsOf(provider: Provider, methodId: string, params: Params): string[] {
  const urls = credentialed(provider)
    .filter((found) => found.methodId === null || found.methodId === methodId)
    .flatMap(({ template }) => expandHost(template, params) ?? []);
  return [...new Set(urls.map(originPattern))];
}

/**
 * The hosts that get a secret, to be read: `api.example.com`. Where the person gives the site and
 * nothing is preset, the label of that parameter stands for it.
 */
export function hostsOf(provider: Provider): string[] {
  const params = defaultParams(provider);
  const hosts = credentialed(provider).flatMap(({ template }) => {
    const url = expandHost(template, params);
    if (url !== null) return new URL(url).host;
    return provider.params.find(({ id }) => template.startsWith(`{${id}}`))?.label ?? [];
  });
  return [...new Set(hosts)];
}

/**
 * Hosts on which the person is at this provider: the site that the person gave, else those that the
 * definition names, else what the hosts of its interface stand under.
 */
export function sitesOf(provider: Provider, params: Params): string[] {
  const given = provider.params
    .filter(({ kind, id }) => kind === 'site' && URL.canParse(params[id] ?? ''))
    .map(({ id }) => new URL(params[id] ?? '').host);
  if (given.length > 0) return [...new Set(given)];
  if (provider.sites.length > 0) return [...provider.sites];
  return [...new Set(hostsOf(provider).map((host) => host.replace(API, '')))];
}

/** `api.example.com` is for programs; the person goes to `example.com`. */
const API = /^api\.(?=[^.]+\.)/;

function credentialed(provider: Provider) {
  return templates(provider).filter((found) => found.credentialed);
}

/** The address as far as its host matters: only a leading site decides it (see `field-rules.ts`). */
function expandHost(template: string, params: Params): string | null {
  const inner = placeholders(template).filter((name) => !template.startsWith(`{${name}}`));
  return expandUrl(template, {
    ...params,
    ...Object.fromEntries(inner.map((name) => [name, 'x'])),
  });
}
