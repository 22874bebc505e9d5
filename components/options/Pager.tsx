import type { VNode } from 'preact';
import { t } from '../../lib/client/translate.ts';

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
export function Pager({ page, last, size, total, onTurn }: Props): VNode {
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
