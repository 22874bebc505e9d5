import { describe, expect, it } from 'vitest';
import { reveal, secret } from '../../lib/domain/credential.ts';
import type { Answer } from '../../lib/domain/exchange.ts';
import { exchangeCode, refresh, type TokenOutcome } from '../../lib/oauth/token.ts';
import { readRedirect } from '../../lib/oauth/authorize.ts';
import type { Server } from '../../lib/oauth/server.ts';
import { json } from '../support/fake-ports.ts';
import { answering, REDIRECT, server } from './server.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const TOKENS = {
  access_token: 'new-access',
  token_type: 'Bearer',
  expires_in: 3600,
  refresh_token: 'new-refresh',
  scope: 'read write',
};
const without = (name: keyof typeof TOKENS) =>
  Object.fromEntries(Object.entries(TOKENS).filter(([key]) => key !== name));

async function exchange(answer: Answer, from: Server = server()): Promise<TokenOutcome> {
  const state = secret('s');
  const back = `${REDIRECT}?code=planted-code&state=s`;
  const params = readRedirect(from, back, { redirectUri: REDIRECT, state });
  const ask = { server: from, send: answering(answer).send, now: () => NOW };
  return exchangeCode(
    ask,
    params,
    REDIRECT,
    secret('planted-verifier-of-43-characters-aaaaaaaaaa'),
  );
}

async function renew(answer: Answer, from: Server = server()): Promise<TokenOutcome> {
  const ask = { server: from, send: answering(answer).send, now: () => NOW };
  return refresh(ask, secret('old-refresh'));
}

const OF_SLACK = server({ bearerTypes: ['bot'] });

/** The tokens of an outcome, or the code and the verdict of its refusal. */
function spell(outcome: TokenOutcome): string {
  if (outcome.kind === 'refused') return `${outcome.code} ${outcome.verdict.kind}`;
  const { accessToken, refreshToken, accessEndsAt } = outcome.credential;
  const left = accessEndsAt === null ? 'unknown' : (accessEndsAt - NOW) / 1000;
  const renewal = refreshToken === null ? 'none' : reveal(refreshToken);
  return `${reveal(accessToken)} ${renewal} ${left}`;
}

describe('a token answer', () => {
  it.each<[string, Answer, string, Server?]>([
    ['as it should be', json(TOKENS), 'new-access new-refresh 3600'],
    ['with an end as text', json({ ...TOKENS, expires_in: '60' }), 'new-access new-refresh 60'],
    ['with no end', json(without('expires_in')), 'new-access new-refresh unknown'],
    ['with a null end', json({ ...TOKENS, expires_in: null }), 'new-access new-refresh unknown'],
    ['with no refresh token', json(without('refresh_token')), 'new-access none 3600'],
    ['with a null refresh token', json({ ...TOKENS, refresh_token: null }), 'new-access none 3600'],
    ['with an empty refresh token', json({ ...TOKENS, refresh_token: '' }), 'new-access none 3600'],
    ['with no type', json(without('token_type')), 'new-access new-refresh 3600'],
    [
      'with the type in capitals',
      json({ ...TOKENS, token_type: 'BEARER' }),
      'new-access new-refresh 3600',
    ],
    [
      'with Slack’s type',
      json({ ...TOKENS, token_type: 'bot' }),
      'new-access new-refresh 3600',
      OF_SLACK,
    ],
    [
      'with Slack’s type elsewhere',
      json({ ...TOKENS, token_type: 'bot' }),
      'token-type-unknown unreadable',
    ],
    ['with a mac', json({ ...TOKENS, token_type: 'mac' }), 'token-type-unknown unreadable'],
    [
      'with a type that is no text',
      json({ ...TOKENS, token_type: 7 }),
      'token-type-unknown unreadable',
    ],
    [
      'bound to a key that we do not have',
      json({ ...TOKENS, token_type: 'DPoP' }),
      'token-type-unknown unreadable',
    ],
    ['with an end in the past', json({ ...TOKENS, expires_in: -1 }), 'token-invalid unreadable'],
    ['with no time at all', json({ ...TOKENS, expires_in: 0 }), 'token-invalid unreadable'],
    ['with a senseless end', json({ ...TOKENS, expires_in: 'soon' }), 'token-invalid unreadable'],
    [
      'with an end that is no number',
      json({ ...TOKENS, expires_in: {} }),
      'token-invalid unreadable',
    ],
    ['without an access token', json(without('access_token')), 'token-missing unreadable'],
    [
      'with an empty access token',
      json({ ...TOKENS, access_token: '' }),
      'token-missing unreadable',
    ],
    [
      'with an access token that is none',
      json({ ...TOKENS, access_token: ['t'] }),
      'token-missing unreadable',
    ],
    ['that is a list', json([TOKENS]), 'token-unreadable unreadable'],
    ['that is null', json('null'), 'token-unreadable unreadable'],
    ['that is a number', json('7'), 'token-unreadable unreadable'],
    ['that is a web page', json('<!doctype html>'), 'token-unreadable unreadable'],
    ['that is cut', json('{"access_token":"t'), 'token-unreadable unreadable'],
    ['that is empty', json(''), 'token-unreadable unreadable'],
    [
      'that is a form, as in old days',
      json('access_token=t&token_type=bearer'),
      'token-unreadable unreadable',
    ],
    [
      'whose token is inherited',
      json('{"__proto__":{"access_token":"t","token_type":"bearer"}}'),
      'token-missing unreadable',
    ],
    [
      'with a senseless id token',
      json({ ...TOKENS, id_token: 'not.a.jwt' }),
      'new-access new-refresh 3600',
    ],
    [
      'with an id token that is no text',
      json({ ...TOKENS, id_token: { a: 1 } }),
      'new-access new-refresh 3600',
    ],
    [
      'that is an error with 200',
      json({ error: 'unauthorized_client' }),
      'client-rejected misconfigured',
    ],
    ['that says no', json({ error: 'invalid_grant' }, 400), 'grant-rejected rejected'],
    [
      'that knows no client',
      json({ error: 'invalid_client' }, 401),
      'client-rejected misconfigured',
    ],
    ['that wants fewer scopes', json({ error: 'invalid_scope' }, 400), 'scope-rejected limited'],
    ['that is busy', json({}, 429), 'rate-limited provider-trouble'],
    ['that is broken', json('<html>', 502), 'provider-trouble provider-trouble'],
    ['of a proxy that wants a password', json('<html>', 401), 'token-unreadable unreadable'],
    [
      'that is too large',
      { kind: 'silence', silence: 'too-large', tookMs: 1 },
      'token-too-large unreadable',
    ],
    [
      'that ends in the middle',
      { kind: 'silence', silence: 'cut-short', tookMs: 1 },
      'token-unreadable unreadable',
    ],
    [
      'that never comes',
      { kind: 'silence', silence: 'timeout', tookMs: 1 },
      'timeout provider-trouble',
    ],
    [
      'that sends elsewhere',
      { kind: 'silence', silence: 'redirected', tookMs: 1 },
      'provider-trouble provider-trouble',
    ],
  ])('%s', async (_, answer, expected, from) => {
    expect(spell(await exchange(answer, from))).toBe(expected);
  });

  it.each([
    ['read write', ['read', 'write']],
    ['read,write', ['read', 'write']],
    ['', []],
    [undefined, null],
    [null, null],
    [
      ['read', 'write'],
      ['read', 'write'],
    ],
    [{ read: true }, null],
  ])('says %j of the scopes', async (scope, expected) => {
    const outcome = await exchange(json({ ...TOKENS, scope }));
    expect(outcome).toMatchObject({ kind: 'tokens', scopesGiven: expected });
  });
});

describe('a renewal', () => {
  it.each([
    [
      'keeps the old refresh token where none comes back',
      without('refresh_token'),
      'old-refresh 3600',
    ],
    [
      'keeps the old refresh token where null comes back',
      { ...TOKENS, refresh_token: null },
      'old-refresh 3600',
    ],
    ['takes the new one', TOKENS, 'new-refresh 3600'],
    [
      'keeps what came with a senseless end',
      { ...TOKENS, expires_in: 'soon' },
      'new-refresh unknown',
    ],
    ['keeps what came with senseless scopes', { ...TOKENS, scope: 7 }, 'new-refresh 3600'],
  ])('%s', async (_, body, expected) => {
    expect(spell(await renew(json(body)))).toBe(`new-access ${expected}`);
  });

  it('counts the end of the token from before it was asked for [O12]', async () => {
    let now = NOW;
    const ask = {
      server: server(),
      now: () => now,
      async send() {
        now += 15_000;
        return json(TOKENS);
      },
    };
    const outcome = await refresh(ask, secret('old-refresh'));
    expect(outcome).toMatchObject({ credential: { accessEndsAt: NOW + 3_600_000 } });
  });
});
