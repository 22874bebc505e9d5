import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { plural, t } from '../../lib/client/translate.ts';
import { ALL_ACCOUNTS, isUsed, type AccountsChange } from '../../lib/domain/account-choice.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import type { Account } from '../../lib/domain/identity.ts';
import { searchKey, searchWords } from '../../lib/domain/query.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import { useChange } from '../use-change.ts';
import { Marked } from '../Marked.tsx';
import { usePages } from './Pager.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly connection: Connection;
  /** Chosen, and not listed by the provider any more. */
  readonly missing: readonly Account[];
  readonly listed: readonly Account[];
}

/** Longer lists get a search field. */
const SEARCH_OVER = 10;
/** However many there are, no more of them stand in the page at once. */
const PAGE_SIZE = 100;

/** The accounts with a checkbox each: whether the connection uses them. */
export function AccountsPicker({ model, connection, missing, listed }: Props): VNode {
  const changeable = useChange();
  const text = useSignal('');
  // A refused choice is drawn again as it is kept: the browser has turned the checkbox already.
  const refusals = useSignal(0);
  void refusals.value;
  const all = useMemo(() => [...missing, ...listed], [missing, listed]);
  const keys = useMemo(() => all.map(({ label, id }) => searchKey(`${label}\n${id}`)), [all]);
  const words = searchWords(text.value);
  const found = all.filter((_, at) => words.every((word) => keys[at]?.includes(word)));
  const { from, to, pager, turnTo } = usePages(found.length, PAGE_SIZE);
  const { accountChoice = ALL_ACCOUNTS } = connection;
  const used = isUsed(accountChoice);
  const gone = new Set(missing);
  const change = async (step: AccountsChange): Promise<void> => {
    if (!(await model.actions.chooseAccounts(connection, step))) refusals.value += 1;
  };
  return (
    <div>
      {all.length > SEARCH_OVER && (
        <input
          class="field field-wide"
          type="search"
          aria-label={t('accounts_search')}
          placeholder={t('accounts_search')}
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value;
            turnTo(0);
          }}
        />
      )}
      <div class="accounts-tools">
        {words.length === 0 ? (
          <AllButtons change={change} />
        ) : (
          found.length > 0 && <FoundButtons found={found} change={change} />
        )}
        {pager}
      </div>
      <label class="accounts-only">
        <input
          type="checkbox"
          {...changeable}
          checked={accountChoice.kind === 'only'}
          onChange={(event) =>
            void change({ kind: event.currentTarget.checked ? 'only-these' : 'new-too' })
          }
        />
        <span>{t('accounts_only_these')}</span>
      </label>
      <ul class="accounts" aria-label={t('tab_accounts')}>
        {found.slice(from, to).map((account) => (
          <li key={account.id}>
            <label>
              <input
                type="checkbox"
                {...changeable}
                checked={used(account)}
                onChange={(event) => {
                  const kind = event.currentTarget.checked ? 'use' : 'leave-out';
                  void change({ kind, ids: [account.id] });
                }}
              />
              <bdi class="account-label">
                <Marked text={account.label} search={text.value} />
              </bdi>{' '}
              {gone.has(account) && <span class="hint">{t('accounts_missing_mark')} </span>}
              <code class="quiet">
                <bdi>
                  <Marked text={account.id} search={text.value} />
                </bdi>
              </code>
            </label>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p class="hint">{t('accounts_none_found')}</p>}
    </div>
  );
}

interface ButtonsProps {
  readonly change: (step: AccountsChange) => Promise<void>;
}

function AllButtons({ change }: ButtonsProps): VNode {
  return (
    <>
      <ChangeButton type="button" class="button" onClick={() => void change({ kind: 'use-all' })}>
        {t('accounts_use_all')}
      </ChangeButton>
      <ChangeButton type="button" class="button" onClick={() => void change({ kind: 'use-none' })}>
        {t('accounts_use_none')}
      </ChangeButton>
    </>
  );
}

/** While something is searched for, what is not shown is not touched. */
function FoundButtons({
  found,
  change,
}: ButtonsProps & { readonly found: readonly Account[] }): VNode {
  const ids = found.map(({ id }) => id);
  return (
    <>
      <ChangeButton type="button" class="button" onClick={() => void change({ kind: 'use', ids })}>
        {plural('accounts_use_found', ids.length)}
      </ChangeButton>
      <ChangeButton
        type="button"
        class="button"
        onClick={() => void change({ kind: 'leave-out', ids })}
      >
        {plural('accounts_leave_found', ids.length)}
      </ChangeButton>
    </>
  );
}
