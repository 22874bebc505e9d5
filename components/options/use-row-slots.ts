import type { RefObject } from 'preact';
import { useRef } from 'preact/hooks';
import { assignRowSlots, type RowSlots } from '../../lib/client/row-slots.ts';

/**
 * Keys by which the rows of a table take over each other's elements.
 * @param body of the table; its rows carry `data-id`
 * @param ids of the rows that are to stand in the page, in order
 * @param openId of the row that has something open beside it, if any
 */
export function useRowSlots(
  body: RefObject<HTMLElement | null>,
  ids: readonly string[],
  openId: string | null,
): RowSlots {
  const slots = useRef<RowSlots>(new Map());
  const focused = document.activeElement;
  const focusedId =
    body.current?.contains(focused) === true
      ? (focused?.closest('tr')?.dataset['id'] ?? null)
      : null;
  slots.current = assignRowSlots(slots.current, ids, openId ?? focusedId);
  return slots.current;
}
