import type { ColumnChoice, ColumnId } from '../../lib/domain/columns.ts';
import type { SortColumn } from '../../lib/domain/query.ts';
import type { MessageKey } from '../../lib/domain/words.ts';
import type { HeightsGuess } from './use-row-window.ts';

export interface Column {
  readonly label: MessageKey;
  /** `null`: not sortable. */
  readonly sort: SortColumn | null;
  /** CSS pixels; `null`: its share of what the others leave. */
  readonly width: number | null;
}

export const COLUMNS: Readonly<Record<ColumnId, Column>> = {
  provider: { label: 'column_provider', sort: 'provider', width: 136 },
  name: { label: 'column_name', sort: 'name', width: null },
  identity: { label: 'column_identity', sort: 'identity', width: null },
  status: { label: 'column_status', sort: null, width: 226 },
  accounts: { label: 'column_accounts', sort: 'accounts', width: 104 },
  'identity-id': { label: 'column_identity_id', sort: 'identity-id', width: 104 },
  environment: { label: 'column_environment', sort: 'environment', width: 104 },
  tags: { label: 'column_tags', sort: 'tags', width: 132 },
  flows: { label: 'column_flows', sort: 'flows', width: 76 },
  sync: { label: 'column_sync', sort: 'sync', width: 84 },
  created: { label: 'column_created', sort: 'created', width: 104 },
  authorized: { label: 'column_authorized', sort: 'authorized', width: 104 },
  actions: { label: 'column_actions', sort: null, width: 202 },
};

/** Selection and evidence, before all others. */
export const LEADING_COLUMNS = 2;
const LEADING_WIDTH = 36 + 32;
/** What a column without a width of its own needs at least. */
const SHARE_MIN = 144;
/** Of the bar beside the rows, at the most. Columns that share what is left make room for it. */
const SCROLLBAR_WIDTH = 17;

/** Which columns give way first where there is no room for all: what the details show too. */
const GIVING_WAY: readonly (readonly ColumnId[])[] = [
  ['identity-id', 'created'],
  ['authorized', 'sync'],
  ['tags'],
  ['flows'],
  ['environment'],
  ['accounts'],
  ['identity'],
];

/** How wide the table has to be for all of these columns, CSS pixels. */
export function tableWidth(
  shown: readonly ColumnId[],
  widths: Partial<Readonly<Record<ColumnId, number>>>,
): number {
  return shown.reduce(
    (sum, id) => sum + (widths[id] ?? COLUMNS[id].width ?? SHARE_MIN),
    LEADING_WIDTH,
  );
}

/**
 * How much of a row each column takes, for the style sheet, and how wide the table is at least. What columns
 * leave without a width of their own is shared by those.
 */
export function columnStyle(
  shown: readonly ColumnId[],
  widths: ColumnChoice['widths'],
): Record<string, string> {
  const columns = shown.map((id) => {
    const width = widths[id] ?? COLUMNS[id].width;
    return [`--column-${id}`, width === null ? `1 0 ${SHARE_MIN}px` : `0 0 ${width}px`] as const;
  });
  return { ...Object.fromEntries(columns), minWidth: `${tableWidth(shown, widths)}px` };
}

/** Whether each of these columns has a width, so that none shares what the others leave. */
function isSized(
  shown: readonly ColumnId[],
  widths: Partial<Readonly<Record<ColumnId, number>>>,
): boolean {
  return shown.every((id) => (widths[id] ?? COLUMNS[id].width) !== null);
}

/** Up to here filters have no room beside the list; as the style sheets have it. Of the window, CSS pixels. */
export const NARROW_MAX = 760;

/** How a list is laid out: in columns, or, where they have no room, each connection in two lines or in three. */
export type ListForm = 'table' | 'cards' | 'narrow-cards';

/** As the style sheets make a row and what stands above the first; right guesses spare the first frame a second rendering. */
export const HEIGHTS_GUESS: Readonly<Record<ListForm, HeightsGuess>> = {
  table: { row: 48, above: 180 },
  cards: { row: 59, above: 224 },
  'narrow-cards': { row: 93, above: 380 },
};

/** Below it what can be done would lie over the state, beside the name: as cards both are in sight. */
const TABLE_MIN = 900;

/** @param width of the list, CSS pixels */
export function listForm(width: number): ListForm {
  return width >= TABLE_MIN ? 'table' : width > 480 ? 'cards' : 'narrow-cards';
}

/**
 * Those of the columns for which there is room. One that a person made as wide as it is stays, and so does
 * the one that the list is sorted by.
 * @param width of the list, CSS pixels
 */
export function fittingColumns(
  shown: readonly ColumnId[],
  widths: Partial<Readonly<Record<ColumnId, number>>>,
  width: number,
  sort: SortColumn = 'urgency',
): readonly ColumnId[] {
  let fitting = shown;
  for (const some of GIVING_WAY) {
    const bar = isSized(fitting, widths) ? SCROLLBAR_WIDTH : 0;
    if (tableWidth(fitting, widths) + bar <= width) break;
    fitting = fitting.filter(
      (id) => !some.includes(id) || widths[id] !== undefined || COLUMNS[id].sort === sort,
    );
  }
  return fitting;
}
