import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t, tell } from '../../lib/client/translate.ts';
import { ACTIVITY_TOPICS, ALL_ACTIVITY, type ActivityTopic } from '../../lib/domain/activity.ts';
import { errorWords } from '../../lib/domain/words.ts';
import { EmptyState } from '../EmptyState.tsx';
import { EnvironmentSelect } from '../EnvironmentSelect.tsx';
import { ActivityDayList } from './ActivityDayList.tsx';
import { OnlyOf } from './OnlyOf.tsx';
import { useSearchKey } from './use-search-key.ts';

interface Props {
  readonly model: OptionsModel;
}

/** Everything that happened, the newest first, a part at a time. */
export function ActivitySection({ model }: Props): VNode {
  const { activity, activityExport } = model;
  return (
    <main class="page">
      <header class="page-header">
        <h1>{t('activity')}</h1>
        <button
          type="button"
          class="button"
          disabled={(activity.days.value ?? []).length === 0 || activityExport.isBusy.value}
          onClick={() => void activityExport.exportCsv()}
        >
          {t('transfer_export_csv')}
        </button>
      </header>
      <p class="quiet">{t('activity_explained')}</p>
      <Filters model={model} />
      <OnlyOf
        model={model}
        connectionId={activity.filter.value.connectionId}
        all={t('activity_show_all')}
        onShowAll={() => activity.narrow({ connectionId: null })}
      />
      <Log model={model} />
    </main>
  );
}

function Filters({ model }: Props): VNode {
  const { activity, records } = model;
  const { text, topic, providerId, environmentId } = activity.filter.value;
  const field = useRef<HTMLInputElement>(null);
  useSearchKey(field);
  return (
    <div class="activity-filters">
      <input
        ref={field}
        class="field search"
        type="search"
        dir="auto"
        aria-label={t('activity_search')}
        placeholder={t('activity_search')}
        value={text}
        onInput={(event) => activity.narrow({ text: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === 'Escape') activity.narrow({ text: '' });
        }}
      />
      <select
        class="field"
        aria-label={t('activity_of_kind')}
        value={topic ?? ''}
        onChange={(event) =>
          activity.narrow({ topic: (event.currentTarget.value || null) as ActivityTopic | null })
        }
      >
        <option value="">{t('activity_of_anything')}</option>
        {ACTIVITY_TOPICS.map((one) => (
          <option key={one} value={one}>
            {t(`activity_topic_${one}`)}
          </option>
        ))}
      </select>
      <select
        class="field"
        aria-label={t('column_provider')}
        value={providerId ?? ''}
        onChange={(event) => activity.narrow({ providerId: event.currentTarget.value || null })}
      >
        <option value="">{t('providers_all')}</option>
        {providers(model).map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <EnvironmentSelect
        environments={records.environments.value}
        value={environmentId}
        onChange={(chosen) => activity.narrow({ environmentId: chosen })}
      />
    </div>
  );
}

/** Those in use, and the one of the address where nobody uses it any more. */
function providers({ activity }: OptionsModel): readonly { id: string; name: string }[] {
  const used = activity.providers.value;
  const { providerId } = activity.filter.value;
  const isKnown = providerId === null || used.some(({ id }) => id === providerId);
  return isKnown ? used : [...used, { id: providerId, name: providerId }];
}

function Log({ model }: Props): VNode | null {
  const { activity } = model;
  const trouble = activity.trouble.value;
  const days = activity.days.value;
  if (trouble !== null)
    return <EmptyState title={t('activity_trouble')} text={tell(errorWords(trouble))} />;
  if (days === null) return null;
  if (days.length === 0) return <Nothing model={model} />;
  return (
    <>
      {days.map((day) => (
        <ActivityDayList key={day.day} model={model} day={day} />
      ))}
      {activity.hasMore.value && (
        <button type="button" class="button activity-more" onClick={() => void activity.more()}>
          {t('activity_more')}
        </button>
      )}
    </>
  );
}

function Nothing({ model: { activity } }: Props): VNode {
  const isAll = Object.entries(ALL_ACTIVITY).every(
    ([field, value]) => activity.filter.value[field as keyof typeof ALL_ACTIVITY] === value,
  );
  return isAll ? (
    <EmptyState title={t('activity_none')} text={t('activity_none_text')} />
  ) : (
    <EmptyState title={t('activity_empty_filtered')} text={t('activity_empty_filtered_text')} />
  );
}
