import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t } from '../../lib/client/translate.ts';
import type { FacetCount } from '../../lib/domain/facets.ts';

/** The flows that use connections, of which one can be chosen; nothing where nobody wrote any down. */
export function FlowFilter({ model }: { readonly model: OptionsModel }): VNode | null {
  const { list } = model;
  const { flowId } = list.query.value;
  const flows = [...list.facets.value.flows, ...chosenInVain(model)];
  if (flows.length === 0) return null;
  return (
    <label class="filter-field">
      <span class="filters-title">{t('flow')}</span>
      <select
        class="field"
        value={flowId ?? ''}
        onChange={(event) => list.filter({ flowId: event.currentTarget.value || null })}
      >
        <option value="">
          {t('choice_counted', t('flows_any'), list.facets.value.ofAllFlows)}
        </option>
        {flows.map(({ id, name, count }) => (
          <option key={id} value={id}>
            {t('choice_counted', name, count)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The flow of the address where it uses nothing that is shown, so that it can be given up. */
function chosenInVain({ flows, list }: OptionsModel): FacetCount[] {
  const { flowId } = list.query.value;
  if (flowId === null || list.facets.value.flows.some(({ id }) => id === flowId)) return [];
  const name = flows.all.value?.find(({ id }) => id === flowId)?.name ?? t('flow_gone');
  return [{ id: flowId, name, count: 0 }];
}
