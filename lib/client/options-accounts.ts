/** Which accounts of a connection are used. */
import {
  ALL_ACCOUNTS,
  changedChoice,
  type AccountChoice,
  type AccountsChange,
} from '../domain/account-choice.ts';
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
    async chooseAccounts(connection, change) {
      const { id, name, accountChoice = ALL_ACCOUNTS } = connection;
      const ask = (wanted: AccountsChange): Promise<unknown> =>
        call('chooseAccounts', { id, change: asInput(wanted) });
      const isGood = await reportFailure(messages, () => ask(change));
      const made = changedChoice(connection, change);
      if (isGood && isOfSeveral(change))
        offerUndo(
          messages,
          t('message_accounts_chosen', name),
          () => ask({ kind: 'as-before', choice: accountChoice, made }),
          t('message_accounts_as_before', name),
          { givesWay: false },
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
  if (!('choice' in change)) return change;
  const { kind, choice, made } = change;
  return { kind, choice: choiceAsInput(choice), made: choiceAsInput(made) };
}

function choiceAsInput({ kind, accounts }: AccountChoice): {
  kind: AccountChoice['kind'];
  accounts: { id: string; label: string }[];
} {
  return { kind, accounts: [...accounts] };
}
