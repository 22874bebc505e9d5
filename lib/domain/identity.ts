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

/** What is known of the accounts behind a connection. */
export type Accounts =
  | { readonly kind: 'loading' }
  | { readonly kind: 'none'; readonly readAt: number }
  | {
      readonly kind: 'ready';
      readonly items: readonly Account[];
      /** The list went on after the last page that was read. */
      readonly isCut: boolean;
      readonly readAt: number;
    }
  | { readonly kind: 'error'; readonly reason: AccountsProblem; readonly readAt: number };

export type AccountsProblem = 'limited' | 'unreadable' | 'unreachable';
