import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t } from '../../lib/client/translate.ts';
import { COLUMNS, type Column } from './columns.ts';
import { ConnectionRow } from './ConnectionRow.tsx';
import { useRowWindow } from './use-row-window.ts';

/** The list of connections. Only the rows that can be seen, and some around them, are in the page. */
export function ConnectionsTable({ model }: { readonly model: OptionsModel }): VNode {
  const { list } = model;
  const rows = list.rows.value;
  const expanded = list.expanded.value;
  const expandedAt = rows.flatMap(({ id }, index) => (expanded.has(id) ? [index] : []));
  const { from, to, before, after, body } = useRowWindow(rows.length, expandedAt);
  return (
    <table
      class="connections"
      aria-label={t('connections')}
      aria-rowcount={rows.length + expandedAt.length + 1}
      aria-colcount={COLUMNS.length + 1}
    >
      <colgroup>
        <col class="col-expand" />
        {COLUMNS.map(({ id }) => (
          <col key={id} class={`col-${id}`} />
        ))}
      </colgroup>
      <thead>
        <tr aria-rowindex={1}>
          <th scope="col" class="cell-expand">
            <span class="hidden-visually">{t('column_issue')}</span>
          </th>
          {COLUMNS.map((column) => (
            <ColumnHeader key={column.id} column={column} model={model} />
          ))}
        </tr>
      </thead>
      <tbody ref={body}>
        <Spacer height={before} />
        {rows.slice(from, to).map((connection, at) => {
          const index = from + at;
          const openAbove = expandedAt.filter((one) => one < index).length;
          return (
            <ConnectionRow
              key={connection.id}
              model={model}
              connection={connection}
              index={index}
              rowIndex={index + openAbove + 2}
            />
          );
        })}
        <Spacer height={after} />
      </tbody>
    </table>
  );
}

/** The room of the rows that are not in the page. */
function Spacer({ height }: { readonly height: number }): VNode | null {
  return height === 0 ? null : (
    <tr class="row-space" aria-hidden="true" style={{ height: `${height}px` }} />
  );
}

function ColumnHeader({
  column,
  model,
}: {
  readonly column: Column;
  readonly model: OptionsModel;
}): VNode {
  const { sort } = column;
  const query = model.list.query.value;
  if (sort === null)
    return (
      <th scope="col" class={`cell-${column.id}`}>
        {t(column.label)}
      </th>
    );
  const isSorted = query.sort === sort;
  return (
    <th
      scope="col"
      class={`cell-${column.id}`}
      aria-sort={isSorted ? (query.descending ? 'descending' : 'ascending') : 'none'}
    >
      <button type="button" class="sort" onClick={() => model.list.sortBy(sort)}>
        {t(column.label)}
        <span class="sort-mark" aria-hidden="true">
          {isSorted ? (query.descending ? '↓' : '↑') : '↕'}
        </span>
      </button>
    </th>
  );
}
