/** Which accounts of a connection are used. */
import { ALL_ACCOUNTS, type AccountChoice, type AccountsChange } from '../domain/account-choice.ts';
import type { Connection } from '../domain/connection.ts';
import type { Input } from '../rpc/procedures.ts';
import { offerUndo } from './offer-undo.ts';
import type { Shared } from './options-deps.ts';
import { reportFailure } from './report-failure.ts';
import { t } from './translate.ts';

export interface AccountsChoosing {
  /** @returns whether it was kept; the list shows what was */
  readonly chooseAccounts: (connection: Connection, change: AccountsChange) => Promise<boolean>;
}

export function createAccountsChoosing({
  call,
  messages,
}: Pick<Shared, 'call' | 'messages'>): AccountsChoosing {
  return {
    async chooseAccounts({ id, name, accountChoice = ALL_ACCOUNTS }, change) {
      const ask = (wanted: AccountsChange): Promise<unknown> =>
        call('chooseAccounts', { id, change: asInput(wanted) });
      const isGood = await reportFailure(messages, () => ask(change));
      if (isGood && isOfSeveral(change))
        offerUndo(
          messages,
          t('message_accounts_chosen', name),
          () => ask({ kind: 'as-before', choice: accountChoice }),
          t('message_accounts_as_before', name),
        );
      return isGood;
    },
  };
}

/** The checkbox of one says by itself what became of it, and is taken back by another click. */
function isOfSeveral(change: AccountsChange): boolean {
  return !('ids' in change) || change.ids.length > 1;
}

function asInput(change: AccountsChange): Input<'chooseAccounts'>['change'] {
  if ('ids' in change) return { kind: change.kind, ids: [...change.ids] };
  return 'choice' in change ? { kind: change.kind, choice: choiceAsInput(change.choice) } : change;
}

function choiceAsInput({ kind, accounts }: AccountChoice): {
  kind: AccountChoice['kind'];
  accounts: { id: string; label: string }[];
} {
  return { kind, accounts: [...accounts] };
}
