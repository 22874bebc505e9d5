/**
 * Shows connections in rows of the table. A row is copied from one that was built before, and then tells
 * its elements only what has changed (docs/decisions/0033-rows-are-painted.md).
 */
import { render } from 'preact';
import type { ColumnId } from '../../lib/domain/columns.ts';
import { CELLS, LEADING_CELLS, type Cell, type Paint } from './RowCells.tsx';
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
  let known = painted.get(row);
  if (known?.columns !== columns) {
    known = { columns, paints: fill(row, columns) };
    painted.set(row, known);
  }
  for (const paint of known.paints) paint(view);
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
