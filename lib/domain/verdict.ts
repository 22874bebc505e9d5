/**
 * What one answer of a provider means. An expected outcome is a value; only broken promises throw.
 */
import type { Identity } from './identity.ts';

/** Why the person alone can mend it. */
export type Rejection =
  /** The token endpoint refused the refresh token (RFC 6749 §5.2 `invalid_grant`). */
  | 'revoked'
  /** A key, token or password was refused, twice. */
  | 'key-rejected'
  /** A token that cannot be renewed ran out. */
  | 'expired'
  /** The grant was lost because a refresh was cut short on our side. */
  | 'interrupted';

/** What kind of bad day the provider has. */
export type Trouble =
  | 'server-error'
  | 'rate-limited'
  | 'timeout'
  | 'unreachable'
  | 'redirected'
  | 'refused';

export type Verdict =
  | { readonly kind: 'valid'; readonly identity: Identity; readonly expiresAt: number | null }
  /** The answer says no. Whether that condemns the credential is decided in `health.ts`. */
  | { readonly kind: 'rejected'; readonly reason: Rejection }
  | {
      readonly kind: 'provider-trouble';
      readonly trouble: Trouble;
      /** When the provider asked to be left alone until, epoch ms. */
      readonly retryAt: number | null;
    }
  | { readonly kind: 'offline' }
  /** Our client or an administrator's setting is wrong, not the person's credential. */
  | { readonly kind: 'misconfigured'; readonly code: string }
  /** The credential lives, but may do less than it should: a scope or a role was lost. */
  | { readonly kind: 'limited' }
  /** Not an answer that means anything: HTML, cut short, without an identity. */
  | { readonly kind: 'unreadable' }
  /** It works, but this browser could not save what the provider had sent: it is lost with the worker. */
  | { readonly kind: 'unsaved' }
  /** The browser holds no permission for the provider's host; nothing was sent. */
  | { readonly kind: 'permission-missing' };

/** The verdicts that are about the credential itself, apart from which path they came by. */
export type VerdictKind = Verdict['kind'];
