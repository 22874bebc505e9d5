import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  askToken,
  createBrowserStandIn,
  exchange,
  obtainTokens,
  refresh,
  signIn,
  type Tokens,
} from './browser-stand-in.ts';
import { startPractice, type Practice, type RedirectTamper } from './practice.ts';

let practice: Practice;
beforeEach(async () => {
  practice = await startPractice();
});
afterEach(() => practice.stop());

function me(token: string): Promise<Response> {
  return fetch(`${practice.origins.api}/me`, { headers: { authorization: `Bearer ${token}` } });
}

describe('signing in', () => {
  it('ends with tokens that the API takes for the person who signed in', async () => {
    const done = await signIn(practice, { person: 'alice' });
    expect(done.pages).toEqual(['Sign in to Practice Cloud', 'Allow Patchbay?']);
    expect(done.redirect.searchParams.get('state')).toBe(done.state);
    expect(done.redirect.searchParams.get('iss')).toBe(practice.origins.authorisation);
    const tokens = await exchange(practice, done);
    expect(tokens).toMatchObject({ token_type: 'Bearer', expires_in: 60 });
    expect(tokens.refresh_token).toMatch(/\S{20,}/);
    expect(await (await me(tokens.access_token)).json()).toEqual({
      id: 'practice-alice',
      login: 'alice',
      email: 'alice@practice.example',
      name: 'Alice Archer',
      workspace: 'Harbour Studio',
    });
    expect(practice.control.liveGrants('alice')).toBe(1);
  });

  it('refuses a request without a code challenge', async () => {
    const browser = createBrowserStandIn();
    const visit = await browser.open(
      `${practice.origins.authorisation}/auth?client_id=patchbay-practice&response_type=code&scope=openid&redirect_uri=${encodeURIComponent(
        'https://kihilldkfjbnafbaacidihhnbakadihh.chromiumapp.org/practice-oauth',
      )}`,
    );
    expect(visit.kind === 'away' && visit.url.searchParams.get('error')).toBe('invalid_request');
  });

  it('refuses a code with the verifier of another attempt', async () => {
    const done = await signIn(practice, { person: 'alice' });
    await expect(exchange(practice, { ...done, verifier: 'x'.repeat(43) })).rejects.toThrow(
      'invalid_grant',
    );
  });

  it('says access_denied when the person denies', async () => {
    const { redirect } = await signIn(practice, { person: 'bob', decision: 'deny' });
    expect(redirect.searchParams.get('error')).toBe('access_denied');
    expect(redirect.searchParams.get('code')).toBeNull();
  });

  it('asks a person who is signed in for consent alone', async () => {
    const browser = createBrowserStandIn();
    await signIn(practice, { person: 'alice', browser });
    const again = await signIn(practice, { person: 'alice', browser });
    expect(again.pages).toEqual(['Allow Patchbay?']);
  });

  it.each(['select_account consent', 'login consent'])(
    'lets the person choose another account with prompt=%s, and keeps the grant of the first',
    async (prompt) => {
      const browser = createBrowserStandIn();
      const first = await exchange(practice, await signIn(practice, { person: 'alice', browser }));
      const second = await signIn(practice, { person: 'bob', browser, prompt });
      expect(second.pages).toEqual(['Sign in to Practice Cloud', 'Allow Patchbay?']);
      const tokens = await exchange(practice, second);
      expect(await (await me(tokens.access_token)).json()).toMatchObject({ id: 'practice-bob' });
      expect(await (await me(first.access_token)).json()).toMatchObject({ id: 'practice-alice' });
      expect((await refresh(practice, first.refresh_token)).status).toBe(200);
    },
  );

  it('asks for the account when the hint means somebody else, and offers that one first', async () => {
    const browser = createBrowserStandIn();
    await signIn(practice, { person: 'alice', browser });
    const hinted = await signIn(practice, {
      person: 'bob',
      browser,
      loginHint: 'bob@practice.example',
    });
    expect(hinted.pages[0]).toBe('Sign in to Practice Cloud');
  });

  it('answers prompt=none with a refreshable grant when all is known', async () => {
    const browser = createBrowserStandIn();
    await signIn(practice, { person: 'alice', browser });
    const silent = await signIn(practice, {
      person: 'alice',
      browser,
      prompt: 'none',
      loginHint: 'alice@practice.example',
    });
    expect(silent.pages).toEqual([]);
    expect((await exchange(practice, silent)).refresh_token).toMatch(/\S{20,}/);
  });

  it.each([
    ['nobody is signed in', undefined],
    ['somebody else is signed in', 'bob' as const],
  ])('answers prompt=none with login_required when %s', async (_, signedIn) => {
    const browser = createBrowserStandIn();
    if (signedIn) await signIn(practice, { person: signedIn, browser });
    const { redirect } = await signIn(practice, {
      person: 'alice',
      browser,
      prompt: 'none',
      loginHint: 'alice@practice.example',
    });
    expect(redirect.searchParams.get('error')).toBe('login_required');
  });
});

describe('tokens', () => {
  it('rotates the refresh token each time', async () => {
    const first = await obtainTokens(practice, 'alice');
    const second = (await (await refresh(practice, first.refresh_token)).json()) as Tokens;
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect((await me(second.access_token)).status).toBe(200);
    expect(practice.control.liveGrants('alice')).toBe(1);
  });

  it('ends the whole grant when a refresh token is used twice', async () => {
    const first = await obtainTokens(practice, 'alice');
    const second = (await (await refresh(practice, first.refresh_token)).json()) as Tokens;
    const reused = await refresh(practice, first.refresh_token);
    expect(reused.status).toBe(400);
    expect(await reused.json()).toMatchObject({ error: 'invalid_grant' });
    expect((await refresh(practice, second.refresh_token)).status).toBe(400);
    expect((await me(second.access_token)).status).toBe(401);
    expect(practice.control.liveGrants('alice')).toBe(0);
  });

  it('are refused by the API once the client revoked them', async () => {
    const tokens = await obtainTokens(practice, 'alice');
    const revoked = await fetch(`${practice.origins.authorisation}/token/revocation`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: 'patchbay-practice', token: tokens.refresh_token }),
    });
    expect(revoked.status).toBe(200);
    const answer = await me(tokens.access_token);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"');
  });

  it('die with the grants that a person revokes at the provider, and nobody else’s', async () => {
    const alice = await obtainTokens(practice, 'alice');
    const bob = await obtainTokens(practice, 'bob');
    practice.control.revokeGrants('alice');
    expect((await me(alice.access_token)).status).toBe(401);
    expect((await refresh(practice, alice.refresh_token)).status).toBe(400);
    expect((await me(bob.access_token)).status).toBe(200);
    expect((await refresh(practice, bob.refresh_token)).status).toBe(200);
  });

  it('can be made short-lived, and access tokens can be dropped alone', async () => {
    practice.control.setAccessTokenLifetime(7);
    const tokens = await obtainTokens(practice, 'alice');
    expect(tokens.expires_in).toBe(7);
    practice.control.expireAccessTokens('alice');
    expect((await me(tokens.access_token)).status).toBe(401);
    expect((await refresh(practice, tokens.refresh_token)).status).toBe(200);
  });

  it('come for any origin, unless extensions are to be refused', async () => {
    const origin = { origin: 'chrome-extension://kihilldkfjbnafbaacidihhnbakadihh' };
    const tokens = await obtainTokens(practice, 'alice');
    const kept = await refresh(practice, tokens.refresh_token, origin);
    expect(kept.status).toBe(200);
    practice.control.rejectExtensionOrigin(true);
    const { refresh_token: next } = (await kept.json()) as Tokens;
    expect((await refresh(practice, next, origin)).status).toBe(400);
    expect((await refresh(practice, next)).status).toBe(200);
  });
});

describe('the answer through the browser, tampered with', () => {
  const spoilt = async (tamper: RedirectTamper) => {
    practice.control.setRedirectTamper(tamper);
    return signIn(practice, { person: 'alice' });
  };

  it('loses, changes or repeats the state', async () => {
    const first = await signIn(practice, { person: 'alice' });
    const replayed = await spoilt({ kind: 'state-replayed' });
    expect(replayed.redirect.searchParams.get('state')).toBe(first.state);
    const wrong = await spoilt({ kind: 'state-wrong' });
    expect(wrong.redirect.searchParams.get('state')).not.toBe(wrong.state);
    const missing = await spoilt({ kind: 'state-missing' });
    expect(missing.redirect.searchParams.has('state')).toBe(false);
  });

  it('names another issuer, or none', async () => {
    const wrong = await spoilt({ kind: 'iss-wrong' });
    expect(wrong.redirect.searchParams.get('iss')).toBe('https://elsewhere.example');
    const missing = await spoilt({ kind: 'iss-missing' });
    expect(missing.redirect.searchParams.has('iss')).toBe(false);
  });

  it('goes to another path, or behind the fragment', async () => {
    const { redirect: path } = await spoilt({ kind: 'other-path' });
    expect(path.pathname).toBe('/elsewhere');
    expect(path.searchParams.has('code')).toBe(true);
    const { redirect: fragment } = await spoilt({ kind: 'fragment' });
    expect(fragment.search).toBe('');
    expect(new URLSearchParams(fragment.hash.slice(1)).has('code')).toBe(true);
  });

  it('is an error of choice', async () => {
    const { redirect, state } = await spoilt({ kind: 'error', error: 'server_error' });
    expect(Object.fromEntries(redirect.searchParams)).toEqual({
      error: 'server_error',
      state,
      iss: practice.origins.authorisation,
    });
  });
});

describe('features for later journeys', () => {
  it('are in the metadata', async () => {
    const { authorisation } = practice.origins;
    const metadata = await fetch(`${authorisation}/.well-known/openid-configuration`);
    expect(await metadata.json()).toMatchObject({
      issuer: authorisation,
      token_endpoint: `${authorisation}/token`,
      revocation_endpoint: `${authorisation}/token/revocation`,
      introspection_endpoint: `${authorisation}/token/introspection`,
      registration_endpoint: `${authorisation}/reg`,
      device_authorization_endpoint: `${authorisation}/device/auth`,
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
    });
  });

  it('give a device a code', async () => {
    const response = await fetch(`${practice.origins.authorisation}/device/auth`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: 'patchbay-practice', scope: 'openid' }),
    });
    expect(await response.json()).toMatchObject({
      user_code: expect.stringMatching(/^\S{4}-\S{4}$/),
    });
    const pending = await askToken(practice, {
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      device_code: 'unknown',
    });
    expect(pending.status).toBe(400);
  });

  it('register a client that nobody knew', async () => {
    const response = await fetch(`${practice.origins.authorisation}/reg`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        redirect_uris: ['https://kihilldkfjbnafbaacidihhnbakadihh.chromiumapp.org/practice-oauth'],
        token_endpoint_auth_method: 'none',
      }),
    });
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({ client_id: expect.any(String) });
  });
});
