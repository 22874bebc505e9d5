import type { Activity } from '../activity.ts';
import { activityWords } from '../activity-words.ts';
import type { Words } from '../words.ts';
import { csvMoment, csvOf } from './csv.ts';
import { inUtc } from './utc-words.ts';

/** The columns of the table, in their order; their headings say that moments are in UTC. */
export const ACTIVITY_COLUMNS = [
  'at',
  'name',
  'count',
  'what',
  'how',
  'provider',
  'environment',
  'ids',
] as const;
export type ActivityColumn = (typeof ACTIVITY_COLUMNS)[number];

/** How the table speaks to the person. */
export interface ActivitySpeech {
  readonly heading: (column: ActivityColumn) => string;
  readonly tell: (words: Words) => string;
  readonly environment: (id: string) => string;
}

/** What happened as a table for a spreadsheet, in the order given. */
export function activityCsv(lines: readonly Activity[], speech: ActivitySpeech): string {
  return csvOf([
    ACTIVITY_COLUMNS.map(speech.heading),
    ...lines.map((line) => {
      const row = rowOf(line, speech);
      return ACTIVITY_COLUMNS.map((column) => row[column]);
    }),
  ]);
}

function rowOf(
  line: Activity,
  { tell, environment }: ActivitySpeech,
): Record<ActivityColumn, string> {
  const [what = '', ...how] = activityWords(line).map((words) => tell(inUtc(words)));
  return {
    at: csvMoment(line.at),
    name: line.name,
    count: String(line.count),
    what,
    how: how.join('; '),
    provider: line.providerName,
    environment: environment(line.environmentId),
    ids: line.connectionIds.join('; '),
  };
}
