/** Which accounts of a connection are used. */
import type { AccountsChange } from '../domain/account-choice.ts';
import type { Connection } from '../domain/connection.ts';
import type { Input } from '../rpc/procedures.ts';
import type { Shared } from './options-deps.ts';
import { reportFailure } from './report-failure.ts';

export interface AccountsChoosing {
  /** @returns whether it was kept; the list shows what was */
  readonly chooseAccounts: (connection: Connection, change: AccountsChange) => Promise<boolean>;
}

export function createAccountsChoosing({
  call,
  messages,
}: Pick<Shared, 'call' | 'messages'>): AccountsChoosing {
  return {
    chooseAccounts: ({ id }, change) =>
      reportFailure(messages, () => call('chooseAccounts', { id, change: asInput(change) })),
  };
}

function asInput(change: AccountsChange): Input<'chooseAccounts'>['change'] {
  return 'ids' in change ? { kind: change.kind, ids: [...change.ids] } : change;
}
