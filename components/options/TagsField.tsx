import type { VNode } from 'preact';
import { useId, useRef } from 'preact/hooks';
import type { EditForm } from '../../lib/client/options-edit-form.ts';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t } from '../../lib/client/translate.ts';
import { TAG_LENGTH_MAX } from '../../lib/domain/tag.ts';
import { fieldAttributes, FieldNotes, type Notes } from './FieldNotes.tsx';
import { TagChips } from './TagChips.tsx';
import { TagSuggestions } from './TagSuggestions.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly form: EditForm;
  readonly notes: Notes;
}

/** The tags in a form: nothing is kept before all of it is saved. */
export function TagsField({ model, form, notes }: Props): VNode {
  const id = useId();
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const { newTag } = form;
  const tags = form.tags.value;
  return (
    <div class="form-row" role="group" aria-label={t('field_tags')}>
      <span aria-hidden="true">{t('field_tags')}</span>
      <TagChips
        model={model}
        tags={tags}
        onRemove={(tag) => {
          form.tags.value = tags.filter((other) => other !== tag);
          input.current?.focus();
        }}
      />
      <div class="field-with-button">
        <input
          {...fieldAttributes(id, notes)}
          ref={input}
          class="field"
          dir="auto"
          aria-label={t('tag_add')}
          placeholder={t('tag_add')}
          maxLength={TAG_LENGTH_MAX}
          list={listId}
          value={newTag.value}
          onInput={(event) => {
            newTag.value = event.currentTarget.value;
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || newTag.value.trim() === '') return;
            // Ends the tag, not the dialog.
            event.preventDefault();
            form.addTag();
          }}
        />
        <TagSuggestions id={listId} model={model} tags={tags} />
        <button
          type="button"
          class="button"
          disabled={newTag.value.trim() === ''}
          onClick={() => {
            form.addTag();
            input.current?.focus();
          }}
        >
          {t('action_add')}
        </button>
      </div>
      <FieldNotes id={id} notes={notes} />
    </div>
  );
}
