import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import { environmentName } from '../../lib/client/environments.ts';
import type { EnvironmentDialog as Model } from '../../lib/client/options-environments.ts';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { plural, t } from '../../lib/client/translate.ts';
import type { Environment } from '../../lib/domain/environment.ts';
import { EnvironmentSelect } from '../EnvironmentSelect.tsx';
import { FormDialog } from './FormDialog.tsx';
import { NewNameNote } from './NewNameNote.tsx';
import { TextField } from './TextField.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly dialog: Model;
}

/** Names an environment, removes one, or copies a connection to one. */
export function EnvironmentDialog({ model, dialog }: Props): VNode {
  const { close } = model.environmentDialogs;
  return (
    <FormDialog
      name={nameOf(dialog)}
      submission={dialog}
      submitLabel={submitLabel(dialog)}
      canSubmit={dialog.value.value.trim() !== ''}
      isDanger={dialog.kind === 'remove'}
      onClose={close}
      note={dialog.kind === 'name' && <NewNameNote newName={dialog.newName.value} />}
    >
      <Question dialog={dialog} />
    </FormDialog>
  );
}

function Question({ dialog }: Pick<Props, 'dialog'>): VNode {
  switch (dialog.kind) {
    case 'name':
      return (
        <TextField label={t('field_new_name')} value={dialog.value} maxLength={60} isRequired />
      );
    case 'remove':
      if (dialog.count === 0) return <p>{t('environment_remove_empty')}</p>;
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
