/**
 * The practice services as provider definitions, for the addresses at which they happen to listen.
 */
import type { ProviderInput } from '../../lib/providers/schema.ts';
import { ACCOUNTS_SCOPE, CLIENT_ID, PROVIDER_ID } from './authorisation/client.ts';

export type ProviderDefinitionJson = ProviderInput;

const VERIFIED_ON = '2026-11-21';

/** `practice-oauth`, "Practice Cloud": the authorisation server and the API behind it. */
export function oauthDefinition(
  authorisation: string,
  api: string,
  desk: string,
): ProviderDefinitionJson {
  return {
    schema: 1,
    id: PROVIDER_ID,
    name: 'Practice Cloud',
    mark: { text: 'PC', color: '#0b6b61' },
    methods: [
      {
        kind: 'oauth2',
        issuer: authorisation,
        issRequired: true,
        authorize: `${authorisation}/auth`,
        token: `${authorisation}/token`,
        revoke: { kind: 'rfc7009', url: `${authorisation}/token/revocation` },
        pkce: 'required',
        client: { kind: 'bundled', id: CLIENT_ID },
        tokenAuth: 'none',
        scopes: [
          { id: 'openid', label: 'Know who you are' },
          { id: 'email', label: 'See your e-mail address' },
          { id: 'profile', label: 'See your name' },
          { id: 'offline_access', label: 'Keep access while you are away' },
          { id: ACCOUNTS_SCOPE, label: 'List the accounts that you reach' },
        ],
        // The server leaves `offline_access` out of any request that does not ask for consent
        // (OIDC Core §11).
        authorizeParams: { prompt: 'consent' },
        hintParameter: 'login_hint',
        chooseParams: { prompt: 'select_account consent' },
        life: { accessS: 60, refreshS: 14 * 24 * 60 * 60, rotates: true },
      },
    ],
    check: {
      url: `${api}/me`,
      identity: { id: 'id', label: 'name', email: 'email', workspace: 'workspace' },
    },
    accounts: {
      url: `${api}/accounts`,
      items: 'items',
      id: 'id',
      label: 'name',
      next: { kind: 'url', path: 'next' },
    },
    links: { docs: `${desk}/` },
    verifiedOn: VERIFIED_ON,
  };
}

/** `practice-keys`, "Practice Keys": an API key in a header. */
export function keysDefinition(keys: string, desk: string): ProviderDefinitionJson {
  return {
    schema: 1,
    id: 'practice-keys',
    name: 'Practice Keys',
    mark: { text: 'PK', color: '#8a4b0f' },
    methods: [
      {
        kind: 'key',
        label: 'API key',
        example: 'pk_practice_0123456789abcdef0123456789abcdef',
        place: [{ header: 'X-Api-Key' }],
      },
    ],
    check: {
      url: `${keys}/v1/whoami`,
      rules: [{ status: [401], path: 'error.code', in: ['invalid_key'], then: 'rejected' }],
      identity: { id: 'id', label: 'label', email: 'email' },
    },
    accounts: {
      url: `${keys}/v1/projects`,
      items: 'projects',
      id: 'id',
      label: 'name',
      next: { kind: 'cursor', path: 'next_cursor', parameter: 'cursor' },
    },
    links: { docs: `${desk}/`, key: `${desk}/` },
    verifiedOn: VERIFIED_ON,
  };
}

/** `practice-basic`, "Practice Basic": a user name and a password. */
export function basicDefinition(basic: string, desk: string): ProviderDefinitionJson {
  return {
    schema: 1,
    id: 'practice-basic',
    name: 'Practice Basic',
    mark: { text: 'PB', color: '#4a4fa3' },
    methods: [{ kind: 'basic', userLabel: 'User name', passwordLabel: 'Password' }],
    check: {
      url: `${basic}/session`,
      identity: {
        id: 'user.id',
        label: 'user.name',
        email: 'user.email',
        workspace: 'organisation.name',
      },
    },
    accounts: {
      url: `${basic}/folders`,
      items: '',
      id: 'id',
      label: 'name',
      next: { kind: 'link' },
    },
    links: { docs: `${desk}/` },
    verifiedOn: VERIFIED_ON,
  };
}
