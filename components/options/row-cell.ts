import type { VNode } from 'preact';
import type { RowView } from './row-view.ts';

/** Shows a connection in a cell. */
export type Paint = (view: RowView) => void;

export interface Cell {
  /** The cell as it is for every connection. */
  readonly build: () => VNode;
  /** @param cell a copy of what {@link build} made */
  readonly bind: (cell: HTMLElement) => Paint;
}
