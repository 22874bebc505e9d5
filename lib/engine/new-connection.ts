import type { Authorization, Proven } from '../domain/authorization.ts';
import { unauthorized, type Connection } from '../domain/connection.ts';
import { living } from '../domain/health.ts';
import { afterReading, sameIdentity } from '../domain/identity.ts';
import { firstCheckAt, type Pace } from '../domain/schedule.ts';
import type { Method, Provider } from '../providers/schema.ts';
import { providerMark } from './provider-mark.ts';

/** A connection as it begins, once its credential has been proven. */
export function newConnection(
  id: string,
  authorization: Pick<Authorization, 'params' | 'name' | 'environmentId' | 'tags'>,
  provider: Provider,
  method: Method,
  proven: Proven,
  pace: Pace,
  now: number,
): Connection {
  const begun = unauthorized(
    {
      id,
      name: authorization.name ?? `${provider.name} · ${proven.identity.label}`,
      providerId: provider.id,
      provider: providerMark(provider, authorization.params),
      methodId: method.id,
      methodKind: method.kind,
      params: authorization.params,
      environmentId: authorization.environmentId,
      tags: authorization.tags,
    },
    now,
  );
  return reauthorized(begun, method, proven, pace, now);
}

/** An existing connection with a new credential: everything else about it stays. */
export function reauthorized(
  connection: Connection,
  method: Method,
  proven: Proven,
  pace: Pace,
  now: number,
): Connection {
  // The end that was stated is that of the credential before, and so is what its provider said.
  const { statedEndAt: _over, told: _said, ...kept } = connection;
  const { identity, accounts } = connection;
  const isSame = identity !== null && sameIdentity(identity, proven.identity);
  return {
    ...kept,
    methodId: method.id,
    methodKind: method.kind,
    identity: proven.identity,
    accounts: isSame ? afterReading(accounts, proven.accounts) : proven.accounts,
    grant: proven.grant,
    health: living(null, now),
    authorizedAt: now,
    nextCheckAt: firstCheckAt(pace, now),
    checkedAt: now,
    troubles: 0,
    refreshStartedAt: null,
  };
}
