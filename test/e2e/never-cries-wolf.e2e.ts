/**
 * A provider's bad day is not the person's: nothing short of a clear refusal may ask anybody to
 * reconnect, however often it is met, and all is well again when the provider is.
 */
import { afterEach, describe, expect, it } from 'vitest';
import type { Doubt } from '../../lib/domain/health.ts';
import type { Fault } from '../servers/practice.ts';
import { badgeText, notifications } from '../support/browser/observe.ts';
import { connectByBasic, connectByKey, connectByOauth, connection } from './support/connect.ts';
import { eventually } from './support/eventually.ts';
import { plantDefinition } from './support/stored.ts';
import { useWorld } from './support/world.ts';

const world = useWorld();

interface BadDay {
  readonly what: string;
  readonly fault: Fault;
  readonly doubt: Doubt;
  /** Of docs/faults.md. */
  readonly row: string;
}

const AT_THE_API: readonly BadDay[] = [
  { what: '500', fault: { kind: 'status', status: 500 }, doubt: 'server-error', row: 'F14' },
  { what: '503', fault: { kind: 'status', status: 503 }, doubt: 'server-error', row: 'F14' },
  { what: '429', fault: { kind: 'status', status: 429 }, doubt: 'rate-limited', row: 'F13' },
  { what: '403', fault: { kind: 'status', status: 403 }, doubt: 'refused', row: 'F14' },
  { what: '404', fault: { kind: 'status', status: 404 }, doubt: 'refused', row: 'F14' },
  { what: 'a web page', fault: { kind: 'html' }, doubt: 'unreadable', row: 'F10' },
  {
    what: 'a web page with 403',
    fault: { kind: 'html', status: 403 },
    doubt: 'refused',
    row: 'F10',
  },
  { what: 'a broken connection', fault: { kind: 'reset' }, doubt: 'unreachable', row: 'F11' },
  { what: 'half an answer', fault: { kind: 'truncated' }, doubt: 'unreadable', row: 'F17' },
  { what: '10 MB', fault: { kind: 'huge', bytes: 10_000_000 }, doubt: 'unreadable', row: 'F18' },
  {
    what: 'nobody in particular',
    fault: { kind: 'body', body: { ok: true } },
    doubt: 'unreadable',
    row: 'F17',
  },
  {
    what: 'a redirect to a sign-in page',
    fault: { kind: 'redirect', to: 'http://127.0.0.1:9/login' },
    doubt: 'redirected',
    row: 'F16',
  },
];

/** Of a token endpoint, while the access token has ended: the moment that most others get wrong. */
const AT_THE_TOKEN_ENDPOINT: readonly BadDay[] = [
  { what: '503', fault: { kind: 'status', status: 503 }, doubt: 'server-error', row: 'F14' },
  { what: '429', fault: { kind: 'status', status: 429 }, doubt: 'rate-limited', row: 'F13' },
  {
    what: '401 from a proxy',
    fault: { kind: 'html', status: 401 },
    doubt: 'unreadable',
    row: 'F10',
  },
  { what: 'a web page', fault: { kind: 'html' }, doubt: 'unreadable', row: 'F10' },
  { what: 'a broken connection', fault: { kind: 'reset' }, doubt: 'unreachable', row: 'F11' },
  {
    what: 'a redirect',
    fault: { kind: 'redirect', to: 'http://127.0.0.1:9/', status: 307 },
    doubt: 'redirected',
    row: 'F16',
  },
  {
    what: 'temporarily_unavailable',
    fault: { kind: 'body', status: 400, body: { error: 'temporarily_unavailable' } },
    doubt: 'server-error',
    row: 'F14',
  },
  {
    what: 'invalid_client, which is our fault',
    fault: { kind: 'body', status: 401, body: { error: 'invalid_client' } },
    doubt: 'misconfigured',
    row: 'F14',
  },
];

async function checkAll(): Promise<void> {
  await world.call('checkNow', { ids: [] });
}

async function expectQuiet(): Promise<void> {
  expect(await badgeText(world.page)).toBe('');
  expect(await notifications(world.page)).toEqual([]);
}

/** Checks again and again, as a sweep over days would. */
async function expectDoubt(id: string, doubt: Doubt): Promise<void> {
  const { health: before } = await connection(world, id);
  const verifiedAt = before.kind === 'unauthorized' ? null : before.verifiedAt;
  for (let round = 1; round <= 3; round += 1) {
    await checkAll();
    const now = await connection(world, id);
    expect(now.health).toMatchObject({ kind: 'unverified', doubt, verifiedAt });
    expect(now.troubles).toBe(round);
  }
  await expectQuiet();
}

async function expectAllWellAgain(id: string): Promise<void> {
  world.practice.control.reset();
  await checkAll();
  expect(await connection(world, id)).toMatchObject({ health: { kind: 'active' }, troubles: 0 });
  await expectQuiet();
}

describe('a service that answers', () => {
  it.each(AT_THE_API)('with $what is in doubt ($doubt), never broken [$row]', async (day) => {
    const { id } = await connectByKey(world, 'alice');
    world.practice.control.setFault('keys', day.fault);
    await expectDoubt(id, day.doubt);
    await expectAllWellAgain(id);
  });

  it('with 429 and Retry-After is left alone until then [F13]', async () => {
    const { id } = await connectByKey(world, 'alice');
    const fault = { kind: 'status', status: 429, retryAfter: 7200 } as const;
    world.practice.control.setFault('keys', fault);
    const begun = Date.now();
    await checkAll();
    const { nextCheckAt } = await connection(world, id);
    expect(nextCheckAt).toBeGreaterThanOrEqual(begun + 7_200_000);
    expect(nextCheckAt).toBeLessThanOrEqual(Date.now() + 7_230_000);
  });

  it('too slowly or not at all is given up after 20 seconds [F15 O8]', async () => {
    const [byKey, byPassword] = [
      await connectByKey(world, 'alice'),
      await connectByBasic(world, 'alice'),
    ];
    // Somebody answers, or it would be this machine's network.
    await connectByOauth(world, 'alice');
    world.practice.control.setFault('keys', { kind: 'hang' });
    world.practice.control.setFault('basic', { kind: 'drip', everyMs: 3_000 });
    const begun = performance.now();
    await checkAll();
    expect(performance.now() - begun).toBeGreaterThan(19_000);
    for (const { id } of [byKey, byPassword])
      expect((await connection(world, id)).health).toMatchObject({
        kind: 'unverified',
        doubt: 'timeout',
      });
    await expectQuiet();
    await expectAllWellAgain(byKey.id);
    await expectAllWellAgain(byPassword.id);
  });

  it('no once, and yes when it is asked again, was never broken', async () => {
    const { id } = await connectByKey(world, 'alice');
    const refusal = {
      kind: 'body',
      status: 401,
      body: { error: { code: 'invalid_key' } },
    } as const;
    world.practice.control.setFault('keys', refusal, { times: 1 });
    await checkAll();
    expect((await connection(world, id)).health.kind).toBe('active');
    await expectQuiet();
  });
});

describe('an API whose person lost a role', () => {
  it('is limited, and its token is not renewed for nothing', async () => {
    const { id } = await connectByOauth(world, 'alice');
    world.practice.requests.clear();
    world.practice.control.takeRoleAway('alice');
    await expectDoubt(id, 'limited');
    expect(world.practice.requests.to('authorisation', '/token')).toEqual([]);
    await expectAllWellAgain(id);
  });
});

describe('a token endpoint that answers a renewal', () => {
  it.each(AT_THE_TOKEN_ENDPOINT)('with $what condemns nobody [$row]', async ({ fault, doubt }) => {
    const { id } = await connectByOauth(world, 'alice');
    world.practice.control.expireAccessTokens('alice');
    world.practice.control.setFault('token', fault);
    await expectDoubt(id, doubt);
    await expectAllWellAgain(id);
  });
});

describe('trouble after a refusal', () => {
  it('does not mend what is broken, and hides nothing', async () => {
    const { id } = await connectByOauth(world, 'alice');
    world.practice.control.revokeGrants('alice');
    await checkAll();
    expect((await connection(world, id)).health).toMatchObject({ kind: 'reconnect' });
    world.practice.control.setFault('api', { kind: 'status', status: 503 });
    await checkAll();
    expect((await connection(world, id)).health).toMatchObject({
      kind: 'reconnect',
      reason: 'revoked',
    });
    expect(await badgeText(world.page)).toBe('1');
  });
});

describe('a browser without a network', () => {
  afterEach(() => world.browser.context.setOffline(false));

  it('says nothing of any connection, and comes back [F9]', async () => {
    const { id } = await connectByKey(world, 'alice');
    const { keys } = world.practice.definitions;
    await plantDefinition(world.page, {
      ...keys,
      check: { ...keys.check, url: 'https://far.invalid/v1' },
    });
    await world.browser.stopWorker();
    // Awake beforehand: the emulation is for workers that run.
    await world.call('listProviders', {});
    await world.browser.context.setOffline(true);
    await eventually(async () =>
      expect(await (await world.browser.worker()).evaluate(() => navigator.onLine)).toBe(false),
    );
    const before = await connection(world, id);
    await checkAll();
    expect(await connection(world, id)).toEqual(before);
    await expectQuiet();
    await world.browser.context.setOffline(false);
    await plantDefinition(world.page, keys);
    await world.browser.stopWorker();
    await expectAllWellAgain(id);
  });
});
