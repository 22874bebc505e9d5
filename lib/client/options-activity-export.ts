/** The activity as a table to take along: all that the filters leave, shown already or not. */
import { signal, type ReadonlySignal } from '@preact/signals';
import { ACTIVITY_MAX, type ActivityFilter } from '../domain/activity.ts';
import { activityCsv, type ActivityColumn } from '../domain/transfer/activity-csv.ts';
import type { MessageKey } from '../domain/words.ts';
import { readActivity } from '../store/activity.ts';
import { environmentNameOf } from './environments.ts';
import type { Shared } from './options-deps.ts';
import { reportFailure } from './report-failure.ts';
import { CSV_TYPE, datedName, saveFile, type SaveFile } from './save-file.ts';
import { plural, t, tell } from './translate.ts';

export interface ActivityExport {
  readonly isBusy: ReadonlySignal<boolean>;
  readonly exportCsv: () => Promise<void>;
}

const HEADINGS: Record<ActivityColumn, MessageKey> = {
  at: 'activity_column_time',
  name: 'column_name',
  count: 'activity_column_count',
  what: 'activity_of_kind',
  how: 'activity_column_how',
  provider: 'column_provider',
  environment: 'column_environment',
  ids: 'transfer_id',
};

/** @param save how a file is offered */
export function createActivityExport(
  { messages, now, records }: Pick<Shared, 'messages' | 'now' | 'records'>,
  filter: ReadonlySignal<ActivityFilter>,
  save: SaveFile = saveFile,
): ActivityExport {
  const isBusy = signal(false);
  return {
    isBusy,
    async exportCsv() {
      if (isBusy.value) return;
      isBusy.value = true;
      await reportFailure(messages, async () => {
        const db = await records.database();
        const { lines } = await readActivity(db, filter.value, null, ACTIVITY_MAX);
        const text = activityCsv(lines, {
          heading: (column) => t(HEADINGS[column]),
          tell,
          environment: (id) => environmentNameOf(records.environments.value, id),
        });
        save(datedName('patchbay-activity', now(), '.csv'), CSV_TYPE, text);
        messages.say(plural('activity_exported', lines.length), 'good');
      });
      isBusy.value = false;
    },
  };
}
