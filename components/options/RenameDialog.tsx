import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import type { RenameForm } from '../../lib/client/options-edit.ts';
import { t } from '../../lib/client/translate.ts';
import { EnvironmentLine } from './EnvironmentLine.tsx';
import { FormDialog } from './FormDialog.tsx';
import { NewNameNote } from './NewNameNote.tsx';
import { TextField } from './TextField.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly form: RenameForm;
}

export function RenameDialog({ model, form }: Props): VNode {
  const { close } = model.dialogs;
  return (
    <FormDialog
      name={t('dialog_rename', form.shown.value.name)}
      submission={form}
      submitLabel={t('action_save')}
      canSubmit={form.name.value.trim() !== ''}
      onClose={close}
      note={<NewNameNote newName={form.newName.value} />}
    >
      <EnvironmentLine model={model} connection={form.shown.value} />
      <TextField label={t('field_new_name')} value={form.name} isRequired />
    </FormDialog>
  );
}
