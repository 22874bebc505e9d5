import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { plural, t, tell } from '../../lib/client/translate.ts';
import { missingAccounts } from '../../lib/domain/account-choice.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { knownAccounts } from '../../lib/domain/identity.ts';
import { accountsProblemWords, accountsWords } from '../../lib/domain/words.ts';
import { RelativeTime } from '../RelativeTime.tsx';
import { AccountsPicker } from './AccountsPicker.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly connection: Connection;
}

/** What the identity can reach at its provider, and which of it is used. */
export function AccountsTab({ model, connection }: Props): VNode {
  const known = knownAccounts(connection.accounts);
  const missing = missingAccounts(connection);
  const count = (known?.items.length ?? 0) + missing.length;
  return (
    <>
      <AccountsState model={model} connection={connection} />
      <AccountsHint model={model} connection={connection} />
      {missing.length > 0 && (
        <div class="accounts-missing">
          <strong>{plural('accounts_missing', missing.length)}</strong>
          <p class="hint">{t('accounts_missing_hint')}</p>
        </div>
      )}
      {count > 0 && (
        <AccountsPicker
          model={model}
          connection={connection}
          missing={missing}
          listed={known?.items ?? []}
        />
      )}
      {known?.isCut === true && <p class="hint">{t('accounts_cut')}</p>}
    </>
  );
}

/** The state in words, since when, and the way to ask again. */
function AccountsState({ model, connection }: Props): VNode {
  const { id, accounts, accountChoice, health } = connection;
  const isReading = model.actions.checking.value.has(id);
  const readAt = 'readAt' in accounts ? accounts.readAt : null;
  return (
    <div class="accounts-state">
      <p class="quiet">
        <span role="status">
          {isReading ? t('accounts_reading') : tell(accountsWords(accounts, accountChoice))}
        </span>
        {!isReading && readAt !== null && health.kind !== 'unauthorized' && (
          <>
            {' · '}
            <RelativeTime at={readAt} now={model.now.value} />
          </>
        )}
      </p>
      {health.kind !== 'unauthorized' && (
        <button
          type="button"
          class="button"
          // Not `disabled`: the focus would be lost.
          aria-disabled={isReading}
          onClick={() => !isReading && void model.actions.checkNow([id])}
        >
          {t('accounts_read_again')}
        </button>
      )}
    </div>
  );
}

/** What to do where the list is not what one hopes for. */
function AccountsHint({ model, connection }: Props): VNode | null {
  const { accounts, health } = connection;
  if (health.kind === 'unauthorized') return <p class="hint">{t('accounts_hint_unauthorized')}</p>;
  if (accounts.kind === 'none') {
    const isListed = model.providers.find(connection.providerId)?.listsAccounts ?? true;
    return <p class="hint">{isListed ? t('accounts_none_hint') : t('accounts_not_listed_hint')}</p>;
  }
  if (accounts.kind !== 'error') return null;
  return (
    <>
      <p class="hint">{tell(accountsProblemWords(accounts.reason))}</p>
      {accounts.known !== undefined && (
        <p class="hint">
          {t('accounts_known')} <RelativeTime at={accounts.known.readAt} now={model.now.value} />
        </p>
      )}
    </>
  );
}
