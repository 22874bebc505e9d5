import type { VNode } from 'preact';
import type { ConnectForm } from '../../lib/client/options-connect.ts';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t } from '../../lib/client/translate.ts';
import { AttemptProgress } from './AttemptProgress.tsx';
import { ConnectFields } from './ConnectFields.tsx';
import { Modal } from './Modal.tsx';
import { ProviderPicker } from './ProviderPicker.tsx';
import { useFirstFieldFocus } from './use-first-field-focus.ts';

interface Props {
  readonly model: OptionsModel;
  readonly form: ConnectForm;
}

/** Which service, which way, whose: then the sign-in window, or the proof of what was typed. */
export function NewConnectionDialog({ model, form }: Props): VNode {
  const provider = form.provider.value;
  const isLoading = model.providers.list.value === null;
  return (
    <Modal name={t('dialog_new')} onClose={model.dialogs.close}>
      {provider !== null ? (
        <FilledIn model={model} form={form} />
      ) : isLoading ? (
        <p class="modal-body hint">{t('providers_loading')}</p>
      ) : (
        <ProviderPicker form={form} />
      )}
    </Modal>
  );
}

function FilledIn({ model, form }: Props): VNode {
  const isBusy = form.attempt.isBusy.value;
  const isRunning = isBusy && form.attempt.authorization.value !== null;
  const element = useFirstFieldFocus<HTMLFormElement>();
  return (
    <form
      ref={element}
      class="modal-form"
      onSubmit={(event) => {
        event.preventDefault();
        form.submit();
      }}
    >
      <fieldset class="modal-body plain-fieldset" disabled={isBusy}>
        <ConnectFields model={model} form={form} />
      </fieldset>
      <AttemptProgress
        attempt={form.attempt}
        attempts={model.attempts}
        onChosen={model.dialogs.close}
      />
      <footer class="modal-footer">
        {isRunning ? (
          <button type="button" class="button" onClick={form.attempt.cancel}>
            {t('action_cancel')}
          </button>
        ) : (
          <button
            type="button"
            class="button"
            disabled={isBusy}
            onClick={() => form.chooseProvider(null)}
          >
            {t('action_back')}
          </button>
        )}
        <button type="submit" class="button button-main" disabled={isBusy}>
          {t('action_connect')}
        </button>
      </footer>
    </form>
  );
}
