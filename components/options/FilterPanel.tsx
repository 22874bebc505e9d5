import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t } from '../../lib/client/translate.ts';
import { SYNC_CHOICES, type SyncKind } from '../../lib/domain/query.ts';
import { FlowFilter } from './FlowFilter.tsx';
import { ProviderFilter } from './ProviderFilter.tsx';
import { TagFilter } from './TagFilter.tsx';

/** The filters beside the list: each choice says how many it would show. */
export function FilterPanel({ model }: { readonly model: OptionsModel }): VNode {
  return (
    <div class="filter-panel">
      <div>
        <ProviderFilter model={model} />
      </div>
      {/* Not before they are counted: what stood here would be moved by the providers above. */}
      {model.list.isCounted.value && (
        <>
          <SyncFilter model={model} />
          <FlowFilter model={model} />
          <TagFilter model={model} />
        </>
      )}
    </div>
  );
}

function SyncFilter({ model: { list } }: { readonly model: OptionsModel }): VNode {
  const { sync, ofAllSync } = list.facets.value;
  return (
    <label class="filter-field">
      <span class="filters-title">{t('sync')}</span>
      <select
        class="field"
        value={list.query.value.sync ?? ''}
        onChange={(event) => list.filter({ sync: (event.currentTarget.value || null) as SyncKind })}
      >
        <option value="">{t('choice_counted', t('sync_all'), ofAllSync)}</option>
        {SYNC_CHOICES.map((kind) => (
          <option key={kind} value={kind}>
            {t('choice_counted', t(kind === 'on' ? 'sync_on' : 'sync_resting'), sync[kind])}
          </option>
        ))}
      </select>
    </label>
  );
}
