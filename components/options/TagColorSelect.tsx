import type { VNode } from 'preact';
import { colorName } from '../../lib/client/tag-colors.ts';
import { TAG_COLORS, type TagColor } from '../../lib/domain/tag.ts';

interface Props {
  readonly label: string;
  readonly value: TagColor | null;
  readonly onChange: (color: TagColor | null) => void;
}

/** One of the colours that a tag can have, by name. */
export function TagColorSelect({ label, value, onChange }: Props): VNode {
  return (
    <select
      class="field"
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => {
        const chosen = event.currentTarget.value;
        onChange(TAG_COLORS.find((color) => color === chosen) ?? null);
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
