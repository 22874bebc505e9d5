import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { obtainTokens, refresh, type Tokens } from './browser-stand-in.ts';
import { startPractice, type Practice } from './practice.ts';

let practice: Practice;
beforeEach(async () => {
  practice = await startPractice();
});
afterEach(() => practice.stop());

/** The key service's first question: the cheapest request that ordinarily answers 200. */
function ask(init: RequestInit = {}): Promise<Response> {
  return fetch(`${practice.origins.keys}/v1/whoami`, {
    redirect: 'manual',
    headers: { 'x-api-key': practice.control.keyOf('alice') },
    ...init,
  });
}

describe('a service with a fault', () => {
  it('answers with any status, and says when to come back', async () => {
    practice.control.setFault('keys', { kind: 'status', status: 429, retryAfter: 30 });
    const limited = await ask();
    expect(limited.status).toBe(429);
    expect(limited.headers.get('retry-after')).toBe('30');
    const date = 'Sat, 21 Nov 2026 08:00:00 GMT';
    practice.control.setFault('keys', {
      kind: 'status',
      status: 503,
      retryAfter: date,
      body: '{"error":"down"}',
      contentType: 'application/json',
    });
    const down = await ask();
    expect(down.headers.get('retry-after')).toBe(date);
    expect(await down.json()).toEqual({ error: 'down' });
    practice.control.setFault('keys', null);
    expect((await ask()).status).toBe(200);
  });

  it('answers 200 with a web page', async () => {
    practice.control.setFault('keys', { kind: 'html' });
    const response = await ask();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(await response.text()).toContain('<h1>');
  });

  it('redirects elsewhere', async () => {
    practice.control.setFault('keys', {
      kind: 'redirect',
      to: 'https://elsewhere.example/',
      status: 307,
    });
    const response = await ask();
    expect(response.status).toBe(307);
    expect(response.headers.get('location')).toBe('https://elsewhere.example/');
  });

  it('takes a request and never answers', async () => {
    practice.control.setFault('keys', { kind: 'hang' });
    await expect(ask({ signal: AbortSignal.timeout(200) })).rejects.toThrow(/timeout/);
    expect(practice.requests.of('keys')).toMatchObject([{ path: '/v1/whoami', status: null }]);
  });

  it('breaks the connection', async () => {
    practice.control.setFault('keys', { kind: 'reset' });
    await expect(ask()).rejects.toThrow('fetch failed');
  });

  it('cuts an answer in half', async () => {
    practice.control.setFault('keys', { kind: 'truncated' });
    const response = await ask();
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
  });

  it('lets an answer drip', async () => {
    practice.control.setFault('keys', { kind: 'drip', everyMs: 5, afterWork: true });
    const response = await ask();
    const chunks: number[] = [];
    for await (const chunk of response.body ?? []) chunks.push((chunk as Uint8Array).length);
    expect(chunks.length).toBeGreaterThan(10);
    practice.control.setFault('keys', { kind: 'drip', everyMs: 1000 });
    const slow = await ask({ signal: AbortSignal.timeout(200) });
    await expect(slow.text()).rejects.toThrow(/timeout/);
  });

  it('answers with as many bytes of JSON as it is told', async () => {
    practice.control.setFault('keys', { kind: 'huge', bytes: 3_000_000 });
    const text = await (await ask()).text();
    expect(text).toHaveLength(3_000_000);
    expect(JSON.parse(text)).toHaveProperty('filler');
  });

  it('answers with any body', async () => {
    practice.control.setFault('keys', { kind: 'body', body: { id: '<b>', email: 7 } });
    expect(await (await ask()).json()).toEqual({ id: '<b>', email: 7 });
    practice.control.setFault('keys', {
      kind: 'body',
      status: 201,
      body: '{"id":',
      contentType: 'application/json',
    });
    const broken = await ask();
    expect(broken.status).toBe(201);
    expect(await broken.text()).toBe('{"id":');
  });

  it('answers as ever, late', async () => {
    practice.control.setFault('keys', { kind: 'delay', ms: 150 });
    const began = performance.now();
    expect(await (await ask()).json()).toMatchObject({ id: 'practice-alice' });
    expect(performance.now() - began).toBeGreaterThan(140);
  });

  it('can have it on one path alone, and for so many requests', async () => {
    practice.control.setFault(
      'keys',
      { kind: 'status', status: 500 },
      { path: '/v1/projects', times: 2 },
    );
    const projects = () =>
      fetch(`${practice.origins.keys}/v1/projects`, {
        headers: { 'x-api-key': practice.control.keyOf('alice') },
      });
    expect((await ask()).status).toBe(200);
    expect([
      (await projects()).status,
      (await projects()).status,
      (await projects()).status,
    ]).toEqual([500, 500, 200]);
  });

  it('leaves the other services alone', async () => {
    practice.control.setFault('keys', { kind: 'status', status: 500 });
    expect((await fetch(`${practice.origins.basic}/session`)).status).toBe(401);
    practice.control.reset();
    expect((await ask()).status).toBe(200);
  });
});

describe('the token endpoint', () => {
  it('can be spoilt apart from its server', async () => {
    const tokens = await obtainTokens(practice, 'alice');
    practice.control.setFault('token', { kind: 'status', status: 503 });
    expect((await refresh(practice, tokens.refresh_token)).status).toBe(503);
    const metadata = `${practice.origins.authorisation}/.well-known/openid-configuration`;
    expect((await fetch(metadata)).status).toBe(200);
    practice.control.setFault('token', null);
    expect((await refresh(practice, tokens.refresh_token)).status).toBe(200);
  });

  it('can rotate and lose the answer, after which the old token ends the grant', async () => {
    const tokens = await obtainTokens(practice, 'alice');
    practice.control.setFault('token', { kind: 'reset', afterWork: true }, { times: 1 });
    await expect(refresh(practice, tokens.refresh_token)).rejects.toThrow('fetch failed');
    expect((await refresh(practice, tokens.refresh_token)).status).toBe(400);
    expect(practice.control.liveGrants('alice')).toBe(0);
  });

  it('can hold an answer back after it has rotated', async () => {
    const tokens = await obtainTokens(practice, 'alice');
    const hold = practice.control.holdNext('token');
    const refreshing = refresh(practice, tokens.refresh_token);
    await hold.reached;
    expect((await refresh(practice, tokens.refresh_token)).status).toBe(400);
    hold.release();
    const held = (await (await refreshing).json()) as Tokens;
    expect(held.refresh_token).not.toBe(tokens.refresh_token);
  });
});

describe('stopping', () => {
  it('lets held answers go and closes connections that hang', async () => {
    const other = await startPractice();
    other.control.setFault('keys', { kind: 'hang' });
    const hanging = fetch(`${other.origins.keys}/v1/whoami`);
    await other.requests.next('keys');
    void other.control.holdNext('basic');
    const outcome = hanging.then(
      () => 'answered',
      () => 'broken',
    );
    await other.stop();
    expect(await outcome).toBe('broken');
    const { port } = new URL(other.origins.keys);
    await expect(
      new Promise((resolve, reject) => {
        connect(Number(port), '127.0.0.1').once('connect', resolve).once('error', reject);
      }),
    ).rejects.toThrow('ECONNREFUSED');
  });
});

describe('the request log', () => {
  it('tells what was asked without a secret', async () => {
    const tokens = await obtainTokens(practice, 'alice');
    practice.requests.clear();
    const next = practice.requests.next('api', '/me');
    await refresh(practice, tokens.refresh_token, { origin: 'chrome-extension://abc' });
    await fetch(`${practice.origins.api}/me?secret=yes`, {
      headers: { authorization: `Bearer ${tokens.access_token}`, cookie: 'session=1' },
    });
    await ask();
    expect(practice.requests.to('authorisation', '/token', 'POST')).toMatchObject([
      { grantType: 'refresh_token', status: 200, headers: { origin: 'chrome-extension://abc' } },
    ]);
    expect(await next).toMatchObject({
      path: '/me',
      status: 200,
      headers: { cookie: true, authorization: 'Bearer' },
    });
    expect(practice.requests.of('keys')).toMatchObject([
      { headers: { apiKey: true, cookie: false } },
    ]);
    const text = JSON.stringify(practice.requests.all());
    for (const secret of [
      tokens.access_token,
      tokens.refresh_token,
      practice.control.keyOf('alice'),
    ])
      expect(text).not.toContain(secret);
    practice.requests.clear();
    expect(practice.requests.all()).toEqual([]);
  });
});
