import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import type { RenameForm } from '../../lib/client/options-edit.ts';
import { t } from '../../lib/client/translate.ts';
import { Modal } from './Modal.tsx';
import { ProblemNote } from './ProblemNote.tsx';
import { TextField } from './TextField.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly form: RenameForm;
}

export function RenameDialog({ model, form }: Props): VNode {
  const { close } = model.dialogs;
  const newName = form.newName.value;
  const problem = form.problem.value;
  return (
    <Modal name={t('dialog_rename', form.shown.value.name)} onClose={close}>
      <form
        class="modal-form"
        onSubmit={(event) => {
          event.preventDefault();
          void form.submit();
        }}
      >
        <div class="modal-body">
          <TextField label={t('field_new_name')} value={form.name} isRequired />
          {problem !== null && <ProblemNote problem={{ code: problem, detail: null }} />}
          {newName !== null && (
            <p class="note">
              {t('rename_meanwhile')}{' '}
              <strong>
                <bdi>{newName}</bdi>
              </strong>
            </p>
          )}
        </div>
        <footer class="modal-footer">
          <button type="button" class="button" onClick={close}>
            {t('action_go_back')}
          </button>
          <button
            type="submit"
            class="button button-main"
            disabled={form.isBusy.value || form.name.value.trim() === ''}
          >
            {t('action_save')}
          </button>
        </footer>
      </form>
    </Modal>
  );
}
