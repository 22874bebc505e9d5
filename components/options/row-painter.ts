/**
 * Shows connections in rows of the table. A row is copied from one that was built before, and then tells
 * its elements only what has changed (docs/decisions/0033-rows-are-painted.md).
 */
import { render } from 'preact';
import type { ColumnId } from '../../lib/domain/columns.ts';
import { CELLS, LEADING_CELLS } from './RowCells.tsx';
import type { Cell, Paint } from './row-cell.ts';
import type { RowView } from './row-view.ts';

interface Painted {
  readonly columns: readonly ColumnId[];
  readonly paints: readonly Paint[];
}

const painted = new WeakMap<HTMLTableRowElement, Painted>();

/** Shows a connection in a row, whatever the row showed before. */
export function paintRow(
  row: HTMLTableRowElement,
  columns: readonly ColumnId[],
  view: RowView,
): void {
  const known = painted.get(row);
  if (known?.columns === columns) {
    for (const paint of known.paints) paint(view);
    return;
  }
  const focused = focusIn(row);
  const paints = fill(row, columns);
  painted.set(row, { columns, paints });
  for (const paint of paints) paint(view);
  if (focused !== null) row.querySelector<HTMLElement>(focused)?.focus();
}

/** Where in a row the focus is, for the row as it will be; `null`: nowhere. */
function focusIn(row: HTMLTableRowElement): string | null {
  const { activeElement } = document;
  if (!(activeElement instanceof HTMLElement) || !row.contains(activeElement)) return null;
  const { act } = activeElement.dataset;
  return act === undefined ? 'a' : `[data-act="${act}"]`;
}

function cellsOf(columns: readonly ColumnId[]): readonly Cell[] {
  return [...LEADING_CELLS, ...columns.map((id) => CELLS[id])];
}

function fill(row: HTMLTableRowElement, columns: readonly ColumnId[]): readonly Paint[] {
  row.replaceChildren(modelOf(columns).cloneNode(true));
  return cellsOf(columns).map((cell, at) => {
    const element = row.cells[at];
    if (element === undefined) throw new Error('A row has lost a cell.');
    return cell.bind(element);
  });
}

const models = new WeakMap<readonly ColumnId[], DocumentFragment>();

/** The cells that every row of a list begins with. */
function modelOf(columns: readonly ColumnId[]): DocumentFragment {
  const known = models.get(columns);
  if (known !== undefined) return known;
  const row = document.createElement('tr');
  render(
    cellsOf(columns).map(({ build }) => build()),
    row,
  );
  const model = document.createDocumentFragment();
  model.append(...row.childNodes);
  models.set(columns, model);
  return model;
}
