import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import type { ReconnectForm } from '../../lib/client/options-reconnect.ts';
import { t, tell } from '../../lib/client/translate.ts';
import { errorWords } from '../../lib/domain/words.ts';
import { ClientFields } from './ClientFields.tsx';
import { CredentialFields } from './CredentialFields.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly form: ReconnectForm;
}

/** What reconnecting needs of the person: a new secret, or how to sign in. */
export function ReconnectFields({ model, form }: Props): VNode {
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
