import { BUILT_IN_ENVIRONMENTS } from '../environment.ts';
import { CSV_COLUMNS, CSV_VERSION, CSV_YES, type CsvColumn } from './connections-csv.ts';
import { splitParts, unguarded } from './csv.ts';
import { FILE_VERSION } from './file-limits.ts';
import type { BadFile, FileIssue } from './parse-file.ts';
import { readCsv, type CsvRow } from './read-csv.ts';
import type { NamedLists } from './unreadable.ts';

/** A table as the file that JSON would have been: judged like one. */
export interface CsvAsJson {
  readonly kind: 'json';
  readonly text: string;
  /** What stands in the text. */
  readonly file: NamedLists;
  /** In which line each of its connections stands. */
  readonly lines: readonly number[];
}

const MARK = /(?:^|[,"])Patchbay (\d{1,9}): (\d{1,9})"?\r?$/;

/** Whether a text says of itself that it is a table of connections. */
export function isConnectionsCsv(text: string): boolean {
  return MARK.test(text.slice(0, text.indexOf('\n')));
}

/**
 * Reads a table that Patchbay exported. What states say is not read: nothing is vouched for.
 * @param text one that {@link isConnectionsCsv} knows
 */
export function readConnectionsCsv(text: string): CsvAsJson | BadFile {
  const [, version, count] = MARK.exec(text.slice(0, text.indexOf('\n'))) ?? [];
  if (Number(version) > CSV_VERSION)
    return { kind: 'bad', code: 'transfer-newer', issues: [], issuesLeftOut: 0 };
  const table = readCsv(text);
  if ('openAt' in table) return invalid([flaw(table.openAt, 'csv-quotation')]);
  const [head, ...rows] = table;
  const width = CSV_COLUMNS.length + 1;
  const bent = [head, ...rows].find((row) => row?.cells.length !== width);
  if (bent !== undefined) return invalid([flaw(bent.line, 'csv-cells', width, bent.cells.length)]);
  const numbers = new Set(rows.map(({ cells }) => Number(cells[width - 1])));
  // The rows are what there is; the count is a stranger's word.
  if (rows.length !== Number(count) || rows.some((_, at) => !numbers.has(at + 1)))
    return invalid([flaw(null, 'csv-lines', Number(count), rows.length)]);
  const environments = new Map<string, string>();
  const connections = rows.map((row) => {
    const cell = reader(row);
    const id = cell('environmentId');
    const isOwn = BUILT_IN_ENVIRONMENTS.every((one) => one.id !== id);
    if (isOwn && !environments.has(id)) environments.set(id, cell('environment'));
    return connectionIn(cell);
  });
  const file = {
    patchbay: 'connections',
    version: FILE_VERSION,
    exportedAt: 0,
    environments: [...environments].map(([id, name]) => ({ id, name })),
    tags: [],
    views: [],
    connections,
  };
  return { kind: 'json', text: JSON.stringify(file), file, lines: rows.map(({ line }) => line) };
}

type Cell = (column: CsvColumn) => string;

const PLACES = new Map(CSV_COLUMNS.map((column, at) => [column, at]));

function reader({ cells }: CsvRow): Cell {
  return (column) => unguarded(cells[PLACES.get(column) ?? 0] ?? '');
}

/** What a file in the clear holds of it; what is wrong with it is judged as in one. */
function connectionIn(cell: Cell) {
  const identity = {
    id: cell('identityId'),
    label: cell('identity'),
    workspace: cell('workspace') || null,
  };
  return {
    id: cell('id'),
    name: cell('name'),
    provider: cell('providerId'),
    method: cell('method'),
    params: Object.fromEntries(
      splitParts(cell('params')).map((part) => {
        const colon = part.indexOf(':');
        return [part.slice(0, colon), part.slice(colon + 1).trim()];
      }),
    ),
    identity: identity.id === '' ? null : identity,
    environment: cell('environmentId'),
    tags: splitParts(cell('tags')),
    ...(cell('notes') !== '' && { notes: cell('notes') }),
    ...(cell('paused') !== '' && { pausedAt: momentIn(cell('paused')) }),
    ...(cell('muted') === CSV_YES && { isMuted: true }),
    ...(cell('snoozed') !== '' && { snoozedUntil: momentIn(cell('snoozed')) }),
    createdAt: momentIn(cell('created')),
    authorizedAt: momentIn(cell('authorized')),
  };
}

/** What is no moment stays as it is, to be refused at its place. */
function momentIn(text: string): number | string | null {
  if (text === '') return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? text : at;
}

/** Columns by the fields of JSON that they become. */
const COLUMNS: Readonly<Record<string, CsvColumn>> = {
  provider: 'providerId',
  environment: 'environmentId',
  'identity.label': 'identity',
  'identity.id': 'identityId',
  'identity.workspace': 'workspace',
  pausedAt: 'paused',
  snoozedUntil: 'snoozed',
  createdAt: 'created',
  authorizedAt: 'authorized',
};

/** Where in the table something is wrong that was found in what was made of it. */
export interface CsvPlace {
  readonly line: number;
  readonly column: CsvColumn | null;
}

/** @param path as an issue has it; @returns `null` for what stands in no line */
export function csvPlace(path: string, lines: readonly number[]): CsvPlace | null {
  if (path.startsWith(LINE)) return { line: Number(path.slice(LINE.length)), column: null };
  const [, at, field = ''] = /^connections\.(\d+)\.?(.*)$/.exec(path) ?? [];
  const line = lines[Number(at ?? -1)];
  if (line === undefined) return null;
  return { line, column: csvColumnOf(field) };
}

/** The column of a field of a connection. @param path as a file in JSON has it, within the connection */
export function csvColumnOf(path: string): CsvColumn | null {
  return COLUMNS[path] ?? CSV_COLUMNS.find((one) => one === path.split('.')[0]) ?? null;
}

/** Begins the path of what is wrong with a whole line. */
const LINE = 'line.';

/** @param line `null` for the whole table */
function flaw(line: number | null, code: string, expected?: number, received?: number): FileIssue {
  return {
    path: line === null ? '' : `${LINE}${line}`,
    code,
    expected: expected === undefined ? null : String(expected),
    received: received === undefined ? null : String(received),
  };
}

function invalid(issues: FileIssue[]): BadFile {
  return { kind: 'bad', code: 'transfer-invalid', issues, issuesLeftOut: 0 };
}
