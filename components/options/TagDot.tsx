import type { VNode } from 'preact';
import { colorName } from '../../lib/client/tag-colors.ts';
import type { TagColor } from '../../lib/domain/tag.ts';

/** The colour of a tag, hollow where it has none. The name stands beside it, so it is silent itself. */
export function TagDot({ color }: { readonly color: TagColor | null }): VNode {
  return (
    <span
      class={color === null ? 'tag-dot' : `tag-dot tag-dot-${color}`}
      title={color === null ? undefined : colorName(color)}
      aria-hidden="true"
    />
  );
}
