import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import type { ReconnectForm } from '../../lib/client/options-reconnect.ts';
import { t } from '../../lib/client/translate.ts';
import { AttemptForm } from './AttemptForm.tsx';
import { Modal } from './Modal.tsx';
import { ReconnectFields } from './ReconnectFields.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly form: ReconnectForm;
}

/** A new credential for a connection that keeps its name, tags, environment and history. */
export function ReconnectDialog({ model, form }: Props): VNode {
  const { close } = model.dialogs;
  return (
    <Modal name={t('dialog_reconnect', form.connection.value.name)} onClose={close}>
      <AttemptForm
        model={model}
        attempt={form.attempt}
        onSubmit={form.submit}
        submitLabel={t('action_reconnect')}
        canSubmit={form.method.value !== null}
        backLabel={t('action_go_back')}
        onBack={close}
      >
        <ReconnectFields model={model} form={form} />
      </AttemptForm>
    </Modal>
  );
}
