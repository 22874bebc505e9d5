import type { VNode } from 'preact';
import type { ConnectForm } from '../../lib/client/options-connect.ts';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t } from '../../lib/client/translate.ts';
import { AttemptProgress } from './AttemptProgress.tsx';
import { ConnectFields } from './ConnectFields.tsx';
import { Modal } from './Modal.tsx';
import { ProblemNote } from './ProblemNote.tsx';
import { ProviderPicker } from './ProviderPicker.tsx';
import { useFirstFieldFocus } from './use-first-field-focus.ts';

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
      <div class="modal-scroll">
        <fieldset class="modal-body plain-fieldset" disabled={isBusy}>
          <ConnectFields model={model} form={form} />
        </fieldset>
      </div>
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
