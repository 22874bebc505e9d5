import type { VNode } from 'preact';
import { choicesInForm, type EditForm } from '../../lib/client/options-edit-form.ts';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t } from '../../lib/client/translate.ts';
import { AttemptForm } from './AttemptForm.tsx';
import { EditFields } from './EditFields.tsx';
import { Modal } from './Modal.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly form: EditForm;
}

/** Everything that a person may change about a connection, saved together. */
export function EditDialog({ model, form }: Props): VNode {
  const { close } = model.dialogs;
  return (
    <Modal name={t('dialog_edit', form.shown.value.name)} onClose={close}>
      <AttemptForm
        model={model}
        attempt={form.attempt}
        attempts={choicesInForm(model.attempts)}
        // What else was typed is saved once the choice is carried out.
        onChosen={() => undefined}
        onSubmit={() => void form.submit()}
        submitLabel={t('action_save')}
        backLabel={t('action_go_back')}
        onBack={close}
      >
        <EditFields model={model} form={form} />
      </AttemptForm>
    </Modal>
  );
}
