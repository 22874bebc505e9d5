import type { ProviderInput } from '../schema.ts';

/** The person registers a client of the type "Web application": its secret is asked for even with PKCE. */
export const google = {
  schema: 1,
  id: 'google',
  name: 'Google',
  mark: { text: 'G', color: '#1a63d8' },
  sites: ['google.com'],
  methods: [
    {
      kind: 'oauth2',
      issuer: 'https://accounts.google.com',
      authorize: 'https://accounts.google.com/o/oauth2/v2/auth',
      token: 'https://oauth2.googleapis.com/token',
      revoke: { kind: 'rfc7009', url: 'https://oauth2.googleapis.com/revoke' },
      pkce: 'required',
      client: { kind: 'own', secret: 'required' },
      tokenAuth: 'post',
      // An administrator's policy, or a client that is gone.
      tokenRules: [
        {
          path: 'error',
          in: ['admin_policy_enforced', 'org_internal', 'deleted_client', 'disabled_client'],
          then: 'misconfigured',
        },
      ],
      // In full: `email` and `profile` come back under these names.
      scopes: [
        { id: 'openid', label: 'Know who you are' },
        {
          id: 'https://www.googleapis.com/auth/userinfo.email',
          label: 'See your e-mail address',
        },
        { id: 'https://www.googleapis.com/auth/userinfo.profile', label: 'See your name' },
        {
          id: 'https://www.googleapis.com/auth/analytics.readonly',
          label: 'Read Google Analytics',
          on: false,
        },
        {
          id: 'https://www.googleapis.com/auth/drive.readonly',
          label: 'Read Google Drive',
          on: false,
        },
        {
          id: 'https://www.googleapis.com/auth/calendar.readonly',
          label: 'Read Google Calendar',
          on: false,
        },
      ],
      // A refresh token comes with the first consent alone, so consent is asked for each time.
      authorizeParams: { access_type: 'offline', prompt: 'consent' },
      hintParameter: 'login_hint',
      chooseParams: { prompt: 'select_account consent' },
      life: { idleS: 15_552_000, rotates: false },
      lapses: [
        {
          afterS: 604_800,
          since: 'grant',
          when: 'while the app is in testing',
          source: 'https://github.com/activepieces/activepieces/issues/3067',
        },
      ],
    },
  ],
  check: {
    url: 'https://openidconnect.googleapis.com/v1/userinfo',
    // A quota is a 403 as often as a 429.
    rules: [
      {
        path: 'error.errors[0].reason',
        in: ['rateLimitExceeded', 'userRateLimitExceeded', 'quotaExceeded', 'dailyLimitExceeded'],
        then: 'rate-limited',
      },
      { path: 'error.status', in: ['RESOURCE_EXHAUSTED'], then: 'rate-limited' },
    ],
    identity: { id: 'sub', label: 'name', email: 'email' },
  },
  /*
   * No list of accounts: each product lists its own, at its own host and under its own scope, such as
   * Analytics (https://developers.google.com/analytics/devguides/config/admin/v1/rest/v1beta/accountSummaries/list)
   * and Calendar (https://developers.google.com/calendar/api/v3/reference/calendarList/list). With what
   * is asked for unless the person adds to it (`openid`, e-mail, name), none of them answers; and every
   * further host would have to be permitted, by those too who have nothing there. Whoever needs the list
   * of one product imports a definition of that product.
   */
  links: {
    docs: 'https://developers.google.com/identity/protocols/oauth2/web-server',
    app: 'https://console.cloud.google.com/apis/credentials',
  },
  verifiedOn: '2026-11-21',
} satisfies ProviderInput;
