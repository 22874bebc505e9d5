/**
 * The one client that the practice authorisation server knows from the start.
 */
import type { ClientMetadata } from 'oidc-provider';

export const CLIENT_ID = 'patchbay-practice';
export const PROVIDER_ID = 'practice-oauth';

/** Without it the resource API answers nothing; taking the role away takes this. */
export const ACCOUNTS_SCOPE = 'accounts:read';
export const SCOPES = ['openid', 'email', 'profile', 'offline_access', ACCOUNTS_SCOPE] as const;

export function redirectUrlsFor(extensionIds: readonly string[]): string[] {
  return extensionIds.map((id) => `https://${id}.chromiumapp.org/${PROVIDER_ID}`);
}

/**
 * A public client (RFC 6749 §2.1). It is of type `web`, not `native`, so that a sign-in with
 * `prompt=none` can succeed: for native clients the server asks the person every time.
 */
export function clientMetadata(redirectUrls: readonly string[]): ClientMetadata {
  return {
    client_id: CLIENT_ID,
    client_name: 'Patchbay',
    application_type: 'web',
    token_endpoint_auth_method: 'none',
    redirect_uris: [...redirectUrls],
    response_types: ['code'],
    grant_types: [
      'authorization_code',
      'refresh_token',
      'urn:ietf:params:oauth:grant-type:device_code',
    ],
  };
}
