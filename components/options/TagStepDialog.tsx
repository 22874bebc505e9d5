import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import type { TagStep } from '../../lib/client/options-tag-dialogs.ts';
import { plural, t } from '../../lib/client/translate.ts';
import { TAG_LENGTH_MAX } from '../../lib/domain/tag.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import { Modal } from './Modal.tsx';
import { ProblemNote } from './ProblemNote.tsx';
import { TextField } from './TextField.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly step: TagStep;
}

/** Renames, merges or deletes a tag, over the list of all; says first what that touches. */
export function TagStepDialog({ model, step }: Props): VNode {
  const { leaveStep } = model.tagDialogs;
  const { problem } = step;
  return (
    <Modal key={step.kind} name={nameOf(step)} onClose={leaveStep}>
      <form
        class="modal-form"
        onSubmit={(event) => {
          event.preventDefault();
          void step.submit();
        }}
      >
        <div class="modal-body">
          <Question step={step} />
          {problem.value !== null && (
            <ProblemNote problem={{ code: problem.value, detail: null }} />
          )}
        </div>
        <footer class="modal-footer">
          <p class="tag-busy quiet" role="status" aria-label={t('tag_progress')}>
            {step.isBusy.value && (
              <>
                <span class="spinner" aria-hidden="true" />
                {t('tag_busy')}
              </>
            )}
          </p>
          <button
            type="button"
            class="button"
            onClick={step.kind === 'merge' ? step.goBack : leaveStep}
          >
            {t('action_go_back')}
          </button>
          <ChangeButton
            type="submit"
            class={step.kind === 'rename' ? 'button button-main' : 'button button-danger'}
            disabled={
              step.isBusy.value || (step.kind === 'rename' && step.name.value.trim() === '')
            }
          >
            {submitLabel(step)}
          </ChangeButton>
        </footer>
      </form>
    </Modal>
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
