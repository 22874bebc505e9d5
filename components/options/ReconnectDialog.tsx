import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import type { ReconnectForm } from '../../lib/client/options-reconnect.ts';
import { t, tell } from '../../lib/client/translate.ts';
import { errorWords } from '../../lib/domain/words.ts';
import { AttemptProgress } from './AttemptProgress.tsx';
import { ClientFields } from './ClientFields.tsx';
import { CredentialFields } from './CredentialFields.tsx';
import { Modal } from './Modal.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly form: ReconnectForm;
}

/** A new credential for a connection that keeps its name, tags, environment and history. */
export function ReconnectDialog({ model, form }: Props): VNode {
  const { name } = form.connection.value;
  const isBusy = form.attempt.isBusy.value;
  const isRunning = isBusy && form.attempt.authorization.value !== null;
  return (
    <Modal name={t('dialog_reconnect', name)} onClose={model.dialogs.close}>
      <form
        class="modal-form"
        onSubmit={(event) => {
          event.preventDefault();
          form.submit();
        }}
      >
        <div class="modal-scroll">
          <fieldset class="modal-body plain-fieldset" disabled={isBusy}>
            <Fields model={model} form={form} />
          </fieldset>
        </div>
        <AttemptProgress
          attempt={form.attempt}
          attempts={model.attempts}
          onChosen={model.dialogs.close}
        />
        <footer class="modal-footer">
          <button
            type="button"
            class="button"
            onClick={isRunning ? form.attempt.cancel : model.dialogs.close}
          >
            {isRunning ? t('action_cancel') : t('action_go_back')}
          </button>
          <button
            type="submit"
            class="button button-main"
            disabled={isBusy || form.method.value === null}
          >
            {t('action_reconnect')}
          </button>
        </footer>
      </form>
    </Modal>
  );
}

function Fields({ model, form }: Props): VNode {
  const connection = form.connection.value;
  const method = form.method.value;
  const provider = model.providers.find(connection.providerId);
  if (method === null)
    return (
      <p class={form.isProviderGone.value ? 'note note-bad' : 'hint'}>
        {form.isProviderGone.value ? tell(errorWords('provider-unknown')) : t('providers_loading')}
      </p>
    );
  const label = connection.identity?.label ?? null;
  return (
    <>
      <p>
        {label === null
          ? t('reconnect_explained')
          : t('reconnect_explained_as', label, connection.provider.name)}
      </p>
      <CredentialFields method={method} secrets={form.secrets} />
      {method.kind === 'oauth2' && (
        <label class="choice">
          <input
            type="checkbox"
            checked={form.choosesAccount.value}
            onChange={(event) => {
              form.choosesAccount.value = event.currentTarget.checked;
            }}
          />
          {t('reconnect_choose_account')}
        </label>
      )}
      {method.client?.own === true && (
        <ClientFields
          client={method.client}
          secrets={form.secrets}
          appPage={provider?.links.app ?? null}
          onCopy={model.actions.copyText}
          // What connected it is kept; another is asked for only when that one does not serve.
          isKept={!form.asksForClient.value}
        />
      )}
    </>
  );
}
