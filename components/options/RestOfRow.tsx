import type { VNode } from 'preact';
import type { ColumnId } from '../../lib/domain/columns.ts';

/** What a cell spans that begins at "Name" or before and stands for the whole row. */
export const SPANNED: readonly ColumnId[] = ['provider', 'name'];

/**
 * The cells after one that stands for the whole row: they give way where their columns do. A span
 * over columns that are not there would make new ones.
 */
export function RestOfRow({ columns }: { readonly columns: readonly ColumnId[] }): VNode {
  return (
    <>
      {columns
        .filter((id) => !SPANNED.includes(id))
        .map((id) => (
          <td key={id} class={`cell-rest rest-${id}`} aria-hidden="true" />
        ))}
    </>
  );
}
