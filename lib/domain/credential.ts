/**
 * The secrets of a connection. Read by the background alone, through the vault.
 *
 * A {@link Secret} shows itself as `[redacted]` wherever something prints or serialises it, so that
 * a credential that strays into a log, a message or an error carries nothing.
 */
const REDACTED = '[redacted]';

/** A string that does not show itself. Its value comes out through {@link reveal} alone. */
export interface Secret {
  readonly toString: () => string;
  readonly toJSON: () => string;
}

const values = new WeakMap<Secret, string>();

/** Wraps a secret. */
export function secret(value: string): Secret {
  const wrapped: Secret = Object.freeze({
    toString: () => REDACTED,
    toJSON: () => REDACTED,
  });
  values.set(wrapped, value);
  return wrapped;
}

/** The string inside: call it where the string goes into a request or under encryption, nowhere else. */
export function reveal(wrapped: Secret): string {
  const value = values.get(wrapped);
  if (value === undefined) throw new TypeError('not a secret of this context');
  return value;
}

export interface OauthCredential {
  readonly kind: 'oauth2';
  readonly accessToken: Secret;
  readonly refreshToken: Secret | null;
  /** The client that the tokens were issued to: no other can renew them (RFC 6749 §6). */
  readonly clientId: string;
  /** Epoch ms; `null` when unknown, which is not "never". */
  readonly accessEndsAt: number | null;
  /** When this access token was obtained, epoch ms. */
  readonly obtainedAt: number;
}

export type Credential =
  | OauthCredential
  | { readonly kind: 'key'; readonly key: Secret }
  | { readonly kind: 'bearer'; readonly token: Secret }
  | { readonly kind: 'basic'; readonly user: string; readonly password: Secret };

/** The person's own OAuth client at a provider. */
export interface ClientCredential {
  readonly clientId: string;
  readonly clientSecret: Secret | null;
}
