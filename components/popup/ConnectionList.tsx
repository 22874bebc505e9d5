import type { VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../lib/client/translate.ts';
import type { PopupModel } from '../../lib/client/popup-model.ts';
import { isFocusLost } from '../focus-lost.ts';
import { ConnectionItem } from './ConnectionItem.tsx';
import { useWindow } from './use-window.ts';

/** As `popup.css` has it. */
const ROW_HEIGHT = 64;
/**
 * What a popup of full height has room for: `popup.css` gives it less on a low screen. The real height
 * is measured after the first frame.
 */
const ASSUMED_HEIGHT = screen.height <= 720 ? 350 : 470;

/** The row that Tab stops at, by its connection; where that is gone, by where it stood. */
interface Place {
  readonly id: string | null;
  readonly index: number;
}

const TOP: Place = { id: null, index: 0 };

/**
 * The connections, the urgent first. One row takes part in the order of Tab; arrows move from row to
 * row and within one.
 */
export function ConnectionList({ model }: { readonly model: PopupModel }): VNode {
  const length = model.length.value;
  const rows = model.rows.value;
  const running = model.running.value;
  const now = model.now.value;
  const which = `${model.records.settings.value.environmentId} ${model.text.value}`;
  const { ref, first, end, onScroll } = useWindow<HTMLUListElement>(
    length,
    ROW_HEIGHT,
    ASSUMED_HEIGHT,
    which,
  );
  const [chosen, setChosen] = useState(TOP);
  const found = chosen.id === null ? -1 : rows.findIndex(({ id }) => id === chosen.id);
  const current = found < 0 ? Math.max(0, Math.min(chosen.index, rows.length - 1)) : found;
  useLayoutEffect(() => setChosen(TOP), [which]);
  // Set by a key, done once the row stands in the page. So is what a change of the list took away.
  const toFocus = useRef(false);
  const hadFocus = document.activeElement?.closest('[data-row]') != null;
  useLayoutEffect(() => {
    if (!toFocus.current && !(hadFocus && isFocusLost())) return;
    toFocus.current = false;
    ref.current?.querySelector<HTMLElement>('[data-main][tabindex="0"]')?.focus();
  });
  const choose = (index: number): void => setChosen({ id: rows[index]?.id ?? null, index });
  const goTo = (index: number): void => {
    const list = ref.current;
    if (list === null) return;
    const top = index * ROW_HEIGHT;
    const lowest = top + ROW_HEIGHT - list.clientHeight;
    list.scrollTop = Math.min(top, Math.max(lowest, list.scrollTop));
    toFocus.current = true;
    choose(index);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: current + 1, ArrowUp: current - 1, Home: 0, End: rows.length - 1 }[
      event.key
    ];
    if (step !== undefined) {
      event.preventDefault();
      if (step < 0) document.querySelector<HTMLElement>('[type="search"]')?.focus();
      else if (step < rows.length && step !== current) goTo(step);
    } else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') moveWithin(event);
  };
  const shown = Array.from({ length: Math.max(0, end - first) }, (_, at) => first + at);
  // The row that has the focus stays, however far the list is scrolled.
  if (current < first) shown.unshift(current);
  else if (current >= end) shown.push(current);

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys and scrolling of what is inside
    <ul
      ref={ref}
      class="popup-list"
      style={{ '--length': String(length) }}
      aria-label={t('connections')}
      onScroll={() => {
        onScroll();
        model.records.wantAll();
      }}
      onKeyDown={onKeyDown}
    >
      {shown.map((index) => {
        const connection = rows[index];
        return (
          connection !== undefined && (
            <ConnectionItem
              key={connection.id}
              model={model}
              connection={connection}
              attempt={running.get(connection.id)}
              environment={model.environmentOf(connection)}
              now={now}
              index={index}
              length={length}
              isCurrent={index === current}
              onFocus={() => choose(index)}
            />
          )
        );
      })}
    </ul>
  );
}

function moveWithin(event: KeyboardEvent): void {
  const focused = document.activeElement;
  const buttons = [
    ...(focused?.closest('[data-row]')?.querySelectorAll<HTMLElement>('button:not(:disabled)') ??
      []),
  ];
  const isForward = (event.key === 'ArrowRight') === (document.documentElement.dir !== 'rtl');
  const next = buttons[buttons.findIndex((button) => button === focused) + (isForward ? 1 : -1)];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
