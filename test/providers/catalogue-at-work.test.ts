import { describe, expect, it } from 'vitest';
import { reveal, secret, type ClientCredential } from '../../lib/domain/credential.ts';
import type { Answer, OutgoingRequest } from '../../lib/domain/exchange.ts';
import { authorizationRequest } from '../../lib/oauth/authorize.ts';
import { revoke } from '../../lib/oauth/revoke.ts';
import { serverOf } from '../../lib/oauth/server.ts';
import { refresh } from '../../lib/oauth/token.ts';
import { catalogue } from '../../lib/providers/catalogue.ts';
import { defaultParams } from '../../lib/providers/registry.ts';

const CLIENT: ClientCredential = {
  clientId: 'b7c3a1d0-0000-4000-8000-client_1.x',
  clientSecret: secret('shh-it_is.secret'),
};
const PLAIN_BASIC = `Basic ${btoa('b7c3a1d0-0000-4000-8000-client_1.x:shh-it_is.secret')}`;
const CREDENTIAL = {
  kind: 'oauth2',
  accessToken: secret('access-1'),
  refreshToken: secret('refresh-1'),
  clientId: CLIENT.clientId,
  accessEndsAt: null,
  obtainedAt: 0,
} as const;

/** A provider's server with our client at it, and everything that it was asked. */
function open(id: string, answers: { status: number; body: unknown } = { status: 200, body: {} }) {
  const provider = catalogue.find((one) => one.id === id);
  const method = provider?.methods.find((one) => one.kind === 'oauth2');
  if (provider === undefined || method === undefined) throw new TypeError(`no sign-in at ${id}`);
  const params = defaultParams(provider);
  const asked: OutgoingRequest[] = [];
  const send = (request: OutgoingRequest): Promise<Answer> => {
    asked.push(request);
    return Promise.resolve({
      kind: 'answer',
      status: answers.status,
      headers: new Map([['content-type', 'application/json']]),
      text: JSON.stringify(answers.body),
      tookMs: 1,
    });
  };
  const client = method.tokenAuth === 'none' ? { ...CLIENT, clientSecret: null } : CLIENT;
  const server = serverOf(method, params, client);
  return {
    server,
    asked,
    refresh: () => refresh({ server, send, now: () => 0 }, secret('refresh-1')),
    revoke: async () => (await revoke(server, CREDENTIAL, client, params, send, () => 0)).kind,
  };
}
const form = (request: OutgoingRequest | undefined) =>
  Object.fromEntries(new URLSearchParams(request?.body));

describe('signing in', () => {
  const wish = { redirectUri: 'https://x.chromiumapp.org/p', hint: null, chooseAccount: false };
  const address = async (id: string, more: { hint?: string; chooseAccount?: boolean } = {}) => {
    const { server } = open(id);
    const scopes = server.method.scopes.filter(({ on }) => on).map((scope) => scope.id);
    const { url, verifier } = await authorizationRequest(server, { ...wish, ...more, scopes });
    return { ...Object.fromEntries(new URL(url).searchParams), hasVerifier: verifier !== null };
  };

  it('asks Google for a refresh token, for the known account', async () => {
    expect(await address('google', { hint: 'ada@example.com' })).toMatchObject({
      access_type: 'offline',
      prompt: 'consent',
      login_hint: 'ada@example.com',
      code_challenge_method: 'S256',
    });
    expect(await address('google', { chooseAccount: true })).toMatchObject({
      prompt: 'select_account consent',
    });
  });

  it('parts the scopes of Slack by commas', async () => {
    expect(await address('slack')).toMatchObject({
      scope: 'team:read,users:read',
      hasVerifier: false,
    });
  });

  it('says to Notion that a person is asked, and names no scope', async () => {
    const asked = await address('notion');
    expect(asked).toMatchObject({ owner: 'user' });
    expect(asked).not.toHaveProperty('scope');
  });

  it('hints at the login with GitHub', async () => {
    expect(await address('github', { hint: 'octocat' })).toMatchObject({
      login: 'octocat',
      scope: 'read:user read:org',
      hasVerifier: true,
    });
  });
});

describe('renewing', () => {
  it('speaks JSON and unencoded Basic with Notion', async () => {
    const notion = open('notion', {
      status: 200,
      body: { access_token: 'a', token_type: 'bearer' },
    });
    expect((await notion.refresh()).kind).toBe('tokens');
    const [request] = notion.asked;
    expect(new Headers(request?.headers).get('authorization')).toBe(PLAIN_BASIC);
    expect(new Headers(request?.headers).get('notion-version')).toBe('2025-09-03');
    expect(new Headers(request?.headers).get('content-type')).toBe('application/json');
    expect(JSON.parse(request?.body ?? '')).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'refresh-1',
    });
  });

  it('takes the bot token of Slack for a bearer token', async () => {
    const body = {
      ok: true,
      access_token: 'xoxb-1',
      token_type: 'bot',
      scope: 'team:read,users:read',
    };
    expect(await open('slack', { status: 200, body }).refresh()).toMatchObject({
      kind: 'tokens',
      scopesGiven: ['team:read', 'users:read'],
    });
  });

  it.each(['google', 'github', 'slack'])('sends the secret to %s in the form', async (id) => {
    const one = open(id);
    await one.refresh();
    expect(form(one.asked[0])).toMatchObject({ client_secret: 'shh-it_is.secret' });
  });

  it.each(['gitlab', 'microsoft'])('sends no secret to %s', async (id) => {
    const one = open(id);
    await one.refresh();
    expect(form(one.asked[0])).toEqual({
      client_id: CLIENT.clientId,
      grant_type: 'refresh_token',
      refresh_token: 'refresh-1',
    });
    expect(new Headers(one.asked[0]?.headers).has('authorization')).toBe(false);
  });

  it.each([
    ['github', 200, { error: 'bad_refresh_token' }, 'rejected'],
    ['github', 200, { error: 'incorrect_client_credentials' }, 'misconfigured'],
    ['gitlab', 400, { error: 'invalid_grant' }, 'rejected'],
    ['google', 400, { error: 'invalid_grant' }, 'rejected'],
    ['google', 401, { error: 'invalid_client' }, 'misconfigured'],
    ['microsoft', 400, { error: 'invalid_grant', error_codes: [700082] }, 'rejected'],
    ['microsoft', 400, { error: 'invalid_request', error_codes: [9002326] }, 'misconfigured'],
    ['microsoft', 503, { error: 'temporarily_unavailable' }, 'provider-trouble'],
    ['notion', 400, { error: 'invalid_grant' }, 'rejected'],
    ['slack', 200, { ok: false, error: 'invalid_refresh_token' }, 'rejected'],
    ['slack', 200, { ok: false, error: 'bad_client_secret' }, 'misconfigured'],
    ['slack', 200, { ok: false, error: 'internal_error' }, 'provider-trouble'],
    ['slack', 200, { ok: false, error: 'ratelimited' }, 'provider-trouble'],
  ])('understands a refusal of %s: %i %j', async (id, status, body, verdict) => {
    expect(await open(id, { status, body }).refresh()).toMatchObject({
      kind: 'refused',
      verdict: { kind: verdict },
    });
  });
});

describe('revoking', () => {
  it('names the token to GitHub in the body, as the client', async () => {
    const github = open('github', { status: 204, body: '' });
    expect(await github.revoke()).toBe('revoked');
    expect(github.asked[0]).toMatchObject({
      method: 'DELETE',
      url: `https://api.github.com/applications/${CLIENT.clientId}/token`,
      body: JSON.stringify({ access_token: reveal(CREDENTIAL.accessToken) }),
      headers: { Authorization: PLAIN_BASIC },
    });
  });

  it('believes Slack only when it says so', async () => {
    const said = (body: object) => open('slack', { status: 200, body }).revoke();
    expect(await said({ ok: true, revoked: true })).toBe('revoked');
    expect(await said({ ok: true, revoked: false })).toBe('failed');
    expect(await said({ ok: false, error: 'fatal_error' })).toBe('failed');
  });

  it.each(['gitlab', 'google'])('hands the refresh token to %s', async (id) => {
    const one = open(id);
    expect(await one.revoke()).toBe('revoked');
    expect(form(one.asked[0])).toMatchObject({ token: 'refresh-1' });
  });

  it('cannot be asked of Microsoft', async () => {
    const microsoft = open('microsoft');
    expect(await microsoft.revoke()).toBe('unsupported');
    expect(microsoft.asked).toEqual([]);
  });

  it('puts no secret into an address', async () => {
    for (const { id } of catalogue) {
      const one = open(id);
      await one.refresh();
      await one.revoke();
      for (const { url } of one.asked) expect(url).not.toMatch(/access-1|refresh-1|shh/);
    }
  });
});
