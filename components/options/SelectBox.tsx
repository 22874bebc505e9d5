import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { extentOf } from '../../lib/domain/selection.ts';

interface Props {
  readonly name: string;
  /** The connections that it stands for. */
  readonly ids: readonly string[];
  readonly selected: ReadonlySet<string>;
  /** @param isRange whether Shift was held */
  readonly onToggle: (isRange: boolean) => void;
}

/** Whether connections are selected: all of them, some, or none. */
export function SelectBox({ name, ids, selected, onToggle }: Props): VNode {
  const box = useRef<HTMLInputElement>(null);
  const extent = selected.size === 0 ? 'none' : extentOf(selected, ids);
  // After each click: the browser changes the box by itself, and not always to what it stands for.
  useLayoutEffect(() => {
    if (box.current === null) return;
    box.current.checked = extent === 'all';
    box.current.indeterminate = extent === 'some';
  });
  return (
    <label class="select-box">
      <input
        ref={box}
        type="checkbox"
        aria-label={name}
        onClick={(event) => onToggle(event.shiftKey)}
      />
    </label>
  );
}
