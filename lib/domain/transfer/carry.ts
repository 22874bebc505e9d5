import type { AccountChoice } from '../account-choice.ts';
import type { Connection } from '../connection.ts';
import type { Flow } from '../flow.ts';
import type { Belongings } from './belongings.ts';
import { carriedFlows } from './carry-flows.ts';
import type { CarriedConnection, OpenFile } from './connection-file.ts';
import {
  FILE_ACCOUNT_LENGTH_MAX,
  FILE_ACCOUNTS_MAX,
  FILE_VERSION,
  FILE_VERSION_WITHOUT_FLOWS,
} from './file-limits.ts';

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
    ...(connection.accountChoice !== undefined && {
      accountChoice: carriedChoice(connection.accountChoice),
    }),
    ...(connection.notes !== undefined && { notes: connection.notes }),
    ...(connection.statedEndAt !== undefined && { statedEndAt: connection.statedEndAt }),
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
  const hasFlows = travelling.length > 0;
  return {
    patchbay: 'connections',
    version: hasFlows ? FILE_VERSION : FILE_VERSION_WITHOUT_FLOWS,
    exportedAt,
    environments: environments.map(({ id, name }) => ({ id, name })),
    tags: tags.map(({ name, color }) => ({ name, color })),
    views: views.map(({ id, name, search }) => ({ id, name, search })),
    connections: connections.map(carried),
    ...(hasFlows && { flows: travelling }),
  };
}
