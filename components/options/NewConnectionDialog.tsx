import type { VNode } from 'preact';
import type { ConnectForm } from '../../lib/client/options-connect.ts';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t } from '../../lib/client/translate.ts';
import { AttemptForm } from './AttemptForm.tsx';
import { ConnectFields } from './ConnectFields.tsx';
import { Modal } from './Modal.tsx';
import { ProblemNote } from './ProblemNote.tsx';
import { ProviderPicker } from './ProviderPicker.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly form: ConnectForm;
}

/** Which service, which way, whose: then the sign-in window, or the proof of what was typed. */
export function NewConnectionDialog({ model, form }: Props): VNode {
  const provider = form.provider.value;
  return (
    <Modal name={t('dialog_new')} onClose={model.dialogs.close}>
      {provider === null ? (
        <Choosing model={model} form={form} />
      ) : (
        <FilledIn model={model} form={form} />
      )}
    </Modal>
  );
}

function Choosing({ model: { providers }, form }: Props): VNode {
  const trouble = providers.trouble.value;
  if (providers.list.value !== null) return <ProviderPicker form={form} />;
  return (
    <div class="modal-body">
      {trouble === null ? (
        <p class="hint">{t('providers_loading')}</p>
      ) : (
        <ProblemNote problem={{ code: trouble, detail: null }} />
      )}
    </div>
  );
}

function FilledIn({ model, form }: Props): VNode {
  return (
    <AttemptForm
      model={model}
      attempt={form.attempt}
      onSubmit={form.submit}
      submitLabel={t('action_connect')}
      backLabel={t('action_back')}
      onBack={() => form.chooseProvider(null)}
    >
      <ConnectFields model={model} form={form} />
    </AttemptForm>
  );
}
