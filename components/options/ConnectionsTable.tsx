import type { VNode } from 'preact';
import { useSignal } from '@preact/signals';
import { useMemo, useRef } from 'preact/hooks';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { searchOf } from '../../lib/client/route.ts';
import { t } from '../../lib/client/translate.ts';
import { canHide } from '../../lib/domain/columns.ts';
import { connectionIds, isGroupHead, type ListItem } from '../../lib/domain/groups.ts';
import { searchWords } from '../../lib/domain/query.ts';
import { useChange } from '../use-change.ts';
import { ColumnHeader } from './ColumnHeader.tsx';
import {
  columnStyle,
  fittingColumns,
  HEIGHTS_GUESS,
  LEADING_COLUMNS,
  listForm,
  tableWidth,
} from './columns.ts';
import { ConnectionRow } from './ConnectionRow.tsx';
import { GroupRow } from './GroupRow.tsx';
import { giveTitle, takeTitle } from './hover-titles.ts';
import { actOn } from './row-acts.ts';
import { RowMenu, type RowMenuAt } from './RowMenu.tsx';
import { SelectBox } from './SelectBox.tsx';
import { useRowSlots } from './use-row-slots.ts';
import { useRowWindow } from './use-row-window.ts';

/** Up to here "Select all on this page" means the whole list, whatever part of it can be seen. */
const PAGE_MAX = 100;

interface Props {
  readonly model: OptionsModel;
  /** Of the list, CSS pixels. */
  readonly width: number;
}

/** The list of connections. Only the rows that can be seen, and some around them, are in the page. */
export function ConnectionsTable({ model, width }: Props): VNode {
  const { columns, list, selection } = model;
  const items = list.items.value;
  const expanded = list.expanded.value;
  const choice = columns.choice.value;
  const chosen = columns.shown.value;
  const form = listForm(width);
  const isTable = form === 'table';
  const query = list.query.value;
  const shown = useSame(
    choice.fits ? fittingColumns(chosen, choice.widths, width, query.sort) : chosen,
  );
  // Elsewhere the heads alone are left of the others: ways to sort.
  const inRows = useSame(isTable ? shown : chosen.filter((id) => !canHide(id)));
  const isExpanded = (item: ListItem): boolean => !isGroupHead(item) && expanded.has(item.id);
  const expandedAt =
    expanded.size === 0 ? [] : items.flatMap((item, index) => (isExpanded(item) ? [index] : []));
  const headsAt = list.query.value.isGrouped
    ? items.flatMap((item, index) => (isGroupHead(item) ? [index] : []))
    : [];
  const isWhole = model.records.connections.value !== null;
  const { from, to, before, after, body, seenNow } = useRowWindow(
    items.length,
    expandedAt,
    headsAt,
    HEIGHTS_GUESS[form],
    isWhole,
  );
  const standing = items.slice(from, to);
  const menu = useSignal<RowMenuAt | null>(null);
  const slots = useRowSlots(body, connectionIds(standing), menu.peek()?.id ?? null);
  const words = useMemo(() => searchWords(query.text), [query.text]);
  const listView = { words, search: searchOf(query), change: useChange() };
  const pageNow = (): readonly string[] => {
    const seen = seenNow();
    return connectionIds(items.length <= PAGE_MAX ? items : items.slice(seen.from, seen.to));
  };
  const selected = selection.ids.value;
  const isWider = isTable && tableWidth(shown, choice.widths) > width;
  return (
    <>
      <table
        class={isWider ? 'connections scrolls-sideways' : 'connections'}
        style={isTable ? columnStyle(shown, choice.widths) : undefined}
        aria-label={t('connections')}
        aria-rowcount={items.length + expandedAt.length + 1}
        aria-colcount={shown.length + LEADING_COLUMNS}
      >
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" class="cell-select">
              <SelectBox
                name={t('select_page')}
                ids={pageNow()}
                selected={selected}
                onToggle={() => selection.toggleAll(pageNow())}
              />
            </th>
            <th scope="col" class="cell-expand">
              <span class="hidden-visually">{t('column_issue')}</span>
            </th>
            {shown.map((id) => (
              // Borders are not asked for in the first moment, and each has ten listeners.
              <ColumnHeader key={id} id={id} model={model} hasBorder={isTable && isWhole} />
            ))}
          </tr>
        </thead>
        {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- clicks of the buttons in it, keys included */}
        <tbody
          ref={body}
          onClick={(event) => actOn(model, menu, event)}
          onPointerOver={giveTitle}
          onPointerOut={takeTitle}
        >
          <Spacer height={before} />
          {standing.map((item, at) => {
            const index = from + at;
            const openAbove = expandedAt.filter((one) => one < index).length;
            const rowIndex = index + openAbove + 2;
            return isGroupHead(item) ? (
              <GroupRow
                key={`group ${item.group.providerId}`}
                model={model}
                group={item.group}
                isCollapsed={item.isCollapsed}
                rowIndex={rowIndex}
                columns={inRows}
              />
            ) : (
              <ConnectionRow
                key={slots.get(item.id)}
                model={model}
                list={listView}
                connection={item}
                columns={inRows}
                index={index}
                rowIndex={rowIndex}
              />
            );
          })}
          <Spacer height={after} />
        </tbody>
      </table>
      <RowMenu model={model} at={menu} />
    </>
  );
}

/** The very same list as long as it holds the same, or every row would be filled anew with the table. */
function useSame<T>(list: readonly T[]): readonly T[] {
  const known = useRef(list);
  const { current } = known;
  const isSame = list.length === current.length && list.every((one, at) => one === current[at]);
  if (!isSame) known.current = list;
  return known.current;
}

/** The room of the rows that are not in the page. */
function Spacer({ height }: { readonly height: number }): VNode | null {
  return height === 0 ? null : (
    <tr class="row-space" aria-hidden="true" style={{ height: `${height}px` }} />
  );
}
