/** The columns of the list of connections, and what the person chose about them. Pure. */

/** In their order. */
export const COLUMN_IDS = [
  'provider',
  'name',
  'identity',
  'status',
  'accounts',
  'identity-id',
  'environment',
  'tags',
  'flows',
  'sync',
  'created',
  'authorized',
  'actions',
] as const;

export type ColumnId = (typeof COLUMN_IDS)[number];

/** Without these a row would say nothing, or could not be acted upon. */
const ALWAYS: readonly ColumnId[] = ['provider', 'name', 'status', 'actions'];

export interface ColumnChoice {
  readonly hidden: readonly ColumnId[];
  /** Whether columns for which there is no room give way; otherwise the list scrolls sideways. */
  readonly fits: boolean;
  /** CSS pixels; those that are not named have their usual width. */
  readonly widths: Partial<Readonly<Record<ColumnId, number>>>;
}

export const USUAL_COLUMNS: ColumnChoice = { hidden: [], fits: false, widths: {} };

/** CSS pixels. A narrower column shows nothing, a wider one leaves no room for another. */
export const COLUMN_WIDTH_MIN = 56;
export const COLUMN_WIDTH_MAX = 640;

export function canHide(id: ColumnId): boolean {
  return !ALWAYS.includes(id);
}

/** The columns that stand in the list, in their order. */
export function shownColumns({ hidden }: ColumnChoice): readonly ColumnId[] {
  return COLUMN_IDS.filter((id) => !canHide(id) || !hidden.includes(id));
}

/** Hides a column, or shows it again. */
export function toggleColumn(choice: ColumnChoice, id: ColumnId): ColumnChoice {
  if (!canHide(id)) return choice;
  const others = choice.hidden.filter((one) => one !== id);
  return { ...choice, hidden: others.length < choice.hidden.length ? others : [...others, id] };
}

/** @param width CSS pixels, brought within bounds; `null`: as usual */
export function resizeColumn(
  choice: ColumnChoice,
  id: ColumnId,
  width: number | null,
): ColumnChoice {
  const { [id]: _before, ...others } = choice.widths;
  if (width === null) return { ...choice, widths: others };
  const bounded = Math.min(COLUMN_WIDTH_MAX, Math.max(COLUMN_WIDTH_MIN, Math.round(width)));
  return { ...choice, widths: { ...others, [id]: bounded } };
}
