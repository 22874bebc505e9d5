import { describe, expect, it } from 'vitest';
import { reveal, secret } from '../../lib/domain/credential.ts';
import { PatchbayError } from '../../lib/domain/errors.ts';
import { authorizationRequest, readRedirect } from '../../lib/oauth/authorize.ts';
import type { Server } from '../../lib/oauth/server.ts';
import { ISSUER, REDIRECT, server } from './server.ts';

const WISH = { redirectUri: REDIRECT, scopes: ['read'], hint: null, chooseAccount: false };

describe('the address of the sign-in window', () => {
  it('asks for a code with PKCE S256, and for nothing else [O1]', async () => {
    const { url, state } = await authorizationRequest(server(), WISH);
    expect(Object.fromEntries(new URL(url).searchParams)).toEqual({
      response_type: 'code',
      client_id: 'client',
      redirect_uri: REDIRECT,
      state: reveal(state),
      scope: 'read',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
  });

  it('has a challenge that is the verifier’s SHA-256 (RFC 7636 §4.2)', async () => {
    const { url, verifier } = await authorizationRequest(server(), WISH);
    const bytes = new TextEncoder().encode(verifier === null ? '' : reveal(verifier));
    const digest = Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('base64url');
    expect(new URL(url).searchParams.get('code_challenge')).toBe(digest);
  });

  it('never holds the verifier', async () => {
    const { url, verifier } = await authorizationRequest(server(), WISH);
    expect(verifier).not.toBeNull();
    expect(url).not.toContain(verifier === null ? '' : reveal(verifier));
  });

  it('is fresh each time: a hundred states and verifiers, all different and long enough [O1 O3]', async () => {
    const requests = await Promise.all(
      Array.from({ length: 100 }, () => authorizationRequest(server(), WISH)),
    );
    const drawn = requests.flatMap(({ state, verifier }) =>
      verifier === null ? [] : [reveal(state), reveal(verifier)],
    );
    expect(new Set(drawn).size).toBe(200);
    // 43 characters of base64url: 256 bits.
    expect(drawn.every((one) => /^[\w-]{43,}$/.test(one))).toBe(true);
  });

  it.each([
    ['the hint of who is expected', { hint: 'alice' }, { login_hint: 'alice' }],
    ['which account is meant', { chooseAccount: true }, { prompt: 'select_account' }],
    ['several scopes', { scopes: ['read', 'write'] }, { scope: 'read,write' }],
    ['what the provider wants besides', {}, { access_type: 'offline' }],
  ])('says %s', async (_, wish, expected) => {
    const asked = server({
      hintParameter: 'login_hint',
      chooseParams: { prompt: 'select_account' },
      scopeSeparator: ',',
      authorizeParams: { access_type: 'offline' },
    });
    const { url } = await authorizationRequest(asked, { ...WISH, ...wish });
    expect(Object.fromEntries(new URL(url).searchParams)).toMatchObject(expected);
  });

  it('cannot be bent by names that a definition chose', async () => {
    const bent = server({ hintParameter: 'state', scopeParameter: 'redirect_uri' });
    const { url, state } = await authorizationRequest(bent, { ...WISH, hint: 'theirs' });
    const { searchParams } = new URL(url);
    expect(searchParams.get('state')).toBe(reveal(state));
    expect(searchParams.get('redirect_uri')).toBe(REDIRECT);
  });
});

const STATE = secret('the-state');
const expected = { redirectUri: REDIRECT, state: STATE };

function codeOf(from: Server, answer: string): string {
  try {
    return `accepted ${readRedirect(from, answer, expected).get('code')}`;
  } catch (thrown) {
    if (!(thrown instanceof PatchbayError)) throw thrown;
    return thrown.detail === null ? thrown.code : `${thrown.code}: ${thrown.detail}`;
  }
}

const plain = server();
const named = server({ issuer: ISSUER });
const strict = server({ issuer: ISSUER, issRequired: true });

describe('the answer of the window', () => {
  it.each<[string, Server, string, string]>([
    ['a code', plain, '?code=c&state=the-state', 'accepted c'],
    ['a code from a named issuer', named, `?code=c&state=the-state&iss=${ISSUER}`, 'accepted c'],
    ['no issuer where none is promised', named, '?code=c&state=the-state', 'accepted c'],
    ['an issuer where none is known', plain, '?code=c&state=the-state&iss=x', 'accepted c'],
    ['what Facebook hangs on', plain, '?code=c&state=the-state#_=_', 'accepted c'],
    ['no state', plain, '?code=c', 'state-missing'],
    ['another state', plain, '?code=c&state=another', 'state-mismatch'],
    ['the state in another case', plain, '?code=c&state=The-State', 'state-mismatch'],
    ['an empty state', plain, '?code=c&state=', 'state-mismatch'],
    ['two states', plain, '?code=c&state=the-state&state=another', 'code-missing'],
    ['two codes', plain, '?code=c&code=d&state=the-state', 'code-missing'],
    ['another issuer', named, '?code=c&state=the-state&iss=https://x.example', 'issuer-mismatch'],
    ['a slash more', named, `?code=c&state=the-state&iss=${ISSUER}/`, 'issuer-mismatch'],
    [
      'another case',
      named,
      '?code=c&state=the-state&iss=HTTPS://id.test.example',
      'issuer-mismatch',
    ],
    ['no issuer where one is due', strict, '?code=c&state=the-state', 'issuer-mismatch'],
    ['no code and no error', plain, '?state=the-state', 'code-missing'],
    ['an empty code', plain, '?code=&state=the-state', 'code-missing'],
    ['tokens in the fragment', plain, '#access_token=t&state=the-state', 'answer-in-fragment'],
    ['a code in the fragment', plain, '#code=c&state=the-state', 'answer-in-fragment'],
    ['tokens beside the code', plain, '?code=c&state=the-state&id_token=t', 'code-missing'],
    ['an answer as a JWT', plain, '?response=ey.ey.x&state=the-state', 'code-missing'],
    ['a no', plain, '?error=access_denied&state=the-state', 'denied: access_denied'],
    ['a no without state', plain, '?error=access_denied', 'state-missing'],
    [
      'a no of another issuer, whose words are not shown',
      named,
      '?error=access_denied&state=the-state&iss=https://x.example',
      'issuer-mismatch',
    ],
    ['a bad day', plain, '?error=server_error&state=the-state', 'provider-trouble: server_error'],
    ['a bad scope', plain, '?error=invalid_scope&state=the-state', 'scope-rejected: invalid_scope'],
    [
      'an unknown client',
      plain,
      '?error=unauthorized_client&state=the-state',
      'client-rejected: unauthorized_client',
    ],
    ['anything else', plain, '?error=whatever&state=the-state', 'authorization-refused: whatever'],
  ])('with %s', (_, from, tail, outcome) => {
    expect(codeOf(from, REDIRECT + tail)).toBe(outcome);
  });

  it.each([
    'https://ours.chromiumapp.example/another?code=c&state=the-state',
    'https://ours.chromiumapp.example/test-cloud/?code=c&state=the-state',
    'https://ours.chromiumapp.example/TEST-CLOUD?code=c&state=the-state',
    'https://theirs.chromiumapp.example/test-cloud?code=c&state=the-state',
    'http://ours.chromiumapp.example/test-cloud?code=c&state=the-state',
    'https://ours.chromiumapp.example:8443/test-cloud?code=c&state=the-state',
  ])('is refused at %s', (answer) => {
    expect(codeOf(plain, answer)).toBe('redirect-mismatch');
  });

  it('may hold no more of the server’s words than one plain line', () => {
    const error = encodeURIComponent(`\u202E${'x'.repeat(500)}\n<b>`);
    const code = codeOf(plain, `${REDIRECT}?error=${error}&state=the-state`);
    expect(code).toMatch(/^authorization-refused: x{79}…$/);
  });
});
