import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { Marked } from '../Marked.tsx';
import { TagDot } from './TagDot.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly name: string;
  /** What was searched for, to be marked in it. */
  readonly search?: string;
}

/** A tag with its colour. Wherever a tag is shown, this shows it. */
export function TagName({ model, name, search = '' }: Props): VNode {
  return (
    <span class="tag">
      <TagDot color={model.tagColors.colorOf(name)} />
      <bdi class="one-line" title={name}>
        <Marked text={name} search={search} />
      </bdi>
    </span>
  );
}
