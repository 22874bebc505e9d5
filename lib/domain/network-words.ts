import type { Connection } from './connection.ts';
import { verifiedAt } from './health.ts';
import type { NetworkTruth, ProviderTrouble } from './network.ts';
import { distanceWords, type Words } from './words.ts';

/** When any of these was vouched for last; `null` where none ever was. */
export function lastKnownAt(connections: readonly Connection[]): number | null {
  const moments = connections.map(({ health }) => verifiedAt(health) ?? 0);
  const last = moments.reduce((a, b) => Math.max(a, b), 0);
  return last === 0 ? null : last;
}

/**
 * That this machine reaches nobody, in two sentences: what is wrong, and how old what is shown is.
 * @param isOffline what the browser says to the page, which may know before anybody has asked
 */
export function downWords(
  { down }: NetworkTruth,
  isOffline: boolean,
  knownAt: number | null,
  now: number,
): { readonly what: Words; readonly age: Words | null } | null {
  if (down === null && !isOffline) return null;
  const isKnown = isOffline || down?.kind === 'offline';
  return {
    what: { key: isKnown ? 'network_offline' : 'network_unreachable' },
    age: knownAt === null ? null : distanceWords(knownAt, now),
  };
}

/** One notice about a provider, in place of one a connection. */
export function providerTroubleWords({ name, count, since }: ProviderTrouble): Words {
  return {
    plural: 'network_provider',
    count,
    args: [name, { at: since, as: 'time' }],
  };
}

/** That this computer's clock is wrong; `null` while it is right. */
export function clockWords({ clockOffMs }: NetworkTruth): Words | null {
  if (clockOffMs === null) return null;
  const count = Math.round(Math.abs(clockOffMs) / 60_000);
  return { plural: clockOffMs > 0 ? 'clock_ahead' : 'clock_behind', count };
}
