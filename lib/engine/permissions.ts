import type { Connection } from '../domain/connection.ts';
import { originsOf } from '../providers/origins.ts';
import type { Engine } from './engine.ts';

/** Whether a connection is known to lack the permission for its hosts. */
export function lacksPermission({ health }: Connection): boolean {
  return health.kind === 'unverified' && health.doubt === 'permission-missing';
}

/** Those of the connections whose hosts the browser does not let us reach at this moment. */
export async function withoutPermission(
  engine: Engine,
  connections: readonly Connection[],
): Promise<readonly Connection[]> {
  const found = await Promise.all(
    connections.map(async (connection) => {
      if (connection.health.kind === 'unauthorized') return [];
      const provider = await engine.providers.find(connection.providerId);
      if (provider === null) return [];
      const origins = originsOf(provider, connection.methodId, connection.params);
      return (await engine.hasOrigins(origins)) ? [] : [connection];
    }),
  );
  return found.flat();
}
