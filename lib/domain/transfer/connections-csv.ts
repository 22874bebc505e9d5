import type { Connection } from '../connection.ts';
import { accountsWords, healthKindWords, healthWords, type Words } from '../words.ts';
import { csvMoment, csvOf, joinedParts } from './csv.ts';
import { inUtc } from './utc-words.ts';

/** The columns of the table, in their order; {@link csvMark} heads one more. */
export const CSV_COLUMNS = [
  'name',
  'provider',
  'identity',
  'workspace',
  'environment',
  'status',
  'reason',
  'accounts',
  'sync',
  'flows',
  'tags',
  'notes',
  'params',
  'created',
  'authorized',
  'checked',
  'paused',
  'muted',
  'snoozed',
  'method',
  'identityId',
  'environmentId',
  'providerId',
  'id',
] as const;
export type CsvColumn = (typeof CSV_COLUMNS)[number];

/** Grows when a table says more, or otherwise, than those before could read. */
export const CSV_VERSION = 1;
/** In every language: what no reader of the table has to understand. */
export const CSV_YES = 'x';

/** The last heading: by which a table is known to be one of ours, and to be whole. */
export function csvMark(rows: number): string {
  return `Patchbay ${CSV_VERSION}: ${rows}`;
}

/** How the table speaks to the person. */
export interface ConnectionsSpeech {
  readonly heading: (column: CsvColumn) => string;
  readonly tell: (words: Words) => string;
  readonly environment: (id: string) => string;
  /** How many flows use it. */
  readonly flows: (id: string) => number;
}

/**
 * Connections as a table for a spreadsheet; without its words for states it can be imported again.
 * @param now epoch ms
 */
export function connectionsCsv(
  connections: readonly Connection[],
  speech: ConnectionsSpeech,
  now: number,
): string {
  return csvOf([
    [...CSV_COLUMNS.map(speech.heading), csvMark(connections.length)],
    ...connections.map((connection, at) => {
      const row = rowOf(connection, speech, now);
      return [...CSV_COLUMNS.map((column) => row[column]), String(at + 1)];
    }),
  ]);
}

function rowOf(
  connection: Connection,
  { tell, environment, flows }: ConnectionsSpeech,
  now: number,
): Record<CsvColumn, string> {
  const { identity, health, sync } = connection;
  return {
    name: connection.name,
    provider: connection.provider.name,
    identity: identity?.label ?? '',
    workspace: identity?.workspace ?? '',
    environment: environment(connection.environmentId),
    status: tell(healthKindWords(health.kind)),
    reason:
      health.kind === 'expiring'
        ? csvMoment(health.expiresAt)
        : healthWords(health, now)
            .slice(1)
            .map((words) => tell(inUtc(words)))
            .join('; '),
    accounts: tell(accountsWords(connection.accounts, connection.accountChoice)),
    sync: tell({ key: sync.kind === 'on' ? 'sync_on' : 'sync_resting' }),
    flows: String(flows(connection.id)),
    tags: joinedParts(connection.tags),
    notes: connection.notes ?? '',
    params: joinedParts(
      Object.entries(connection.params).map(([name, value]) => `${name}: ${value}`),
    ),
    created: csvMoment(connection.createdAt),
    authorized: csvMoment(connection.authorizedAt),
    checked: csvMoment(connection.checkedAt),
    paused: csvMoment(sync.kind === 'paused' ? sync.since : null),
    muted: connection.isMuted === true ? CSV_YES : '',
    snoozed: csvMoment(connection.snoozedUntil ?? null),
    method: connection.methodId,
    identityId: identity?.id ?? '',
    environmentId: connection.environmentId,
    providerId: connection.providerId,
    id: connection.id,
  };
}
