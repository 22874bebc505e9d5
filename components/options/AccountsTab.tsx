import { useComputed, useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t, tell } from '../../lib/client/translate.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { searchKey } from '../../lib/domain/query.ts';
import type { Account } from '../../lib/domain/identity.ts';
import { accountsWords } from '../../lib/domain/words.ts';
import { RelativeTime } from '../RelativeTime.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly connection: Connection;
}

/** Longer lists get a search field. */
const SEARCH_FROM = 12;
/** However many there are, a panel shows no more of them at once. */
const SHOWN_MAX = 200;

/** What the identity can reach at its provider. */
export function AccountsTab({ model, connection }: Props): VNode {
  const { accounts } = connection;
  const readAt = 'readAt' in accounts ? accounts.readAt : null;
  return (
    <>
      <p class="quiet">
        {tell(accountsWords(accounts))}
        {readAt !== null && (
          <>
            {' · '}
            <RelativeTime at={readAt} now={model.now.value} />
          </>
        )}
      </p>
      {accounts.kind === 'none' && <p class="hint">{t('accounts_none_hint')}</p>}
      {accounts.kind === 'ready' && <AccountList items={accounts.items} />}
      {accounts.kind === 'ready' && accounts.isCut && <p class="hint">{t('accounts_cut')}</p>}
    </>
  );
}

function AccountList({ items }: { readonly items: readonly Account[] }): VNode {
  const text = useSignal('');
  const key = useComputed(() => searchKey(text.value.trim()));
  const found = items.filter(({ label, id }) => searchKey(`${label}\n${id}`).includes(key.value));
  const rest = found.length - SHOWN_MAX;
  return (
    <>
      {items.length >= SEARCH_FROM && (
        <input
          class="field field-wide"
          type="search"
          aria-label={t('accounts_search')}
          placeholder={t('accounts_search')}
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value;
          }}
        />
      )}
      <ul class="accounts" aria-label={t('tab_accounts')}>
        {found.slice(0, SHOWN_MAX).map(({ id, label }) => (
          <li key={id}>
            <bdi class="one-line">{label}</bdi>
            <code class="quiet one-line">
              <bdi>{id}</bdi>
            </code>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p class="hint">{t('accounts_none_found')}</p>}
      {rest > 0 && <p class="hint">{t('accounts_more', rest)}</p>}
    </>
  );
}
