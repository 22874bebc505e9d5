/** Which filters a list is narrowed down by, in words. */
import { statusWords } from '../domain/words.ts';
import type { OptionsModel } from './options-model.ts';
import { t, tell } from './translate.ts';

export interface FilterOn {
  readonly label: string;
  readonly value: string;
}

/** The filters that are on, the search first. */
export function filtersOn({ flows, list }: Pick<OptionsModel, 'flows' | 'list'>): FilterOn[] {
  const { text, health, providerId, sync, flowId, tags, tagsMatch } = list.query.value;
  const on: FilterOn[] = [];
  if (text.trim() !== '') on.push({ label: t('filter_search'), value: text.trim() });
  if (providerId !== null) {
    const known = list.facets.value.providers.find(({ id }) => id === providerId);
    on.push({ label: t('filter_provider'), value: known?.name ?? providerId });
  }
  if (health !== null) on.push({ label: t('status'), value: tell(statusWords(health)) });
  if (sync !== null)
    on.push({ label: t('sync'), value: t(sync === 'on' ? 'sync_on' : 'sync_resting') });
  if (flowId !== null) {
    const known = flows.all.value?.find(({ id }) => id === flowId);
    on.push({ label: t('flow'), value: known?.name ?? t('flow_gone') });
  }
  if (tags.length > 0)
    on.push({
      label: tags.length > 1 ? t(TAGS_LABEL[tagsMatch]) : t('field_tags'),
      value: tags.join(', '),
    });
  return on;
}

const TAGS_LABEL = { any: 'tags_any', all: 'tags_all' } as const;
