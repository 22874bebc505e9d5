import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t } from '../../lib/client/translate.ts';
import { COLUMN_WIDTH_MAX, COLUMN_WIDTH_MIN, type ColumnId } from '../../lib/domain/columns.ts';
import { COLUMNS } from './columns.ts';

interface Props {
  readonly model: OptionsModel;
  readonly id: ColumnId;
}

interface HeaderProps extends Props {
  /** Whether there are columns; elsewhere nothing has a width. */
  readonly hasBorder: boolean;
}

/** The head of a column: sorts where it can, and its border moves. */
export function ColumnHeader({ model, id, hasBorder }: HeaderProps): VNode {
  const head = useRef<HTMLTableCellElement>(null);
  const { label, sort } = COLUMNS[id];
  const query = model.list.query.value;
  const isSorted = sort !== null && query.sort === sort;
  const direction = query.descending ? 'descending' : 'ascending';
  return (
    <th
      ref={head}
      scope="col"
      class={`cell-${id}`}
      // Else the border in it would be part of its name.
      aria-label={t(label)}
      aria-sort={sort === null ? undefined : isSorted ? direction : 'none'}
    >
      {sort === null ? (
        t(label)
      ) : (
        <button type="button" class="sort" onClick={() => model.list.sortBy(sort)}>
          {t(label)}
          <span class="sort-mark" aria-hidden="true">
            {isSorted ? (query.descending ? '↓' : '↑') : '↕'}
          </span>
        </button>
      )}
      {hasBorder && id !== 'actions' && <Border model={model} id={id} head={head} />}
    </th>
  );
}

/** Steps of the arrow keys, CSS pixels. */
const STEP = 16;

/** The border after a column; a focusable separator as WAI-ARIA has it. */
function Border({
  model: { columns },
  id,
  head,
}: Props & { readonly head: { readonly current: HTMLTableCellElement | null } }): VNode {
  const start = useRef<{ readonly x: number; readonly width: number } | null>(null);
  const own = columns.choice.value.widths[id] ?? COLUMNS[id].width;
  /** A column that shares what the others leave is as wide as it was when the border got the focus. */
  const shared = useSignal(COLUMN_WIDTH_MIN);
  const widthNow = (): number => head.current?.offsetWidth ?? COLUMN_WIDTH_MIN;
  const isRightToLeft = (): boolean => document.dir === 'rtl';
  /** The width to which a border was dragged; `null` where it is not, or has not moved. */
  const dragged = ({ clientX }: PointerEvent): number | null => {
    if (start.current === null || clientX === start.current.x) return null;
    const moved = clientX - start.current.x;
    return start.current.width + (isRightToLeft() ? -moved : moved);
  };
  return (
    <span
      class="column-border"
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t('column_width', t(COLUMNS[id].label))}
      aria-valuemin={COLUMN_WIDTH_MIN}
      aria-valuemax={COLUMN_WIDTH_MAX}
      aria-valuenow={own ?? shared.value}
      onFocus={() => {
        shared.value = widthNow();
      }}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        start.current = { x: event.clientX, width: widthNow() };
        event.currentTarget.setPointerCapture(event.pointerId);
        event.preventDefault();
      }}
      onPointerMove={(event) => {
        const width = dragged(event);
        if (width !== null) columns.drag(id, width);
      }}
      onPointerUp={(event) => {
        const width = dragged(event);
        start.current = null;
        if (width !== null) columns.resize(id, width);
      }}
      onPointerCancel={() => {
        if (start.current === null) return;
        start.current = null;
        columns.drop();
      }}
      onDblClick={() => columns.resize(id, null)}
      onKeyDown={(event) => {
        const grows = event.key === (isRightToLeft() ? 'ArrowLeft' : 'ArrowRight');
        const shrinks = event.key === (isRightToLeft() ? 'ArrowRight' : 'ArrowLeft');
        if (grows || shrinks) columns.resize(id, (own ?? widthNow()) + (grows ? STEP : -STEP));
        else if (event.key === 'Home') columns.resize(id, null);
        else return;
        event.preventDefault();
      }}
    />
  );
}
