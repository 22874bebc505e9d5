/** Which accounts of a connection are used. */
import {
  ALL_ACCOUNTS,
  changedChoice,
  type AccountChoice,
  type AccountsChange,
} from '../domain/account-choice.ts';
import type { Connection } from '../domain/connection.ts';
import type { Input } from '../rpc/procedures.ts';
import { PatchbayError } from '../domain/errors.ts';
import { expectAsMade } from './expect-as-made.ts';
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
  records,
}: Pick<Shared, 'call' | 'messages' | 'records'>): AccountsChoosing {
  return {
    async chooseAccounts(connection, change) {
      const { id, name, accountChoice = ALL_ACCOUNTS } = connection;
      const ask = (wanted: AccountsChange): Promise<unknown> =>
        call('chooseAccounts', { id, change: asInput(wanted) });
      const isGood = await reportFailure(messages, () => ask(change));
      const undo = async (): Promise<void> => {
        await records.load();
        const current = records.find(id);
        if (current === undefined) throw new PatchbayError('not-found');
        expectAsMade(current.accountChoice, changedChoice(connection, change));
        await ask({ kind: 'as-before', choice: accountChoice });
      };
      if (isGood && isOfSeveral(change))
        offerUndo(
          messages,
          t('message_accounts_chosen', name),
          undo,
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
