import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { tagsOf } from '../../lib/client/options-tags.ts';
import { t } from '../../lib/client/translate.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { distinctTags, hasTag, TAG_LENGTH_MAX, tagKey } from '../../lib/domain/tag.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import { Icon } from '../Icon.tsx';
import { useChange } from '../use-change.ts';
import { TagName } from './TagName.tsx';

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
      {tags.length > 0 && (
        <ul class="chips" aria-label={t('field_tags')}>
          {tags.map((tag) => (
            <li key={tag} class="chip chip-removable">
              <TagName model={model} name={tag} />
              <ChangeButton
                class="chip-remove"
                aria-label={t('tag_remove', tag)}
                onClick={() =>
                  void model.actions.setTags(
                    connection,
                    tags.filter((other) => other !== tag),
                  )
                }
              >
                <Icon name="close" />
              </ChangeButton>
            </li>
          ))}
        </ul>
      )}
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
        <datalist id={listId}>
          {suggestions(model, tags).map((tag) => (
            <option key={tag} value={tag}>
              {tag}
            </option>
          ))}
        </datalist>
        <ChangeButton type="submit" class="button" disabled={typed.value.trim() === ''}>
          {t('action_add')}
        </ChangeButton>
      </form>
    </>
  );
}

/** Tags that there are and that the connection does not carry yet. */
function suggestions({ list, tagColors }: OptionsModel, tags: readonly string[]): string[] {
  const known = [...list.facets.value.tags, ...tagColors.kept.value].map(({ name }) => name);
  const byKey = new Map(known.map((name) => [tagKey(name), name]));
  return [...byKey.values()].filter((name) => !hasTag(tags, name));
}
