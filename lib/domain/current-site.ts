/** Which connections belong to the page that the person is looking at. Pure. */
import type { Connection } from './connection.ts';
import { HEALTH_ORDER } from './health.ts';

/**
 * The names under which a provider's sites may cover a host: the host itself with and without its
 * port, and the domains above it. `gist.github.com` is covered by `github.com`, never by `com`.
 * @param host as `URL.host` has it
 */
export function sitesCovering(host: string): string[] {
  const name = host.replace(/:\d+$/, '');
  // An address is not below another one.
  const labels = /^[\d.]+$|^\[/.test(name) ? [] : name.split('.');
  const above = labels.slice(1, -1).map((_, at) => labels.slice(at + 1).join('.'));
  return [...new Set([host, name, ...above])];
}

/** Whether one of a connection's sites is among {@link sitesCovering}. */
export function isAtSite({ provider }: Connection, covering: readonly string[]): boolean {
  return provider.sites?.some((site) => covering.includes(site)) ?? false;
}

/**
 * The same list with those of the current site first within each health.
 * @param connections in the order of the store's lists: by urgency, then name
 * @param host `null`: not known, the order stays
 */
export function currentSiteFirst(
  connections: readonly Connection[],
  host: string | null,
): readonly Connection[] {
  if (host === null) return connections;
  const covering = sitesCovering(host);
  const here = new Set(connections.filter((connection) => isAtSite(connection, covering)));
  if (here.size === 0) return connections;
  return HEALTH_ORDER.flatMap((kind) => {
    const group = connections.filter(({ health }) => health.kind === kind);
    return [...group.filter((one) => here.has(one)), ...group.filter((one) => !here.has(one))];
  });
}
