import { reveal, type Credential } from '../domain/credential.ts';
import { PatchbayError } from '../domain/errors.ts';
import type { Method } from './schema.ts';

/**
 * The headers that carry a credential, as the provider's method says.
 * @throws PatchbayError `internal` when the credential is of another kind than the method
 */
export function credentialHeaders(
  method: Method,
  credential: Credential,
): Readonly<Record<string, string>> {
  if (method.kind === 'oauth2' && credential.kind === 'oauth2')
    return { [method.place.header]: method.place.prefix + reveal(credential.accessToken) };
  if (method.kind === 'key' && credential.kind === 'key')
    return Object.fromEntries(
      method.place.map(({ header, prefix }) => [header, prefix + reveal(credential.key)]),
    );
  if (method.kind === 'bearer' && credential.kind === 'bearer')
    return { Authorization: `Bearer ${reveal(credential.token)}` };
  if (method.kind === 'basic' && credential.kind === 'basic')
    return { Authorization: basicAuthorization(credential.user, reveal(credential.password)) };
  throw new PatchbayError('internal', 'credential does not fit its method');
}

/** The secret strings of a credential, for taking them out of a provider's words. */
export function secretStrings(credential: Credential): string[] {
  switch (credential.kind) {
    case 'oauth2': {
      const { accessToken, refreshToken } = credential;
      return [reveal(accessToken), ...(refreshToken === null ? [] : [reveal(refreshToken)])];
    }
    case 'key':
      return [reveal(credential.key)];
    case 'bearer':
      return [reveal(credential.token)];
    case 'basic': {
      const password = reveal(credential.password);
      // Both in one, as they are sent.
      return [password, `${credential.user}:${password}`];
    }
  }
}

/** The value of an `Authorization` header: RFC 7617 §2, in UTF-8 (§2.1). */
export function basicAuthorization(user: string, password: string): string {
  const bytes = new TextEncoder().encode(`${user}:${password}`);
  return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}
