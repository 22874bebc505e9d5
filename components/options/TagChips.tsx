import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t } from '../../lib/client/translate.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import { Icon } from '../Icon.tsx';
import { TagName } from './TagName.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly tags: readonly string[];
  readonly onRemove: (tag: string) => void;
}

/** The tags of a connection; each can be taken off. */
export function TagChips({ model, tags, onRemove }: Props): VNode | null {
  if (tags.length === 0) return null;
  return (
    <ul class="chips" aria-label={t('field_tags')}>
      {tags.map((tag) => (
        <li key={tag} class="chip chip-removable">
          <TagName name={tag} color={model.tagColors.colorOf(tag)} />
          <ChangeButton
            class="chip-remove"
            aria-label={t('tag_remove', tag)}
            onClick={() => onRemove(tag)}
          >
            <Icon name="close" />
          </ChangeButton>
        </li>
      ))}
    </ul>
  );
}
