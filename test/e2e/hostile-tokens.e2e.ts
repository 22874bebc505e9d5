/**
 * What a token endpoint may answer instead of tokens: each is told by its own code, leaves nothing
 * behind, and does not stand in the way of the next attempt.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../lib/domain/errors.ts';
import { obtainTokens } from '../servers/browser-stand-in.ts';
import type { Fault } from '../servers/practice.ts';
import { attemptSignIn, connection, connectionOf } from './support/connect.ts';
import { sealedNames } from './support/stored.ts';
import { useWorld } from './support/world.ts';

const world = useWorld();

const PLANTED = 'planted-access-token-0123456789abcdef';
const ANSWER = { access_token: PLANTED, token_type: 'Bearer', expires_in: 60 };

interface Hostile {
  readonly what: string;
  readonly fault: Fault;
  readonly code: ErrorCode;
}

const HOSTILE: readonly Hostile[] = [
  { what: 'a web page', fault: { kind: 'html' }, code: 'token-unreadable' },
  {
    what: 'half an answer',
    fault: { kind: 'truncated', afterWork: true },
    code: 'token-unreadable',
  },
  { what: '10 MB', fault: { kind: 'huge', bytes: 10_000_000 }, code: 'token-too-large' },
  {
    what: 'no access token',
    fault: { kind: 'body', body: { token_type: 'Bearer', expires_in: 60 } },
    code: 'token-missing',
  },
  {
    what: 'an access token that is no text',
    fault: { kind: 'body', body: { ...ANSWER, access_token: { value: PLANTED } } },
    code: 'token-missing',
  },
  {
    what: 'a senseless `expires_in`',
    fault: { kind: 'body', body: { ...ANSWER, expires_in: 'next Tuesday' } },
    code: 'token-invalid',
  },
  {
    what: 'a negative `expires_in`',
    fault: { kind: 'body', body: { ...ANSWER, expires_in: -1 } },
    code: 'token-invalid',
  },
  {
    what: 'a token that is no bearer token',
    fault: { kind: 'body', body: { ...ANSWER, token_type: 'mac' } },
    code: 'token-type-unknown',
  },
  {
    what: 'an error with status 200',
    fault: { kind: 'body', body: { error: 'invalid_grant', error_description: 'No.' } },
    code: 'grant-rejected',
  },
  { what: 'a list', fault: { kind: 'body', body: [ANSWER] }, code: 'token-unreadable' },
  { what: '503', fault: { kind: 'status', status: 503 }, code: 'provider-trouble' },
  { what: '429', fault: { kind: 'status', status: 429, retryAfter: 60 }, code: 'rate-limited' },
  { what: 'a broken connection', fault: { kind: 'reset' }, code: 'unreachable' },
  // The deadline of 20 seconds itself.
  { what: 'nothing at all', fault: { kind: 'hang' }, code: 'timeout' },
];

/** Secrets of connections and attempts; a provider's client id may be kept beyond one. */
async function keptSecrets(): Promise<string[]> {
  return (await sealedNames(world.page)).filter((name) => !name.startsWith('client:'));
}

async function expectNothingKept(): Promise<void> {
  expect(await world.records('connections')).toEqual([]);
  expect(await keptSecrets()).toEqual([]);
}

async function expectNextAttemptToWork(): Promise<void> {
  world.practice.control.setFault('token', null);
  const { health } = await connectionOf(world, await attemptSignIn(world, 'alice'));
  expect(health.kind).toBe('active');
  expect(await keptSecrets()).toHaveLength(1);
}

beforeAll(() => world.recorder.plant(PLANTED));

describe('a token endpoint that answers', () => {
  it.each(HOSTILE)(
    'with $what is told apart as $code and can be tried again [O9]',
    async (hostile) => {
      world.practice.control.setFault('token', hostile.fault);
      const { state, proven } = await attemptSignIn(world, 'alice');
      expect(state).toMatchObject({ kind: 'failed', code: hostile.code });
      expect(proven).toBeNull();
      await expectNothingKept();
      await expectNextAttemptToWork();
    },
  );

  it('with an `expires_in` that is a number written as text is believed [O12]', async () => {
    const tokens = await obtainTokens(world.practice, 'alice');
    const body = { ...tokens, expires_in: '3600' };
    world.practice.control.setFault('token', { kind: 'body', body });
    const begun = Date.now();
    const { grant } = await connectionOf(world, await attemptSignIn(world, 'alice'));
    const endsAt = grant?.accessEndsAt ?? 0;
    expect(endsAt).toBeGreaterThanOrEqual(begun + 3_600_000);
    expect(endsAt).toBeLessThanOrEqual(Date.now() + 3_600_000);
  });

  it('with a token that the API refuses is not connected, and the grant is given back [O9]', async () => {
    world.practice.control.setFault('api', { kind: 'status', status: 401 });
    const { state } = await attemptSignIn(world, 'alice');
    expect(state).toMatchObject({ kind: 'failed', code: 'credential-rejected' });
    await expectNothingKept();
    const revocations = world.practice.requests.to('authorisation', '/token/revocation', 'POST');
    expect(revocations).toHaveLength(1);
    expect(world.practice.control.liveGrants('alice')).toBe(0);
    world.practice.control.setFault('api', null);
    await expectNextAttemptToWork();
  });
});

describe('a token endpoint that sends the request on', () => {
  let elsewhere: Server;
  let seen = 0;

  beforeAll(async () => {
    elsewhere = createServer((_, response) => {
      seen += 1;
      response.writeHead(200, { 'access-control-allow-origin': '*' }).end(JSON.stringify(ANSWER));
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => elsewhere.close());

  it.each([307, 302] as const)(
    'with %i shows nothing to the other place [O8 F16]',
    async (status) => {
      const to = `http://localhost:${(elsewhere.address() as AddressInfo).port}/token`;
      world.practice.control.setFault('token', { kind: 'redirect', to, status });
      const { state } = await attemptSignIn(world, 'alice');
      expect(state).toMatchObject({ kind: 'failed', code: 'provider-trouble' });
      expect(seen).toBe(0);
      await expectNothingKept();
      await expectNextAttemptToWork();
      const { status: answered } = await fetch(to.replace('localhost', '127.0.0.1'));
      expect([answered, seen]).toEqual([200, 1]);
      seen = 0;
    },
  );
});

describe('the connection of an attempt that worked', () => {
  it('keeps no trace of the failure before it', async () => {
    world.practice.control.setFault('token', { kind: 'html' });
    await attemptSignIn(world, 'alice');
    world.practice.control.setFault('token', null);
    const { id } = await connectionOf(world, await attemptSignIn(world, 'alice'));
    const { troubles, refreshStartedAt, identity } = await connection(world, id);
    expect({ troubles, refreshStartedAt }).toEqual({ troubles: 0, refreshStartedAt: null });
    expect(identity?.id).toBe('practice-alice');
  });
});
