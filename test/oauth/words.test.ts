import { describe, expect, it } from 'vitest';
import { secret, type OauthCredential } from '../../lib/domain/credential.ts';
import { readRedirect } from '../../lib/oauth/authorize.ts';
import { revoke } from '../../lib/oauth/revoke.ts';
import type { Server } from '../../lib/oauth/server.ts';
import { exchangeCode, refresh } from '../../lib/oauth/token.ts';
import { json } from '../support/fake-ports.ts';
import { answering, CLIENT_SECRET, REDIRECT, server } from './server.ts';

const own = (tokenAuth: 'post' | 'basic' | 'basic-plain') =>
  server({ client: { kind: 'own', secret: 'required' }, tokenAuth });

const NOW = Date.parse('2026-01-02T00:00:00Z');
const VERIFIER = 'planted-verifier';
const ask = (from: Server, body: unknown, status = 400) => {
  const { send, sent } = answering(json(body, status));
  return { ask: { server: from, send, now: () => 0 }, send, sent };
};

async function wordsOfExchange(from: Server, body: unknown, status = 400): Promise<string | null> {
  const back = `${REDIRECT}?code=planted-code&state=s`;
  const params = readRedirect(from, back, { redirectUri: REDIRECT, state: secret('s') });
  const outcome = await exchangeCode(
    ask(from, body, status).ask,
    params,
    REDIRECT,
    secret(VERIFIER),
  );
  return outcome.kind === 'refused' ? outcome.words : null;
}

describe('the token endpoint’s words', () => {
  it.each([
    ['code', 'planted-code'],
    ['verifier', VERIFIER],
    ['client’s secret', CLIENT_SECRET],
    ['client’s secret as Basic has it', btoa(`client:${CLIENT_SECRET}`)],
  ])('come without the %s', async (_, planted) => {
    const body = { error: 'invalid_request', error_description: `Bad value ${planted} given` };
    expect(await wordsOfExchange(own('post'), body)).toBe('Bad value [redacted] given');
  });

  it('come without the tokens of the very answer that is refused', async () => {
    const body = { access_token: 'short-one', refresh_token: 'short-two', token_type: 'mac' };
    const message = 'Here: short-one and short-two';
    const words = await wordsOfExchange(own('post'), { ...body, message }, 200);
    expect(words).toBe('Here: [redacted] and [redacted]');
  });

  it('come without the refresh token and the client’s secret, when renewing', async () => {
    const message = `no ${CLIENT_SECRET} or old-refresh or old-access`;
    const { ask: asked } = ask(own('basic'), { message }, 500);
    const outcome = await refresh(asked, secret('old-refresh'), ['old-access']);
    expect(outcome).toMatchObject({ words: 'no [redacted] or [redacted] or [redacted]' });
  });
});

describe('the client', () => {
  const shown = async (from: Server) => {
    const { ask: asked, sent } = ask(from, {}, 500);
    await refresh(asked, secret('old-refresh'));
    const [request] = sent;
    const headers = new Headers(request?.headers);
    const form = new URLSearchParams(request?.body);
    return [headers.get('authorization'), form.get('client_secret'), form.get('client_id')];
  };
  const basic = `Basic ${btoa(`client:${CLIENT_SECRET}`)}`;

  it.each([
    ['nothing, when it has no secret', server(), [null, null, 'client']],
    ['its secret in the body', own('post'), [null, CLIENT_SECRET, 'client']],
    ['its secret plainly by Basic', own('basic-plain'), [basic, null, null]],
  ])('says %s', async (_, from, expected) => {
    expect(await shown(from)).toEqual(expected);
  });

  it('needs its secret where one is demanded', () => {
    const demanding = () =>
      server({ client: { kind: 'own', secret: 'required' }, tokenAuth: 'none' });
    expect(demanding).toThrow();
  });
});

describe('revoking', () => {
  const credential: OauthCredential = {
    kind: 'oauth2',
    accessToken: secret('the-access'),
    refreshToken: secret('the-refresh'),
    clientId: 'client',
    accessEndsAt: null,
    obtainedAt: 0,
  };
  const client = { clientId: 'client', clientSecret: null };
  const by = (from: Server, body: unknown, status: number) => {
    const { send, sent } = answering(json(body, status));
    return { sent, outcome: revoke(from, credential, client, {}, send, () => NOW) };
  };

  it('names the refresh token, which takes the access token with it', async () => {
    const { sent, outcome } = by(server(), '', 200);
    expect(await outcome).toEqual({ kind: 'revoked' });
    expect(sent.map(({ body }) => new URLSearchParams(body).get('token'))).toEqual(['the-refresh']);
  });

  it.each([200, 204])('takes %i for its end', async (status) => {
    expect(await by(server(), '<html>', status).outcome).toEqual({ kind: 'revoked' });
  });

  it.each([302, 400, 401])('takes %i for a grant that lives on', async (status) => {
    const failed = { kind: 'failed', retryAt: null };
    expect(await by(server(), '<html>', status).outcome).toEqual(failed);
  });

  it.each([429, 500, 503])('takes %i for one that may be ended later', async (status) => {
    const failed = { kind: 'failed', retryAt: NOW };
    expect(await by(server(), '<html>', status).outcome).toEqual(failed);
  });

  it('comes again when it is asked to, and not before', async () => {
    const { send } = answering(json('', 503, { 'retry-after': '120' }));
    expect(await revoke(server(), credential, client, {}, send, () => NOW)).toEqual({
      kind: 'failed',
      retryAt: NOW + 120_000,
    });
  });

  it.each([
    ['timeout', NOW],
    ['offline', NOW],
    ['unreachable', NOW],
    ['cut-short', NOW],
    ['redirected', null],
    ['too-large', null],
    ['permission-missing', null],
  ] as const)('takes %s for a grant that lives on', async (silence, retryAt) => {
    const { send } = answering({ kind: 'silence', silence, tookMs: 1 });
    expect(await revoke(server(), credential, client, {}, send, () => NOW)).toEqual({
      kind: 'failed',
      retryAt,
    });
  });

  it('says that a provider has no way to be told', async () => {
    const from = server({ revoke: undefined });
    expect(await by(from, '', 200).outcome).toEqual({ kind: 'unsupported' });
  });

  it('believes a provider that answers 200 to everything by its words alone', async () => {
    const from = server({
      revoke: {
        kind: 'request',
        url: 'https://api.test.example/revoke',
        as: 'token',
        confirm: { path: 'revoked', in: [true] },
      },
    });
    expect(await by(from, { revoked: true }, 200).outcome).toMatchObject({ kind: 'revoked' });
    for (const body of [{ revoked: 'true' }, '<html>'])
      expect(await by(from, body, 200).outcome).toEqual({ kind: 'failed', retryAt: null });
  });
});
