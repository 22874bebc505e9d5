import type { VNode } from 'preact';
import { environmentName, environmentNameOf } from '../../lib/client/environments.ts';
import type { EditField } from '../../lib/client/options-edit-draft.ts';
import type { EditErrors, EditForm } from '../../lib/client/options-edit-form.ts';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t } from '../../lib/client/translate.ts';
import { dayEndingAt } from '../../lib/domain/calendar-day.ts';
import { NOTES_MAX } from '../../lib/domain/connection.ts';
import { statedDays } from '../../lib/domain/stated-days.ts';
import { EditSecret } from './EditSecret.tsx';
import type { Notes } from './FieldNotes.tsx';
import { FieldRow } from './FieldRow.tsx';
import { TagsField } from './TagsField.tsx';
import { useLostFocus } from './use-lost-focus.ts';
import { useMarkedFocus } from './use-marked-focus.ts';

interface Props {
  readonly model: OptionsModel;
  readonly form: EditForm;
}

/** What can be changed, each with what is wrong with it or what others made of it. */
export function EditFields({ model, form }: Props): VNode {
  const errors = form.errors.value;
  const theirs = form.theirs.value;
  const element = useLostFocus<HTMLDivElement>(String(form.attempt.isBusy.value));
  useMarkedFocus(element, '[data-changed]', theirs);
  useMarkedFocus(element, '[aria-invalid="true"]', errors);
  const { methodKind } = form.shown.value;
  return (
    <div ref={element} class="form-rows">
      <FieldRow label={t('field_new_name')} notes={notesOf(model, form, errors, 'name')}>
        {(field) => (
          <input
            {...field}
            class="field"
            dir="auto"
            autocomplete="off"
            maxLength={200}
            value={form.name.value}
            onInput={(event) => {
              form.name.value = event.currentTarget.value;
            }}
          />
        )}
      </FieldRow>
      <FieldRow label={t('environment')} notes={notesOf(model, form, errors, 'environmentId')}>
        {(field) => (
          <select
            {...field}
            class="field"
            value={form.environmentId.value}
            onChange={(event) => {
              form.environmentId.value = event.currentTarget.value;
            }}
          >
            {model.records.environments.value.map((environment) => (
              <option key={environment.id} value={environment.id}>
                {environmentName(environment)}
              </option>
            ))}
          </select>
        )}
      </FieldRow>
      <TagsField model={model} form={form} notes={notesOf(model, form, errors, 'tags')} />
      <FieldRow label={t('field_notes')} notes={notesOf(model, form, errors, 'notes')}>
        {(field) => (
          <textarea
            {...field}
            class="field field-wide"
            dir="auto"
            rows={3}
            maxLength={NOTES_MAX}
            value={form.notes.value}
            onInput={(event) => {
              form.notes.value = event.currentTarget.value;
            }}
          />
        )}
      </FieldRow>
      {methodKind !== 'oauth2' && (
        <>
          <LastDay model={model} form={form} notes={notesOf(model, form, errors, 'statedEndAt')} />
          <EditSecret model={model} form={form} />
        </>
      )}
    </div>
  );
}

function LastDay({ model, form, notes }: Props & { readonly notes: Notes }): VNode {
  const { statedEndAt } = form.shown.value;
  const { key, user, password } = form.secrets;
  const isOfOldKey =
    statedEndAt !== undefined &&
    form.lastDay.value === dayEndingAt(statedEndAt) &&
    [key, user, password].some(({ value }) => value !== '');
  const hint = isOfOldKey ? t('edit_key_ends') : t('stated_end_hint');
  return (
    <FieldRow label={t('field_stated_end')} notes={{ ...notes, hint }}>
      {(field) => (
        <input
          {...field}
          class="field"
          type="date"
          // A day that is over may stand there already, and must not keep the rest from being saved.
          max={statedDays(model.now.value).last}
          value={form.lastDay.value}
          onInput={(event) => {
            const { value, validity } = event.currentTarget;
            form.isDayUnfinished.value = validity.badInput;
            form.lastDay.value = value;
          }}
        />
      )}
    </FieldRow>
  );
}

function notesOf(model: OptionsModel, form: EditForm, errors: EditErrors, field: EditField): Notes {
  return {
    problem: errors[field],
    theirs: form.theirs.value.has(field) ? theirsOf(model, form, field) : undefined,
  };
}

/** What stands in a field by now, in words. */
function theirsOf({ records }: OptionsModel, { shown }: EditForm, field: EditField): string {
  const { name, environmentId, tags, notes = '', statedEndAt } = shown.value;
  switch (field) {
    case 'name':
      return name;
    case 'environmentId':
      return environmentNameOf(records.environments.value, environmentId);
    case 'tags':
      return tags.join(', ');
    case 'notes':
      return notes;
    case 'statedEndAt':
      return statedEndAt === undefined ? '' : dayEndingAt(statedEndAt);
  }
}
