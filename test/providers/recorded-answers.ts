/**
 * What the built-in providers answer to a check, in the shapes that their documentation and SDKs
 * give, and what it means. Names and numbers are made up.
 */
import type { Verdict } from '../../lib/domain/verdict.ts';

interface Recorded {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly verdict: Partial<Verdict> & Pick<Verdict, 'kind'>;
}

/** The moment of every recorded answer, epoch ms. */
export const ANSWERED_AT = Date.parse('2026-11-21T12:00:00Z');

const inSeconds = (seconds: number) => ANSWERED_AT / 1000 + seconds;
const valid = (id: string, label: string, workspace: string | null = null) =>
  ({ kind: 'valid', identity: { id, label, workspace }, expiresAt: null }) as const;
const rejected = { kind: 'rejected', reason: 'key-rejected' } as const;
const trouble = (kind: 'server-error' | 'rate-limited' | 'refused', retryAfterS?: number) =>
  ({
    kind: 'provider-trouble',
    trouble: kind,
    retryAt: retryAfterS === undefined ? null : ANSWERED_AT + retryAfterS * 1000,
  }) as const;
const OUTAGE = {
  status: 503,
  body: '<html><body><h1>503 Service Unavailable</h1></body></html>',
  verdict: trouble('server-error'),
} as const;

const slackSays = (error: string, verdict: Recorded['verdict'], more: object = {}): Recorded => ({
  status: 200,
  body: { ok: false, error, ...more },
  verdict,
});

export const recordedAnswers: Readonly<Record<string, Readonly<Record<string, Recorded>>>> = {
  github: {
    alive: {
      status: 200,
      body: { login: 'octocat', id: 583231, node_id: 'MDQ6', email: null, name: 'The Octocat' },
      verdict: valid('583231', 'octocat'),
    },
    revoked: {
      status: 401,
      body: { message: 'Bad credentials', documentation_url: 'https://docs.github.com/rest' },
      verdict: rejected,
    },
    'out of budget': {
      status: 403,
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${inSeconds(900)}` },
      body: { message: 'API rate limit exceeded for user ID 583231.' },
      verdict: trouble('rate-limited', 900),
    },
    'throttled for a moment': {
      status: 403,
      headers: { 'retry-after': '60', 'x-ratelimit-remaining': '4999' },
      body: { message: 'You have exceeded a secondary rate limit.' },
      verdict: trouble('rate-limited', 60),
    },
    'behind the single sign-on of an organisation': {
      status: 403,
      headers: { 'x-github-sso': 'required; url=https://github.com/orgs/x/sso' },
      body: { message: 'Resource protected by organization SAML enforcement.' },
      verdict: trouble('refused'),
    },
    'an outage': OUTAGE,
  },
  gitlab: {
    alive: {
      status: 200,
      body: { id: 1, username: 'john_smith', email: 'john@example.com', name: 'John Smith' },
      verdict: valid('1', 'john_smith'),
    },
    'revoked (token)': {
      status: 401,
      body: { message: '401 Unauthorized' },
      verdict: rejected,
    },
    'revoked (sign-in)': {
      status: 401,
      headers: { 'www-authenticate': 'Bearer realm="Protected by OAuth 2.0"' },
      body: { error: 'invalid_token', error_description: 'Token was revoked.' },
      verdict: rejected,
    },
    'too few scopes': {
      status: 403,
      body: {
        error: 'insufficient_scope',
        error_description:
          'The request requires higher privileges than provided by the access token.',
        scope: 'api read_user read_api',
      },
      verdict: { kind: 'limited' },
    },
    throttled: {
      status: 429,
      headers: { 'retry-after': '30' },
      body: 'Retry later\n',
      verdict: trouble('rate-limited', 30),
    },
    'a sign-in page in front': {
      status: 200,
      body: '<!DOCTYPE html><title>Sign in</title>',
      verdict: { kind: 'unreadable' },
    },
  },
  google: {
    alive: {
      status: 200,
      body: { sub: '110169484474386276334', name: 'Ada', email: 'ada@example.com', picture: 'x' },
      verdict: valid('110169484474386276334', 'ada@example.com'),
    },
    'alive without the e-mail scope': {
      status: 200,
      body: { sub: '110169484474386276334', name: 'Ada' },
      verdict: valid('110169484474386276334', 'Ada'),
    },
    revoked: {
      status: 401,
      headers: {
        'www-authenticate': 'Bearer realm="https://accounts.google.com/", error="invalid_token"',
      },
      body: { error: 'invalid_request', error_description: 'Invalid Credentials' },
      verdict: rejected,
    },
    throttled: { status: 429, body: {}, verdict: trouble('rate-limited') },
    'an outage': OUTAGE,
  },
  microsoft: {
    alive: {
      status: 200,
      body: {
        '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#users',
        id: '87d349ed-44d7-43e1-9a83-5f2406dee5bd',
        displayName: 'Adele Vance',
        userPrincipalName: 'AdeleV@contoso.com',
      },
      verdict: valid('87d349ed-44d7-43e1-9a83-5f2406dee5bd', 'AdeleV@contoso.com'),
    },
    revoked: {
      status: 401,
      body: { error: { code: 'InvalidAuthenticationToken', message: 'Access token has expired.' } },
      verdict: rejected,
    },
    throttled: {
      status: 429,
      headers: { 'retry-after': '10' },
      body: { error: { code: 'TooManyRequests', message: 'Too many requests' } },
      verdict: trouble('rate-limited', 10),
    },
    'not allowed': {
      status: 403,
      body: { error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges' } },
      verdict: trouble('refused'),
    },
  },
  notion: {
    alive: {
      status: 200,
      body: {
        object: 'user',
        id: '16d84278-ab0e-484c-9bdd-b35da3bd8905',
        name: 'pied piper',
        type: 'bot',
        bot: {
          owner: {
            type: 'user',
            user: { object: 'user', id: 'x', person: { email: 'christine@example.com' } },
          },
          workspace_name: 'Pied Piper',
        },
      },
      verdict: valid('16d84278-ab0e-484c-9bdd-b35da3bd8905', 'christine@example.com', 'Pied Piper'),
    },
    'alive, internal': {
      status: 200,
      body: {
        object: 'user',
        id: '9188c6a5-7381-452f-b3dc-d4865aa89bdf',
        name: 'Test Connection',
        type: 'bot',
        bot: { owner: { type: 'workspace', workspace: true }, workspace_name: 'Ada Lovelace' },
      },
      verdict: valid('9188c6a5-7381-452f-b3dc-d4865aa89bdf', 'Test Connection', 'Ada Lovelace'),
    },
    revoked: {
      status: 401,
      body: {
        object: 'error',
        status: 401,
        code: 'unauthorized',
        message: 'API token is invalid.',
      },
      verdict: rejected,
    },
    'too few capabilities': {
      status: 403,
      body: { object: 'error', status: 403, code: 'restricted_resource', message: 'Not allowed.' },
      verdict: { kind: 'limited' },
    },
    throttled: {
      status: 429,
      headers: { 'retry-after': '1' },
      body: { object: 'error', status: 429, code: 'rate_limited', message: 'Slow down.' },
      verdict: trouble('rate-limited', 1),
    },
    'an outage': {
      status: 503,
      body: { object: 'error', status: 503, code: 'service_unavailable', message: 'Unavailable.' },
      verdict: trouble('server-error'),
    },
  },
  slack: {
    alive: {
      status: 200,
      body: {
        ok: true,
        url: 'https://subarachnoid.slack.com/',
        team: 'Subarachnoid Workspace',
        user: 'grace',
        team_id: 'T12345678',
        user_id: 'W12345678',
      },
      verdict: valid('W12345678', 'grace', 'Subarachnoid Workspace'),
    },
    revoked: slackSays('token_revoked', rejected),
    'a wrong token': slackSays('invalid_auth', rejected),
    'the account is gone': slackSays('account_inactive', rejected),
    'no token': slackSays('not_authed', rejected),
    expired: slackSays('token_expired', { kind: 'rejected', reason: 'expired' }),
    'too few scopes': slackSays('missing_scope', { kind: 'limited' }, { needed: 'team:read' }),
    'another network': slackSays('accesslimited', { kind: 'limited' }),
    'keys withdrawn': slackSays('ekm_access_denied', { kind: 'limited' }),
    'throttled in words': slackSays('ratelimited', trouble('rate-limited')),
    throttled: {
      status: 429,
      headers: { 'retry-after': '30' },
      body: { ok: false, error: 'ratelimited' },
      verdict: trouble('rate-limited', 30),
    },
    'a bad day': slackSays('internal_error', trouble('server-error')),
    'a very bad day': slackSays('fatal_error', trouble('server-error')),
    'a migration': slackSays('org_login_required', trouble('server-error')),
    'an error of tomorrow': slackSays('not_thought_of_yet', { kind: 'unreadable' }),
  },
};
