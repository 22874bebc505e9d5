import type { Connection } from '../connection.ts';
import type { CarriedConnection, OpenFile } from './connection-file.ts';
import { FILE_VERSION } from './file-limits.ts';

/** What a file carries of a connection: no state of its credential, no evidence, no secret. */
export function carried(connection: Connection): CarriedConnection {
  const { identity } = connection;
  return {
    id: connection.id,
    name: connection.name,
    provider: connection.providerId,
    method: connection.methodId,
    params: { ...connection.params },
    identity:
      identity === null
        ? null
        : { id: identity.id, label: identity.label, workspace: identity.workspace },
    environment: connection.environmentId,
    tags: [...connection.tags],
    ...(connection.notes !== undefined && { notes: connection.notes }),
    ...(connection.statedEndAt !== undefined && { statedEndAt: connection.statedEndAt }),
    createdAt: connection.createdAt,
    authorizedAt: connection.authorizedAt,
  };
}

/** The file in the clear. */
export function openFile(connections: readonly Connection[], exportedAt: number): OpenFile {
  return {
    patchbay: 'connections',
    version: FILE_VERSION,
    exportedAt,
    connections: connections.map(carried),
  };
}
