import type { VNode } from 'preact';
import { filtersOn } from '../../lib/client/options-filters-on.ts';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { plural, t } from '../../lib/client/translate.ts';
import { EmptyState } from '../EmptyState.tsx';

/** What stands where the list would be when the filters leave nothing of it. */
export function NothingFound({ model }: { readonly model: OptionsModel }): VNode {
  const { environment, list } = model;
  const elsewhere = list.elsewhere.value;
  return (
    <EmptyState title={t('none_found')} text={t('none_found_text')}>
      <ul class="filters-on" aria-label={t('filters_on')}>
        {filtersOn(model).map(({ label, value }) => (
          <li key={label}>
            {label}: <bdi>{value}</bdi>
          </li>
        ))}
      </ul>
      <button type="button" class="button" onClick={list.clearFilters}>
        {t('filters_clear')}
      </button>
      {elsewhere > 0 && (
        <p>
          {plural('none_found_elsewhere', elsewhere)} ·{' '}
          <button
            type="button"
            class="button button-plain"
            onClick={() => void environment.choose(null)}
          >
            {t('action_show_all')}
          </button>
        </p>
      )}
    </EmptyState>
  );
}
