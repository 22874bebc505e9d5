import type { Connection } from '../connection.ts';

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
 * Connections as a table for a spreadsheet: RFC 4180, and no cell that it would take for a formula.
 * @param heading what a column is called, in the person's language
 */
export function connectionsCsv(
  connections: readonly Connection[],
  heading: (column: CsvColumn) => string,
): string {
  const rows = [CSV_COLUMNS.map(heading), ...connections.map(rowOf)];
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
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
    created: moment(connection.createdAt),
    authorized: moment(connection.authorizedAt),
    id: connection.id,
  };
  return CSV_COLUMNS.map((column) => row[column]);
}

function moment(at: number | null): string {
  return at === null ? '' : new Date(at).toISOString();
}

/**
 * One cell. A spreadsheet runs what begins with one of these characters (OWASP, CSV injection); the
 * apostrophe makes it a text.
 */
function cell(text: string): string {
  const harmless = /^\s*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
