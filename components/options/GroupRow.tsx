import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { plural, t } from '../../lib/client/translate.ts';
import type { ColumnId } from '../../lib/domain/columns.ts';
import type { Group } from '../../lib/domain/groups.ts';
import { ProviderMark } from '../ProviderMark.tsx';
import { OptionIcon } from './OptionIcon.tsx';
import { SelectBox } from './SelectBox.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly group: Group;
  readonly isCollapsed: boolean;
  /** Its place among all rows of the table, from 1. */
  readonly rowIndex: number;
  readonly columns: readonly ColumnId[];
}

/** The head of a group: what stands in it, and what of that is broken, even when it is collapsed. */
export function GroupRow({ model, group, isCollapsed, rowIndex, columns }: Props): VNode {
  const { list, selection } = model;
  const { providerId, provider, connections } = group;
  const broken = connections.filter(({ health }) => health.kind === 'reconnect').length;
  const ids = connections.map(({ id }) => id);
  return (
    <tr class="row row-group" aria-rowindex={rowIndex}>
      <td class="cell-select">
        <SelectBox
          name={t('select_group', provider.name)}
          ids={ids}
          selected={selection.ids.value}
          onToggle={() => selection.toggleAll(ids)}
        />
      </td>
      <th class="cell-group" scope="rowgroup" colSpan={columns.length + 1}>
        <button
          type="button"
          class="group-toggle"
          aria-expanded={!isCollapsed}
          onClick={() => list.toggleGroup(providerId)}
        >
          <OptionIcon name="right" />
          <ProviderMark mark={provider} small />
          <bdi class="group-name">{provider.name}</bdi>
          <span class="quiet">{plural('group_count', connections.length)}</span>
          {broken > 0 && <span class="group-broken">{plural('summary_reconnect', broken)}</span>}
        </button>
      </th>
    </tr>
  );
}
