import type { VNode } from 'preact';
import type { TagColor } from '../../lib/domain/tag.ts';
import { Marked } from '../Marked.tsx';
import { TagDot } from './TagDot.tsx';

interface Props {
  readonly name: string;
  readonly color: TagColor | null;
  /** What was searched for, to be marked in it. */
  readonly search?: string;
}

/** A tag with its colour. Wherever a tag is shown, this shows it. */
export function TagName({ name, color, search = '' }: Props): VNode {
  return (
    <span class="tag">
      <TagDot color={color} />
      <bdi class="one-line" title={name}>
        <Marked text={name} search={search} />
      </bdi>
    </span>
  );
}
