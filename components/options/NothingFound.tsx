import type { VNode } from 'preact';
import { filtersOn } from '../../lib/client/options-filters-on.ts';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t } from '../../lib/client/translate.ts';
import { EmptyState } from '../EmptyState.tsx';

/** What stands where the list would be when the filters leave nothing of it. */
export function NothingFound({ model }: { readonly model: OptionsModel }): VNode {
  return (
    <EmptyState title={t('none_found')} text={t('none_found_text')}>
      <ul class="filters-on" aria-label={t('filters_on')}>
        {filtersOn(model).map(({ label, value }) => (
          <li key={label}>
            {label}: <bdi>{value}</bdi>
          </li>
        ))}
      </ul>
      <button type="button" class="button" onClick={model.list.clearFilters}>
        {t('filters_clear')}
      </button>
    </EmptyState>
  );
}
