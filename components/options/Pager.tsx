import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { t } from '../../lib/client/translate.ts';

export interface Pages {
  /** Where the page that is shown begins in the list, and what comes after it. */
  readonly from: number;
  readonly to: number;
  /** What turns the pages; nothing where there is one. */
  readonly pager: VNode | null;
  readonly turnTo: (page: number) => void;
}

/**
 * The pages of a long list, of which one stands in the document.
 * @param size how many stand on a page
 */
export function usePages(total: number, size: number): Pages {
  const turned = useSignal(0);
  const last = Math.max(0, Math.ceil(total / size) - 1);
  const page = Math.min(turned.value, last);
  const turnTo = (next: number): void => {
    turned.value = next;
  };
  const pager =
    last === 0 ? null : <Pager page={page} last={last} size={size} total={total} onTurn={turnTo} />;
  return { from: page * size, to: (page + 1) * size, pager, turnTo };
}

interface Props {
  /** From 0. */
  readonly page: number;
  readonly last: number;
  /** How many stand on a page. */
  readonly size: number;
  readonly total: number;
  readonly onTurn: (page: number) => void;
}

/** Turns the pages of a long list. */
function Pager({ page, last, size, total, onTurn }: Props): VNode {
  // Not `disabled` at the ends: the focus would be lost.
  const turn = (by: 1 | -1): VNode => {
    const next = page + by;
    const isEnd = next < 0 || next > last;
    return (
      <button
        type="button"
        class="button"
        aria-disabled={isEnd}
        onClick={() => !isEnd && onTurn(next)}
      >
        {t(by === 1 ? 'pager_next' : 'pager_previous')}
      </button>
    );
  };
  const from = page * size + 1;
  return (
    <div class="pager">
      {turn(-1)}
      <span role="status">{t('pager_range', from, Math.min(total, from + size - 1), total)}</span>
      {turn(1)}
    </div>
  );
}
