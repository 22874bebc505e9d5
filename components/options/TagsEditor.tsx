import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { tagsOf } from '../../lib/client/options-tags.ts';
import { t } from '../../lib/client/translate.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { distinctTags, TAG_LENGTH_MAX } from '../../lib/domain/tag.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import { useChange } from '../use-change.ts';
import { TagChips } from './TagChips.tsx';
import { TagSuggestions } from './TagSuggestions.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly connection: Connection;
}

/** The tags of a connection: each can be taken off, new ones are added by Enter. */
export function TagsEditor({ model, connection }: Props): VNode {
  const typed = useSignal('');
  const listId = useId();
  const { tags } = connection;
  const add = async (): Promise<void> => {
    const added = tagsOf(typed.value);
    if (added.length === 0) return;
    // What was typed goes only when it is kept.
    if (await model.actions.setTags(connection, distinctTags([...tags, ...added])))
      typed.value = '';
  };
  return (
    <>
      <TagChips
        model={model}
        tags={tags}
        onRemove={(tag) =>
          void model.actions.setTags(
            connection,
            tags.filter((other) => other !== tag),
          )
        }
      />
      <form
        class="field-with-button"
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <input
          {...useChange()}
          class="field"
          dir="auto"
          aria-label={t('tag_add')}
          placeholder={t('tag_add')}
          maxLength={TAG_LENGTH_MAX}
          list={listId}
          value={typed.value}
          onInput={(event) => {
            typed.value = event.currentTarget.value;
          }}
        />
        <TagSuggestions id={listId} model={model} tags={tags} />
        <ChangeButton type="submit" class="button" disabled={typed.value.trim() === ''}>
          {t('action_add')}
        </ChangeButton>
      </form>
    </>
  );
}
