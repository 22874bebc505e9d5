/** Who authorised a connection, as the provider names them. */
export interface Identity {
  /** The provider's own stable id, unique within the provider (and site): what reconnecting compares. */
  readonly id: string;
  /** What a person recognises: an e-mail address or a login. */
  readonly label: string;
  /** Where the identity belongs: a workspace, team, organisation. */
  readonly workspace: string | null;
}

/** Whether two identities of the same provider are the same person; labels may change, ids do not. */
export function sameIdentity(a: Identity, b: Identity): boolean {
  return a.id === b.id;
}

/** Something that an identity can reach at its provider: a workspace, a project, an ad account. */
export interface Account {
  readonly id: string;
  readonly label: string;
}

/** Accounts as a provider listed them. */
export interface AccountList {
  readonly items: readonly Account[];
  /** The list went on after the last page that was read. */
  readonly isCut: boolean;
  readonly readAt: number;
}

/** What is known of the accounts behind a connection. */
export type Accounts =
  /** Nobody has asked for them yet: before the first sign-in, or the first check of what a file brought. */
  | { readonly kind: 'loading' }
  | {
      readonly kind: 'none';
      readonly readAt: number;
      /** There is no list to be in: the provider's definition says nothing of one. */
      readonly isUnlisted?: true;
    }
  | ({ readonly kind: 'ready' } & AccountList)
  | {
      readonly kind: 'error';
      readonly reason: AccountsProblem;
      readonly readAt: number;
      /** What was read before, while it could be. */
      readonly known?: AccountList;
    };

export type AccountsProblem = 'limited' | 'unreadable' | 'unreachable';

/** The last list that could be read; `null` where none was. */
export function knownAccounts(accounts: Accounts): AccountList | null {
  switch (accounts.kind) {
    case 'ready':
      return accounts;
    case 'error':
      return accounts.known ?? null;
    case 'none':
      return { items: [], isCut: false, readAt: accounts.readAt };
    case 'loading':
      return null;
  }
}

/** The accounts after they were asked for again: an error does not wipe what is known of them. */
export function afterReading(before: Accounts, read: Accounts): Accounts {
  const known = read.kind === 'error' ? knownAccounts(before) : null;
  if (read.kind !== 'error' || known === null || known.items.length === 0) return read;
  const { items, isCut, readAt } = known;
  return { ...read, known: { items, isCut, readAt } };
}
