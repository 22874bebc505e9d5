import type { ProviderInput } from '../schema.ts';

const headers = {
  Accept: 'application/vnd.github+json',
  'X-GitHub-Api-Version': '2022-11-28',
};

/** The person registers an OAuth app (Settings → Developer settings), whose secret GitHub insists on; or brings a token. */
export const github = {
  schema: 1,
  id: 'github',
  name: 'GitHub',
  mark: { text: 'GH', color: '#24292f' },
  sites: ['github.com'],
  methods: [
    {
      kind: 'oauth2',
      authorize: 'https://github.com/login/oauth/authorize',
      token: 'https://github.com/login/oauth/access_token',
      revoke: {
        kind: 'request',
        method: 'DELETE',
        url: 'https://api.github.com/applications/{clientId}/token',
        headers: { ...headers, 'Content-Type': 'application/json' },
        body: '{"access_token":{token}}',
        as: 'client',
      },
      pkce: 'optional',
      client: { kind: 'own', secret: 'required' },
      tokenAuth: 'post',
      // Errors come with status 200, and under names of GitHub's own.
      tokenRules: [
        { path: 'error', in: ['bad_verification_code', 'bad_refresh_token'], then: 'rejected' },
        {
          path: 'error',
          in: ['incorrect_client_credentials', 'redirect_uri_mismatch', 'unverified_user_email'],
          then: 'misconfigured',
        },
      ],
      scopes: [
        { id: 'read:user', label: 'Read your profile' },
        { id: 'read:org', label: 'See your organisations and teams' },
        { id: 'user:email', label: 'Read your e-mail addresses', on: false },
        { id: 'repo', label: 'Read and write your repositories, private ones too', on: false },
        { id: 'gist', label: 'Write gists', on: false },
        { id: 'notifications', label: 'Read notifications', on: false },
      ],
      hintParameter: 'login',
      chooseParams: { prompt: 'select_account' },
      life: { idleS: 31_536_000, rotates: false },
    },
    { kind: 'bearer', label: 'Personal access token', example: 'github_pat_…' },
  ],
  check: {
    url: 'https://api.github.com/user',
    headers,
    // The login, not the e-mail: it is always there, and the hint wants it.
    identity: { id: 'id', label: 'login' },
    conditional: true,
    endsHeader: 'github-authentication-token-expiration',
  },
  accounts: {
    url: 'https://api.github.com/user/orgs?per_page=100',
    headers,
    items: '',
    id: 'id',
    label: 'login',
    next: { kind: 'link' },
  },
  links: {
    docs: 'https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps',
    key: 'https://github.com/settings/personal-access-tokens/new',
    app: 'https://github.com/settings/applications/new',
  },
  verifiedOn: '2026-11-21',
} satisfies ProviderInput;
