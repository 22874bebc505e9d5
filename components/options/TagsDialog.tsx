import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { plural, t } from '../../lib/client/translate.ts';
import { TAG_LENGTH_MAX, type TagUse } from '../../lib/domain/tag.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import { Messages } from '../Messages.tsx';
import { namedField } from '../named-field.ts';
import { Modal } from './Modal.tsx';
import { OptionIcon } from './OptionIcon.tsx';
import { ProblemNote } from './ProblemNote.tsx';
import { TagColorSelect } from './TagColorSelect.tsx';
import { TagDot } from './TagDot.tsx';
import { TagName } from './TagName.tsx';

interface Props {
  readonly model: OptionsModel;
  /** Every one there is. */
  readonly tags: readonly TagUse[];
}

/** Every tag with its colour and how many connections carry it; each can be changed for all of them. */
export function TagsDialog({ model, tags }: Props): VNode {
  const { tagDialogs } = model;
  const { search } = tagDialogs;
  const searchField = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // The row that had the focus has another name now, or is gone.
    if (document.activeElement === document.body) searchField.current?.focus();
  }, [tags]);
  return (
    <Modal name={t('field_tags')} onClose={tagDialogs.close} isWide>
      <div class="modal-body">
        <NewTagForm model={model} />
        <input
          ref={searchField}
          class="field"
          type="search"
          dir="auto"
          {...namedField(t('tags_search'), search)}
        />
        <Found model={model} tags={tags} />
      </div>
      {/* What is outside of an open dialog can be neither heard nor pressed. */}
      <Messages model={model.messages} />
    </Modal>
  );
}

function Found({ model, tags }: Props): VNode {
  const { left, shown } = model.tagDialogs;
  if (tags.length === 0) return <p class="quiet">{t('tags_none')}</p>;
  if (shown.value.length === 0) return <p class="quiet">{t('tags_none_found')}</p>;
  return (
    <>
      <table class="tags" aria-label={t('field_tags')}>
        <thead>
          <tr>
            <th scope="col">{t('tag')}</th>
            <th scope="col" class="tags-color">
              {t('tag_color')}
            </th>
            <th scope="col" class="tags-count">
              {t('connections')}
            </th>
            <th scope="col" class="tags-actions">
              <span class="hidden-visually">{t('column_actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.value.map((tag) => (
            <TagRow key={tag.key} model={model} tag={tag} />
          ))}
        </tbody>
      </table>
      {left.value > 0 && <p class="quiet">{plural('tags_more', left.value)}</p>}
    </>
  );
}

function TagRow({ model, tag }: { readonly model: OptionsModel; readonly tag: TagUse }): VNode {
  const { tagDialogs } = model;
  const { name, color, count } = tag;
  return (
    <tr>
      <th scope="row">
        <TagName
          name={name}
          color={model.tagColors.colorOf(name)}
          search={tagDialogs.search.value}
        />
      </th>
      <td>
        <TagColorSelect
          label={t('tag_color_named', name)}
          value={color}
          onChange={(chosen) => tagDialogs.setColor(tag, chosen)}
        />
      </td>
      <td class="tags-count">{count}</td>
      <td class="tags-actions">
        <ChangeButton
          type="button"
          class="button button-icon"
          aria-label={t('dialog_tag_rename', name)}
          onClick={() => tagDialogs.rename(tag)}
        >
          <OptionIcon name="rename" />
        </ChangeButton>
        <ChangeButton
          type="button"
          class="button button-icon"
          aria-label={t('dialog_tag_delete', name)}
          onClick={() => tagDialogs.remove(tag)}
        >
          <OptionIcon name="delete" />
        </ChangeButton>
      </td>
    </tr>
  );
}

function NewTagForm({ model }: Pick<Props, 'model'>): VNode {
  const { newTag } = model.tagDialogs;
  const { name, color, problem } = newTag;
  return (
    <form
      class="tag-new"
      aria-label={t('tag_new')}
      onSubmit={(event) => {
        event.preventDefault();
        void newTag.submit();
      }}
    >
      <TagDot color={color.value} />
      <input
        class="field"
        dir="auto"
        autocomplete="off"
        {...namedField(t('tag_new'), name)}
        maxLength={TAG_LENGTH_MAX}
      />
      <TagColorSelect
        label={t('tag_color')}
        value={color.value}
        onChange={(chosen) => {
          color.value = chosen;
        }}
      />
      <ChangeButton
        type="submit"
        class="button"
        disabled={newTag.isBusy.value || name.value.trim() === ''}
      >
        {t('action_add')}
      </ChangeButton>
      {problem.value !== null && <ProblemNote problem={{ code: problem.value, detail: null }} />}
    </form>
  );
}
