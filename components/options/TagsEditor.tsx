import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { tagsOf } from '../../lib/client/options-tags.ts';
import { t } from '../../lib/client/translate.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import { Icon } from '../Icon.tsx';
import { useChange } from '../use-change.ts';

interface Props {
  readonly model: OptionsModel;
  readonly connection: Connection;
}

/** The tags of a connection: each can be taken off, new ones are added by Enter. */
export function TagsEditor({ model, connection }: Props): VNode {
  const typed = useSignal('');
  const { tags } = connection;
  const add = async (): Promise<void> => {
    const added = tagsOf([...tags, typed.value].join(','));
    if (tagsOf(typed.value).length === 0) return;
    // What was typed goes only when it is kept.
    if (await model.actions.setTags(connection, added)) typed.value = '';
  };
  return (
    <>
      {tags.length > 0 && (
        <ul class="chips" aria-label={t('field_tags')}>
          {tags.map((tag) => (
            <li key={tag} class="chip chip-removable">
              <bdi class="one-line">{tag}</bdi>
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
          maxLength={60}
          value={typed.value}
          onInput={(event) => {
            typed.value = event.currentTarget.value;
          }}
        />
        <ChangeButton type="submit" class="button" disabled={typed.value.trim() === ''}>
          {t('action_add')}
        </ChangeButton>
      </form>
    </>
  );
}
