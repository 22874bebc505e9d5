import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import type { TagStep } from '../../lib/client/options-tag-dialogs.ts';
import { plural, t } from '../../lib/client/translate.ts';
import { TAG_LENGTH_MAX } from '../../lib/domain/tag.ts';
import { FormDialog } from './FormDialog.tsx';
import { TextField } from './TextField.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly step: TagStep;
}

/** Renames, merges or deletes a tag, over the list of all; says first what that touches. */
export function TagStepDialog({ model, step }: Props): VNode {
  const { leaveStep } = model.tagDialogs;
  return (
    <FormDialog
      key={step.kind}
      name={nameOf(step)}
      submission={step}
      submitLabel={submitLabel(step)}
      canSubmit={step.kind !== 'rename' || step.name.value.trim() !== ''}
      isDanger={step.kind !== 'rename'}
      onClose={leaveStep}
      onBack={step.kind === 'merge' ? step.goBack : leaveStep}
      status={
        <p class="tag-busy quiet" role="status" aria-label={t('tag_progress')}>
          {step.isBusy.value && (
            <>
              <span class="spinner" aria-hidden="true" />
              {t('tag_busy')}
            </>
          )}
        </p>
      }
    >
      <Question step={step} />
    </FormDialog>
  );
}

function Question({ step }: Pick<Props, 'step'>): VNode {
  const { count, name } = step.tag;
  switch (step.kind) {
    case 'rename':
      return (
        <TextField
          label={t('field_new_name')}
          value={step.name}
          hint={t('tag_rename_hint')}
          maxLength={TAG_LENGTH_MAX}
          isRequired
        />
      );
    case 'merge':
      return (
        <>
          <p>{plural('tag_merge_what', count, name, step.into.name)}</p>
          <p>{t('tag_merge_final')}</p>
        </>
      );
    case 'delete':
      return (
        <>
          <p>{plural('tag_delete_what', count)}</p>
          <p>{t('tag_delete_stays')}</p>
        </>
      );
  }
}

function nameOf(step: TagStep): string {
  const { name } = step.tag;
  switch (step.kind) {
    case 'rename':
      return t('dialog_tag_rename', name);
    case 'merge':
      return t('dialog_tag_merge', name, step.into.name);
    case 'delete':
      return t('dialog_tag_delete', name);
  }
}

function submitLabel({ kind }: TagStep): string {
  if (kind === 'rename') return t('action_save');
  return kind === 'merge' ? t('action_merge') : t('action_delete');
}
