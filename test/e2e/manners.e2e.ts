/**
 * How Patchbay behaves towards providers: what it sends, what it never sends, and to whom.
 */
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProviderInput } from '../../lib/providers/schema.ts';
import type { LoggedRequest } from '../servers/practice.ts';
import {
  attemptSignIn,
  connectByBasic,
  connectByKey,
  connectByOauth,
  connection,
  connectionOf,
} from './support/connect.ts';
import { endGoing } from './support/end-going.ts';
import { replyTo } from './support/procedure-call.ts';
import { keptRecord, plantDefinition } from './support/stored.ts';
import { useWorld } from './support/world.ts';

/** A host that is a name of this machine, and for which nobody gave permission. */
const STRANGE_HOST = 'api.stranger.example';

let stranger: Server;
let callsOnStranger = 0;

const world = useWorld(async () => {
  stranger = createServer((socket) => {
    callsOnStranger += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  const { port } = stranger.address() as AddressInfo;
  return { args: [`--host-resolver-rules=MAP ${STRANGE_HOST} 127.0.0.1:${port}`] };
});
afterAll(() => stranger.close());

/** Requests of the extension itself: the sign-in window is the browser's, and has its cookies. */
function ownRequests(): LoggedRequest[] {
  const { requests } = world.practice;
  return (
    requests
      .all()
      .filter(({ service, path }) => service !== 'authorisation' || path.startsWith('/token'))
      // A tab's own wish.
      .filter(({ path }) => path !== '/favicon.ico')
  );
}

/** The definition as if it had always been so: for connections that were made before. */
async function plant(definition: ProviderInput): Promise<void> {
  await plantDefinition(world.page, definition);
  await world.browser.stopWorker();
}

/** The practice services' first method, changed. */
function withOauth(definition: ProviderInput, change: Record<string, unknown>): ProviderInput {
  const [method] = definition.methods;
  return { ...definition, methods: [{ ...method, ...change }] } as ProviderInput;
}

describe('cookies', () => {
  beforeAll(async () => {
    for (const origin of Object.values(world.practice.origins))
      await world.browser.context.addCookies([{ name: 'session', value: 'kept', url: origin }]);
  });

  it('never go along, although the browser has some for every service [O8 E9]', async () => {
    const tab = await world.browser.context.newPage();
    await tab.goto(`${world.practice.origins.keys}/v1/whoami`);
    await tab.close();
    expect(world.practice.requests.to('keys', '/v1/whoami')).toMatchObject([
      { headers: { cookie: true } },
    ]);
    world.practice.requests.clear();

    await connectByKey(world, 'alice');
    await connectByBasic(world, 'alice');
    const { id } = await connectByOauth(world, 'alice');
    world.practice.control.expireAccessTokens('alice');
    await world.call('checkNow', { ids: [] });
    await world.call('deleteConnections', { ids: [id], revoke: true });
    await endGoing(world, 'practice-oauth');

    const sent = ownRequests();
    const paths = new Set(sent.map(({ service, path }) => `${service} ${path}`));
    expect([...paths].sort()).toEqual([
      'api /accounts',
      'api /me',
      'authorisation /token',
      'authorisation /token/revocation',
      'basic /folders',
      'basic /session',
      'keys /v1/projects',
      'keys /v1/whoami',
    ]);
    expect(sent.filter(({ headers }) => headers.cookie)).toEqual([]);
  });
});

describe('a redirect', () => {
  it.each([301, 302, 307, 308] as const)(
    'with %i is not followed by a check [F16 O8]',
    async (status) => {
      await connectByKey(world, 'alice');
      await connectByBasic(world, 'alice');
      await connectByOauth(world, 'alice');
      const { control, origins, requests } = world.practice;
      const to = `${origins.desk}/caught`;
      for (const target of ['keys', 'basic', 'api'] as const)
        control.setFault(target, { kind: 'redirect', to, status });
      requests.clear();
      await world.call('checkNow', { ids: [] });
      expect(requests.of('desk')).toEqual([]);
      expect(
        ownRequests()
          .map(({ service }) => service)
          .sort(),
      ).toEqual(['api', 'basic', 'keys']);
    },
  );

  it('is not followed by a revocation, which then counts as not confirmed [O15]', async () => {
    const { id, name } = await connectByOauth(world, 'alice');
    const { control, origins, requests } = world.practice;
    const fault = { kind: 'redirect', to: `${origins.desk}/caught`, status: 307 } as const;
    control.setFault('authorisation', fault, { path: '/token/revocation' });
    await world.call('deleteConnections', { ids: [id], revoke: true });
    await endGoing(world, 'practice-oauth');
    expect(await keptRecord(world.page, 'notRevoked')).toEqual([{ id, name, reason: 'failed' }]);
    expect(requests.of('desk')).toEqual([]);
  });
});

describe('a list of accounts', () => {
  it('whose next page is at another origin is not followed with the credential [E9]', async () => {
    const { control, origins, requests } = world.practice;
    const next = `${origins.desk}/accounts`;
    const body = { items: [{ id: 'one', name: 'One' }], next };
    control.setFault('api', { kind: 'body', body }, { path: '/accounts' });
    const { accounts } = await connectByOauth(world, 'alice');
    expect(accounts).toMatchObject({ kind: 'ready', items: [{ id: 'one', label: 'One' }] });
    expect(requests.of('desk')).toEqual([]);
  });
});

describe('a definition that leads elsewhere', () => {
  it('does not replace one that connections trust [E8]', async () => {
    const { id } = await connectByKey(world, 'alice');
    const { keys } = world.practice.definitions;
    const url = `https://${STRANGE_HOST}/v1/whoami`;
    const text = JSON.stringify({ ...keys, check: { ...keys.check, url } });
    const reply = await replyTo(world.page, 'importProvider', { text });
    expect(reply).toEqual({ ok: false, code: 'provider-in-use', detail: 'practice-keys' });
    await world.call('checkNow', { ids: [] });
    expect((await connection(world, id)).health.kind).toBe('active');
    expect(callsOnStranger).toBe(0);
  });
});

describe('a host without permission', () => {
  const strange = (definition: ProviderInput): ProviderInput => ({
    ...definition,
    check: { ...definition.check, url: `https://${STRANGE_HOST}/v1/whoami` },
  });

  it('gets nothing, and the connection says why [E4]', async () => {
    const { id } = await connectByKey(world, 'alice');
    await plant(strange(world.practice.definitions.keys));
    await world.call('checkNow', { ids: [] });
    expect((await connection(world, id)).health).toMatchObject({
      kind: 'unverified',
      doubt: 'permission-missing',
    });
    expect(callsOnStranger).toBe(0);

    // The way there is open for whoever may use it.
    const tab = await world.browser.context.newPage();
    await expect(tab.goto(`https://${STRANGE_HOST}/v1/whoami`)).rejects.toThrow(/ERR_/);
    await tab.close();
    expect(callsOnStranger).toBeGreaterThan(0);
    callsOnStranger = 0;

    await plant(world.practice.definitions.keys);
    await world.call('checkNow', { ids: [] });
    expect((await connection(world, id)).health.kind).toBe('active');
  });

  it('is not even tried when connecting [E4]', async () => {
    await plant(strange(world.practice.definitions.keys));
    const key = world.practice.control.keyOf('alice');
    const reply = await replyTo(world.page, 'connect', {
      providerId: 'practice-keys',
      methodId: 'key',
      params: {},
      name: null,
      environmentId: 'production',
      tags: [],
      scopes: [],
      credential: { kind: 'key', key },
      client: null,
    });
    expect(reply).toEqual({ ok: false, code: 'permission-missing', detail: null });
    expect(await world.records('authorizations')).toEqual([]);
    expect(callsOnStranger).toBe(0);
  });

  it('spends no refresh token [E4]', async () => {
    const { id } = await connectByOauth(world, 'alice');
    await plant(
      withOauth(world.practice.definitions.oauth, { token: `https://${STRANGE_HOST}/token` }),
    );
    world.practice.control.expireAccessTokens('alice');
    await world.call('checkNow', { ids: [] });
    expect((await connection(world, id)).health).toMatchObject({
      kind: 'unverified',
      doubt: 'permission-missing',
    });
    expect(callsOnStranger).toBe(0);
    await plant(world.practice.definitions.oauth);
    await world.call('checkNow', { ids: [] });
    expect((await connection(world, id)).health.kind).toBe('active');
  });
});

describe('a token endpoint that refuses extensions', () => {
  const tokenOrigins = () =>
    world.practice.requests.to('authorisation', '/token').map(({ headers }) => headers.origin);

  it('sees one where the definition keeps the header, and the attempt fails', async () => {
    world.practice.control.rejectExtensionOrigin(true);
    const { state } = await attemptSignIn(world, 'alice');
    expect(state.kind).toBe('failed');
    expect(tokenOrigins()).toEqual([`chrome-extension://${world.browser.extensionId}`]);
  });

  it('sees none where the definition strips it', async () => {
    world.practice.control.rejectExtensionOrigin(true);
    // By another name of the same server: the rule is for one host, and the others stay as they are.
    const token = `${world.practice.origins.authorisation.replace('127.0.0.1', 'localhost')}/token`;
    const definition = withOauth(world.practice.definitions.oauth, { origin: 'strip', token });
    await world.call('importProvider', { text: JSON.stringify(definition) });
    const { id } = await connectionOf(world, await attemptSignIn(world, 'alice'));
    world.practice.control.expireAccessTokens('alice');
    await world.call('checkNow', { ids: [] });
    expect((await connection(world, id)).health.kind).toBe('active');
    expect(tokenOrigins()).toEqual([null, null]);
  });
});
