import type { VNode } from 'preact';
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
  const extent = selected.size === 0 ? 'none' : extentOf(selected, ids);
  return (
    <label class="select-box">
      <input
        // A new one each time, so that it is called after each click: the browser changes the box by
        // itself, and not always to what it stands for.
        ref={(box) => {
          if (box === null) return;
          box.checked = extent === 'all';
          box.indeterminate = extent === 'some';
        }}
        type="checkbox"
        aria-label={name}
        onClick={(event) => onToggle(event.shiftKey)}
      />
    </label>
  );
}
