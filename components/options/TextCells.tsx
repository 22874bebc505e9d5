/* oxlint-disable jsx-a11y/control-has-associated-label -- what is built here gets its text with each connection */
/** The kinds of cell that hold nothing but text. */
import { relativeText } from '../../lib/client/moments.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { paintedPresence, paintedText, part } from './painted-part.ts';
import type { Cell } from './row-cell.ts';
import type { RowView } from './row-view.ts';

/** A cell of one text. Its own element isolates the direction of what a stranger wrote. */
export function texts(
  className: string,
  textOf: (view: RowView) => string,
  isSearched = true,
): Cell {
  return {
    build: () => <td class={className} dir="auto" />,
    bind(cell) {
      const text = paintedText(cell);
      return (view) => (isSearched ? text(textOf(view), view.words) : text(textOf(view)));
    },
  };
}

type ShowText = ReturnType<typeof paintedText>;

/** A cell of a text and, where there is one, a quieter second line. */
export function twoLines(
  className: string,
  show: (view: RowView, first: ShowText, second: ShowText) => boolean,
): Cell {
  return {
    build: () => (
      <td class={className}>
        <bdi />
        {'\n'}
        <bdi class="second-line" />
      </td>
    ),
    bind(cell) {
      const lines = bindLines(cell);
      return (view) => lines((first, second) => show(view, first, second));
    },
  };
}

/** @returns what shows two lines; whether there is a second is answered by what writes them */
export function bindLines(
  cell: HTMLElement,
): (write: (first: ShowText, second: ShowText) => boolean) => void {
  const [first, second] = [...cell.children]
    .filter((one) => one.tagName !== 'svg')
    .map(paintedText);
  if (first === undefined || second === undefined) throw new Error('A cell has lost its lines.');
  let hadTwo = false;
  return (write) => {
    const hasTwo = write(first, second);
    if (hasTwo === hadTwo) return;
    hadTwo = hasTwo;
    cell.classList.toggle('two-lines', hasTwo);
  };
}

/** A cell of a moment, by its distance; exactly on hover and for machines. */
export function moments(
  className: string,
  momentOf: (connection: Connection) => number | null,
): Cell {
  return {
    build: () => (
      <td class={className}>
        <time />
      </td>
    ),
    bind(cell) {
      const time = part<HTMLTimeElement>(cell, 'time');
      const isThere = paintedPresence(time, null);
      const text = paintedText(time);
      let shownAt: number | null = null;
      return ({ connection, now }) => {
        const at = momentOf(connection);
        isThere(at !== null);
        if (at === null) return;
        text(relativeText(at, now));
        if (at === shownAt) return;
        shownAt = at;
        time.dateTime = new Date(at).toISOString();
      };
    },
  };
}
