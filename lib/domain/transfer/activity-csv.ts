import type { Activity } from '../activity.ts';
import { activityWords } from '../activity-words.ts';
import type { Argument, Words } from '../words.ts';
import { csvMoment, csvOf } from './csv.ts';

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

/** A page writes moments as its reader's clock has them; a file is read elsewhere. */
function inUtc(words: Words): Words {
  const written = (argument: Argument): Argument =>
    typeof argument === 'object' ? csvMoment(argument.at) : argument;
  return words.args === undefined ? words : { ...words, args: words.args.map(written) };
}
