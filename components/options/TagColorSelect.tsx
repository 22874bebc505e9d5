import type { VNode } from 'preact';
import { colorName } from '../../lib/client/tag-colors.ts';
import { TAG_COLORS, type TagColor } from '../../lib/domain/tag.ts';
import { useChange } from '../use-change.ts';

interface Props {
  readonly label: string;
  readonly value: TagColor | null;
  /** Resolves to `false` where the colour stays as it was. */
  readonly onChange: (color: TagColor | null) => void | Promise<boolean>;
}

/** One of the colours that a tag can have, by name. */
export function TagColorSelect({ label, value, onChange }: Props): VNode {
  return (
    <select
      {...useChange()}
      class="field"
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => {
        const select = event.currentTarget;
        const chosen = TAG_COLORS.find((color) => color === select.value) ?? null;
        void Promise.resolve(onChange(chosen)).then((isChanged) => {
          if (isChanged === false) select.value = value ?? '';
        });
      }}
    >
      <option value="">{colorName(null)}</option>
      {TAG_COLORS.map((color) => (
        <option key={color} value={color}>
          {colorName(color)}
        </option>
      ))}
    </select>
  );
}
