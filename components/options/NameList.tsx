import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { plural } from '../../lib/client/translate.ts';
import { beginningOf } from '../../lib/domain/beginning.ts';
import { usePages } from './Pager.tsx';

interface Props<T> {
  readonly all: readonly T[];
  /** What the list is called. */
  readonly label: string;
  /** What is said of one. */
  readonly children: (one: T) => VNode;
}

/** How many names are listed before the rest is only counted, until somebody asks for it. */
const NAMES_SHOWN = 8;
/** However many more there are, no more of them stand in the page at once. */
const PAGE_SIZE = 200;

/** What something is about, by name: the first ones, and all others on demand, in pages. */
export function NameList<T extends { readonly id: string }>({
  all,
  label,
  children,
}: Props<T>): VNode {
  const isOpen = useSignal(false);
  const { shown, left } = beginningOf(all, NAMES_SHOWN);
  const { from, to, pager } = usePages(left, PAGE_SIZE);
  const items = (some: readonly T[]): VNode[] =>
    some.map((one) => <li key={one.id}>{children(one)}</li>);
  return (
    <>
      <ul class="names" aria-label={label}>
        {items(shown)}
      </ul>
      {left > 0 && (
        <details
          class="names-rest"
          onToggle={(event) => {
            isOpen.value = event.currentTarget.open;
          }}
        >
          <summary>{plural('notice_more', left)}</summary>
          {/* Thousands of them cost nothing before they are asked for. */}
          {isOpen.value && (
            <>
              {pager}
              <ul class="names" aria-label={label}>
                {items(all.slice(NAMES_SHOWN + from, NAMES_SHOWN + to))}
              </ul>
            </>
          )}
        </details>
      )}
    </>
  );
}
