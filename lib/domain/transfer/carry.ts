import type { AccountChoice } from '../account-choice.ts';
import type { Connection } from '../connection.ts';
import type { Flow } from '../flow.ts';
import type { Belongings } from './belongings.ts';
import { carriedFlows } from './carry-flows.ts';
import type { CarriedConnection, OpenFile } from './connection-file.ts';
import {
  FILE_ACCOUNT_LENGTH_MAX,
  FILE_ACCOUNTS_MAX,
  OLD_CONNECTIONS_MAX,
  type FileVersion,
} from './file-limits.ts';

/** What a file carries of a connection: no state of its credential, no evidence, no secret. */
export function carried(connection: Connection): CarriedConnection {
  const { identity, sync, snoozedUntil } = connection;
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
    ...(connection.accountChoice !== undefined && {
      accountChoice: carriedChoice(connection.accountChoice),
    }),
    ...(connection.notes !== undefined && { notes: connection.notes }),
    ...(connection.statedEndAt !== undefined && { statedEndAt: connection.statedEndAt }),
    ...(sync.kind === 'paused' && { pausedAt: sync.since }),
    ...(connection.isMuted === true && { isMuted: true }),
    ...(snoozedUntil !== undefined && { snoozedUntil }),
    createdAt: connection.createdAt,
    authorizedAt: connection.authorizedAt,
  };
}

/** A provider's ids and labels have no bound here; a file has one. */
function carriedChoice({ kind, accounts }: AccountChoice): CarriedConnection['accountChoice'] {
  return {
    kind,
    accounts: accounts
      .filter(({ id }) => id.length <= FILE_ACCOUNT_LENGTH_MAX)
      .slice(0, FILE_ACCOUNTS_MAX)
      .map(({ id, label }) => ({ id, label: label.slice(0, FILE_ACCOUNT_LENGTH_MAX) })),
  };
}

/** The file in the clear. @param flows those of them travel that use one of the connections */
export function openFile(
  connections: readonly Connection[],
  { environments, tags, views }: Belongings,
  exportedAt: number,
  flows: readonly Flow[] = [],
): OpenFile {
  const travelling = carriedFlows(flows, connections);
  const all = connections.map(carried);
  const hasFlows = travelling.length > 0;
  return {
    patchbay: 'connections',
    version: versionFor(all, hasFlows),
    exportedAt,
    environments: environments.map(({ id, name }) => ({ id, name })),
    tags: tags.map(({ name, color }) => ({ name, color })),
    views: views.map(({ id, name, search }) => ({ id, name, search })),
    connections: all,
    ...(hasFlows && { flows: travelling }),
  };
}

/** The oldest that knows what is in a file: whoever reads that one reads the file. */
function versionFor(connections: readonly CarriedConnection[], hasFlows: boolean): FileVersion {
  const isQuieted = connections.some(
    ({ pausedAt, isMuted, snoozedUntil }) => (pausedAt ?? isMuted ?? snoozedUntil) !== undefined,
  );
  if (isQuieted || connections.length > OLD_CONNECTIONS_MAX) return 3;
  return hasFlows ? 2 : 1;
}
