import type { Connection } from '../connection.ts';
import { csvMoment, csvOf } from './csv.ts';

/** The columns of the table, in their order. */
export const CSV_COLUMNS = [
  'name',
  'provider',
  'identity',
  'identityId',
  'workspace',
  'method',
  'params',
  'environment',
  'tags',
  'notes',
  'created',
  'authorized',
  'id',
] as const;
export type CsvColumn = (typeof CSV_COLUMNS)[number];

/**
 * Connections as a table for a spreadsheet.
 * @param heading what a column is called, in the person's language
 */
export function connectionsCsv(
  connections: readonly Connection[],
  heading: (column: CsvColumn) => string,
): string {
  return csvOf([CSV_COLUMNS.map(heading), ...connections.map(rowOf)]);
}

function rowOf(connection: Connection): string[] {
  const { identity } = connection;
  const row: Record<CsvColumn, string> = {
    name: connection.name,
    provider: connection.provider.name,
    identity: identity?.label ?? '',
    identityId: identity?.id ?? '',
    workspace: identity?.workspace ?? '',
    method: connection.methodId,
    params: Object.entries(connection.params)
      .map(([name, value]) => `${name}: ${value}`)
      .join('; '),
    environment: connection.environmentId,
    tags: connection.tags.join('; '),
    notes: connection.notes ?? '',
    created: csvMoment(connection.createdAt),
    authorized: csvMoment(connection.authorizedAt),
    id: connection.id,
  };
  return CSV_COLUMNS.map((column) => row[column]);
}
