import type { VNode } from 'preact';
import { useId, useRef } from 'preact/hooks';
import type { EditForm } from '../../lib/client/options-edit-form.ts';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t } from '../../lib/client/translate.ts';
import { fieldAttributes, FieldNotes, type Notes } from './FieldNotes.tsx';
import { TagChips } from './TagChips.tsx';
import { TagInput } from './TagInput.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly form: EditForm;
  readonly notes: Notes;
}

/** The tags in a form: nothing is kept before all of it is saved. */
export function TagsField({ model, form, notes }: Props): VNode {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const tags = form.tags.value;
  return (
    <div class="form-row" role="group" aria-label={t('field_tags')}>
      <span aria-hidden="true">{t('field_tags')}</span>
      <TagChips
        model={model}
        tags={tags}
        onRemove={(tag) => {
          form.tags.value = tags.filter((other) => other !== tag);
          field.current?.focus();
        }}
      />
      <TagInput
        model={model}
        tags={tags}
        typed={form.newTag}
        onAdd={form.addTag}
        field={field}
        attributes={fieldAttributes(id, notes)}
      />
      <FieldNotes id={id} notes={notes} />
    </div>
  );
}
