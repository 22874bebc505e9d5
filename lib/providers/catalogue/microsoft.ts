import type { ProviderInput } from '../schema.ts';

const REFRESH_TOKENS =
  'https://github.com/MicrosoftDocs/entra-docs/blob/main/docs/identity-platform/refresh-tokens.md';

/**
 * The person registers an app, and our redirect address under "Mobile and desktop applications",
 * never under "Single-page application": a grant of a single-page application ends after 24 hours
 * whatever is done, a native one lives on for 90 days after each use. Entra refuses a native client's
 * token request that names an origin, so the header is taken off.
 */
export const microsoft = {
  schema: 1,
  id: 'microsoft',
  name: 'Microsoft',
  mark: { text: 'MS', color: '#0067b8' },
  sites: ['microsoft.com', 'office.com', 'live.com', 'sharepoint.com'],
  methods: [
    {
      kind: 'oauth2',
      authorize: 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
      token: 'https://login.microsoftonline.com/common/oauth2/v2.0/token',
      pkce: 'required',
      client: { kind: 'own', secret: 'none' },
      tokenAuth: 'none',
      // By the codes of the protocol and `suberror` alone: AADSTS numbers change, says Entra.
      tokenRules: [
        {
          path: 'suberror',
          in: ['client_mismatch', 'protection_policy_required'],
          then: 'misconfigured',
        },
      ],
      origin: 'strip',
      scopes: [
        { id: 'openid', label: 'Know who you are' },
        { id: 'profile', label: 'See your name' },
        { id: 'email', label: 'See your e-mail address' },
        { id: 'offline_access', label: 'Keep access while you are away' },
        { id: 'User.Read', label: 'Read your profile and your organisation' },
        { id: 'Mail.Read', label: 'Read your mail', on: false },
        { id: 'Calendars.Read', label: 'Read your calendars', on: false },
        { id: 'Files.Read', label: 'Read your files', on: false },
      ],
      hintParameter: 'login_hint',
      chooseParams: { prompt: 'select_account' },
      silentParams: { prompt: 'none' },
      life: { refreshS: 7_776_000, rotates: true },
      lapses: [
        {
          afterS: 86_400,
          since: 'grant',
          when: 'to apps registered as single-page apps',
          source: REFRESH_TOKENS,
        },
        { afterS: 7_776_000, since: 'use', source: REFRESH_TOKENS },
      ],
    },
  ],
  check: {
    url: 'https://graph.microsoft.com/v1.0/me?$select=id,displayName,userPrincipalName',
    // The sign-in name rather than the mail address: it is always there, and the hint wants it.
    identity: { id: 'id', label: 'userPrincipalName' },
  },
  accounts: {
    url: 'https://graph.microsoft.com/v1.0/organization?$select=id,displayName',
    items: 'value',
    id: 'id',
    label: 'displayName',
  },
  links: {
    docs: 'https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-auth-code-flow',
    app: 'https://go.microsoft.com/fwlink/?linkid=2083908',
  },
  verifiedOn: '2026-11-21',
} satisfies ProviderInput;
