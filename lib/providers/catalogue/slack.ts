import type { ProviderInput } from '../schema.ts';

/** The person registers a Slack app and installs it with its bot's scopes; or brings a token of it. */
export const slack = {
  schema: 1,
  id: 'slack',
  name: 'Slack',
  mark: { text: 'Sl', color: '#4a154b' },
  sites: ['slack.com'],
  methods: [
    {
      kind: 'oauth2',
      authorize: 'https://slack.com/oauth/v2/authorize',
      token: 'https://slack.com/api/oauth.v2.access',
      revoke: {
        kind: 'request',
        method: 'POST',
        url: 'https://slack.com/api/auth.revoke',
        as: 'token',
        confirm: { path: 'revoked', in: [true] },
      },
      // Turning PKCE on cannot be taken back for an app, and a secret is sent in any case.
      pkce: 'none',
      client: { kind: 'own', secret: 'required' },
      tokenAuth: 'post',
      bearerTypes: ['bot', 'user'],
      // Errors come with status 200, as `{ok: false}`.
      tokenRules: [
        {
          path: 'error',
          in: [
            'invalid_code',
            'code_already_used',
            'code_expired',
            'invalid_refresh_token',
            'token_expired',
            'token_revoked',
            'account_inactive',
          ],
          then: 'rejected',
        },
        { path: 'error', in: ['ratelimited', 'rate_limited'], then: 'rate-limited' },
        {
          path: 'error',
          in: ['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout'],
          then: 'provider-trouble',
        },
        {
          path: 'error',
          in: [
            'bad_client_secret',
            'invalid_client_id',
            'bad_redirect_uri',
            'invalid_grant_type',
            'oauth_authorization_url_mismatch',
          ],
          then: 'misconfigured',
        },
      ],
      scopeSeparator: ',',
      scopes: [
        { id: 'team:read', label: 'See the name of the workspace' },
        { id: 'users:read', label: 'See the people of the workspace' },
        { id: 'channels:read', label: 'See the public channels', on: false },
        { id: 'channels:history', label: 'Read public channels', on: false },
        { id: 'chat:write', label: 'Write messages', on: false },
      ],
      life: { rotates: true },
    },
    { kind: 'bearer', label: 'Bot or user token', example: 'xoxb-…' },
  ],
  check: {
    method: 'POST',
    url: 'https://slack.com/api/auth.test',
    rules: [
      {
        path: 'error',
        in: ['invalid_auth', 'token_revoked', 'account_inactive', 'not_authed'],
        then: 'rejected',
      },
      { path: 'error', in: ['token_expired'], then: 'expired' },
      {
        path: 'error',
        in: [
          'missing_scope',
          'accesslimited',
          'access_denied',
          'ekm_access_denied',
          'no_permission',
          'enterprise_is_restricted',
          'two_factor_setup_required',
          'not_allowed_token_type',
        ],
        then: 'limited',
      },
      { path: 'error', in: ['ratelimited', 'rate_limited'], then: 'rate-limited' },
      {
        path: 'error',
        in: [
          'internal_error',
          'fatal_error',
          'service_unavailable',
          'request_timeout',
          'team_added_to_org',
          'org_login_required',
        ],
        then: 'provider-trouble',
      },
    ],
    identity: { id: 'user_id', label: 'user', workspace: 'team' },
  },
  // Needs no scope. Most tokens belong to one workspace; one of an organisation reaches several.
  accounts: {
    method: 'POST',
    url: 'https://slack.com/api/auth.teams.list?limit=200',
    items: 'teams',
    id: 'id',
    label: 'name',
    next: { kind: 'cursor', path: 'response_metadata.next_cursor', parameter: 'cursor' },
  },
  links: {
    docs: 'https://docs.slack.dev/authentication/installing-with-oauth',
    key: 'https://api.slack.com/apps',
    app: 'https://api.slack.com/apps',
  },
  verifiedOn: '2026-11-21',
} satisfies ProviderInput;
