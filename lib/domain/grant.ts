/** What was permitted: which scopes were asked for and given, and when. */
export interface Grant {
  readonly scopesAsked: readonly string[];
  /** As the token answer said; `null` when it said nothing, which means as asked (RFC 6749 §5.1). */
  readonly scopesGiven: readonly string[] | null;
  readonly grantedAt: number;
  /** When the access token ends, epoch ms; `null` when the provider did not say. */
  readonly accessEndsAt: number | null;
  /** Whether the connection can renew itself without the person. */
  readonly isRenewable: boolean;
}

/** Asks for a refresh token and is often not named among what was given (OIDC Core §11). */
const OFFLINE = 'offline_access';

/** Scopes that were asked for and not given. */
export function missingScopes(grant: Grant): string[] {
  const given = new Set(grant.scopesGiven ?? grant.scopesAsked);
  return grant.scopesAsked.filter((scope) => scope !== OFFLINE && !given.has(scope));
}
