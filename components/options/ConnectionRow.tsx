import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import type { ColumnId } from '../../lib/domain/columns.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { LEADING_COLUMNS } from './columns.ts';
import { EvidenceCard } from './EvidenceCard.tsx';
import { issueId } from './RowCells.tsx';
import { paintRow } from './row-painter.ts';
import { rowView, type ListView } from './row-view.ts';

interface Props {
  readonly model: OptionsModel;
  readonly list: ListView;
  readonly connection: Connection;
  readonly columns: readonly ColumnId[];
  /** Its place in the list, from 0. */
  readonly index: number;
  /** Its place among all rows of the table, from 1. */
  readonly rowIndex: number;
}

/** One connection, and its evidence under it when that is open. What stands in its cells is no part of what Preact keeps. */
export function ConnectionRow(props: Props): VNode {
  const { model, list, connection, columns, index, rowIndex } = props;
  const view = rowView(model, list, columns, connection);
  const isOpen = model.opened.value?.id === connection.id;
  return (
    <>
      <tr
        ref={(row) => {
          if (row !== null) paintRow(row, columns, view);
        }}
        class={rowClass(isOpen, view.isSelected)}
        data-id={connection.id}
        aria-rowindex={rowIndex}
        aria-current={isOpen ? 'true' : undefined}
      />
      {view.isExpanded && (
        <tr
          key={connection.id}
          class="row-issue"
          id={issueId(connection.id)}
          data-id={connection.id}
          data-index={index}
          aria-rowindex={rowIndex + 1}
        >
          <td colSpan={columns.length + LEADING_COLUMNS}>
            <EvidenceCard
              model={model}
              connection={connection}
              checks={model.list.checks.value.get(connection.id)}
            />
          </td>
        </tr>
      )}
    </>
  );
}

function rowClass(isOpen: boolean, isSelected: boolean): string {
  return `row${isOpen ? ' row-open' : ''}${isSelected ? ' row-selected' : ''}`;
}
