import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import type { MethodSummary } from '../../lib/client/options-providers.ts';
import type { SecretFields } from '../../lib/client/options-secrets.ts';
import { t } from '../../lib/client/translate.ts';
import type { MessageKey } from '../../lib/domain/words.ts';
import { SecretField } from './SecretField.tsx';
import { TextField } from './TextField.tsx';

interface Props {
  readonly client: NonNullable<MethodSummary['client']>;
  readonly secrets: SecretFields;
  /** Whether a client that was brought earlier serves here, so that none has to be filled in. */
  readonly isKept: boolean;
  /** Where such a client is made; `null` where nobody wrote it down. */
  readonly appPage: string | null;
  readonly onCopy: (text: string) => Promise<boolean>;
}

/** The person's own OAuth client: what to register at the provider, and what came out of it. */
export function ClientFields({ isKept, ...rest }: Props): VNode {
  if (!isKept)
    return (
      <fieldset class="form-group">
        <legend>{t('client_title')}</legend>
        <Fields isNeeded {...rest} />
      </fieldset>
    );
  const { keptId } = rest.client;
  return (
    <details class="form-details">
      <summary>{keptId === null ? t('client_other') : t('client_kept', keptId)}</summary>
      <Fields isNeeded={false} {...rest} />
    </details>
  );
}

function Fields({
  client,
  secrets,
  appPage,
  onCopy,
  isNeeded,
}: Omit<Props, 'isKept'> & { readonly isNeeded: boolean }): VNode {
  return (
    <>
      <p class="hint">{t('client_explained')}</p>
      {appPage !== null && (
        <p class="hint">
          <a href={appPage} target="_blank" rel="noreferrer">
            {t('client_page')}
          </a>
        </p>
      )}
      <div class="form-row">
        <span>{t('client_redirect')}</span>
        <div class="field-with-button">
          <code class="copyable">{client.redirectUrl}</code>
          <CopyButton text={client.redirectUrl} onCopy={onCopy} />
        </div>
      </div>
      <TextField
        label={t('client_id')}
        value={secrets.clientId}
        maxLength={500}
        isRequired={isNeeded}
      />
      {client.secret !== 'none' && (
        <SecretField
          label={client.secret === 'required' ? t('client_secret') : t('client_secret_optional')}
          value={secrets.clientSecret}
          isRequired={isNeeded && client.secret === 'required'}
        />
      )}
    </>
  );
}

/** Says itself whether it worked: what is said on the page is not heard while a dialog is open. */
function CopyButton({
  text,
  onCopy,
}: {
  readonly text: string;
  readonly onCopy: Props['onCopy'];
}): VNode {
  const outcome = useSignal<MessageKey | null>(null);
  return (
    <>
      <button
        type="button"
        class="button"
        aria-label={t('client_redirect_copy')}
        onClick={() =>
          void onCopy(text).then((isCopied) => {
            outcome.value = isCopied ? 'message_copied' : 'message_not_copied';
          })
        }
      >
        {t('action_copy')}
      </button>
      <span role="status" class="hint copy-outcome">
        {outcome.value !== null && t(outcome.value)}
      </span>
    </>
  );
}
