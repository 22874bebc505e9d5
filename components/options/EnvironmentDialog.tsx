import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import { environmentName } from '../../lib/client/environments.ts';
import type { EnvironmentDialog as Model } from '../../lib/client/options-environments.ts';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { plural, t } from '../../lib/client/translate.ts';
import type { Environment } from '../../lib/domain/environment.ts';
import { EnvironmentSelect } from '../EnvironmentSelect.tsx';
import { Modal } from './Modal.tsx';
import { ProblemNote } from './ProblemNote.tsx';
import { TextField } from './TextField.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly dialog: Model;
}

/** Names an environment, removes one, or copies a connection to one. */
export function EnvironmentDialog({ model, dialog }: Props): VNode {
  const { close } = model.environmentDialogs;
  const { value, problem, isBusy } = dialog;
  return (
    <Modal name={nameOf(dialog)} onClose={close}>
      <form
        class="modal-form"
        onSubmit={(event) => {
          event.preventDefault();
          void dialog.submit();
        }}
      >
        <div class="modal-body">
          <Question dialog={dialog} />
          {problem.value !== null && (
            <ProblemNote problem={{ code: problem.value, detail: null }} />
          )}
        </div>
        <footer class="modal-footer">
          <button type="button" class="button" onClick={close}>
            {t('action_go_back')}
          </button>
          <button
            type="submit"
            class={dialog.kind === 'remove' ? 'button button-danger' : 'button button-main'}
            disabled={isBusy.value || value.value.trim() === ''}
          >
            {submitLabel(dialog)}
          </button>
        </footer>
      </form>
    </Modal>
  );
}

function Question({ dialog }: Pick<Props, 'dialog'>): VNode {
  switch (dialog.kind) {
    case 'name':
      return (
        <TextField label={t('field_new_name')} value={dialog.value} maxLength={60} isRequired />
      );
    case 'remove':
      return (
        <>
          <p>{plural('environment_remove_where', dialog.count)}</p>
          <Target dialog={dialog} others={dialog.others} />
        </>
      );
    case 'copy':
      return (
        <>
          <p>{t('copy_explained')}</p>
          <Target dialog={dialog} others={dialog.others} />
        </>
      );
  }
}

function Target({
  dialog: { value },
  others,
}: Pick<Props, 'dialog'> & { readonly others: readonly Environment[] }): VNode {
  const id = useId();
  return (
    <div class="form-row">
      <label for={id}>{t('environment')}</label>
      <EnvironmentSelect
        id={id}
        environments={others}
        value={value.value}
        hasAll={false}
        onChange={(chosen) => {
          if (chosen !== null) value.value = chosen;
        }}
      />
    </div>
  );
}

function nameOf(dialog: Model): string {
  switch (dialog.kind) {
    case 'name':
      return dialog.environment === null
        ? t('dialog_environment_add')
        : t('dialog_rename', environmentName(dialog.environment));
    case 'remove':
      return t('dialog_environment_remove', environmentName(dialog.environment));
    case 'copy':
      return t('dialog_copy', dialog.connection.name);
  }
}

function submitLabel({ kind }: Model): string {
  if (kind === 'name') return t('action_save');
  return kind === 'remove' ? t('action_remove') : t('action_copy');
}
