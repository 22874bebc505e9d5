/** Which of its accounts a connection uses, as the person chose. Pure. */
import { PatchbayError } from './errors.ts';
import type { Health } from './health.ts';
import { knownAccounts, type Account, type Accounts } from './identity.ts';

/** Kept with the connection; accounts that the provider does not list at the moment stay in it. */
export interface AccountChoice {
  /** `all-but`: what the provider adds is used too. `only`: it is not. */
  readonly kind: 'all-but' | 'only';
  /** Those left out, or those used. With their labels, so that one can be named after it is gone. */
  readonly accounts: readonly Account[];
}

/** What is used until the person chooses. */
export const ALL_ACCOUNTS: AccountChoice = { kind: 'all-but', accounts: [] };

/** One step of choosing. */
export type AccountsChange =
  | { readonly kind: 'use' | 'leave-out'; readonly ids: readonly string[] }
  | { readonly kind: 'use-all' | 'use-none' | 'only-these' | 'new-too' }
  /** Takes steps back, to what was chosen before them, from what they `made`. */
  | { readonly kind: 'as-before'; readonly choice: AccountChoice; readonly made: AccountChoice };

/** What of a connection the choice is about. */
interface Chosen {
  readonly accounts: Accounts;
  readonly accountChoice?: AccountChoice;
}

/** Whether an account is used; made once for many accounts. */
export function isUsed({ kind, accounts }: AccountChoice): (account: Account) => boolean {
  const named = new Set(accounts.map(({ id }) => id));
  return ({ id }) => named.has(id) === (kind === 'only');
}

/** The accounts of the last list that are used, in its order. */
export function usedAccounts({ accounts, accountChoice = ALL_ACCOUNTS }: Chosen): Account[] {
  return (knownAccounts(accounts)?.items ?? []).filter(isUsed(accountChoice));
}

/**
 * Whether data can be drawn with it: it works, and reaches an account that is used; where there are
 * none to choose from, all that it reaches is.
 */
export function canExtract(connection: Chosen & { readonly health: Health }): boolean {
  const { accounts, health } = connection;
  if (health.kind !== 'active' && health.kind !== 'expiring') return false;
  const isUnlisted = accounts.kind === 'none' && accounts.isUnlisted === true;
  return isUnlisted || usedAccounts(connection).length > 0;
}

/**
 * The accounts that the person chose and that the provider does not list any more. None where the
 * list was cut: it may go on with them.
 */
export function missingAccounts({
  accounts,
  accountChoice = ALL_ACCOUNTS,
}: Chosen): readonly Account[] {
  const list = knownAccounts(accounts);
  if (list === null || list.isCut || accountChoice.kind === 'all-but') return [];
  const listed = new Set(list.items.map(({ id }) => id));
  return accountChoice.accounts.filter(({ id }) => !listed.has(id));
}

/**
 * The choice after one step. Ids that are not known are passed over.
 * @throws PatchbayError `changed-meanwhile` for steps back from what is not chosen any more
 */
export function changedChoice(connection: Chosen, change: AccountsChange): AccountChoice {
  const { accounts, accountChoice = ALL_ACCOUNTS } = connection;
  const listed = knownAccounts(accounts)?.items ?? [];
  switch (change.kind) {
    case 'use-all':
      return ALL_ACCOUNTS;
    case 'as-before':
      // Taken back already: the answer of an earlier attempt may have been lost with the worker.
      if (isSameChoice(accountChoice, change.choice)) return accountChoice;
      if (!isSameChoice(accountChoice, change.made)) throw new PatchbayError('changed-meanwhile');
      return change.choice;
    case 'use-none':
      return { kind: 'only', accounts: [] };
    case 'only-these':
      return accountChoice.kind === 'only'
        ? accountChoice
        : { kind: 'only', accounts: usedAccounts(connection) };
    case 'new-too': {
      const used = isUsed(accountChoice);
      return accountChoice.kind === 'all-but'
        ? accountChoice
        : { kind: 'all-but', accounts: listed.filter((account) => !used(account)) };
    }
    case 'use':
    case 'leave-out': {
      const { kind, accounts: named } = accountChoice;
      const meant = new Set(change.ids);
      const isNaming = (change.kind === 'use') === (kind === 'only');
      if (!isNaming) return { kind, accounts: named.filter(({ id }) => !meant.has(id)) };
      for (const { id } of named) meant.delete(id);
      return { kind, accounts: [...named, ...listed.filter(({ id }) => meant.has(id))] };
    }
  }
}

/** Labels may change; the accounts that are chosen by them do not. */
function isSameChoice(a: AccountChoice, b: AccountChoice): boolean {
  return (
    a.kind === b.kind &&
    a.accounts.length === b.accounts.length &&
    a.accounts.every(({ id }, at) => id === b.accounts[at]?.id)
  );
}
