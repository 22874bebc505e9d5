/**
 * Faults of networks, providers and the browser that no other file meets. The letters in brackets name
 * the rows of docs/faults.md.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import type { SecretFile } from '../../lib/domain/transfer/connection-file.ts';
import type { ProviderInput } from '../../lib/providers/schema.ts';
import { sealFile } from '../../lib/store/vault-passphrase.ts';
import { alarms, badgeText, notifications } from '../support/browser/observe.ts';
import {
  attemptReconnect,
  attemptSignIn,
  connectByBasic,
  connectByKey,
  connectByOauth,
  connection,
  connectionOf,
  ended,
  oauthWish,
} from './support/connect.ts';
import { fireAlarm, makeDue } from './support/due.ts';
import { eventually } from './support/eventually.ts';
import { outputOf } from './support/procedure-call.ts';
import { plantDefinition } from './support/stored.ts';
import { useWorld } from './support/world.ts';

// A name that no resolver knows, although it may be asked.
const world = useWorld({ args: ['--host-resolver-rules=MAP localhost ~NOTFOUND'] });

let odd: Server | null = null;
afterEach(() => {
  odd?.close();
  odd?.closeAllConnections();
  odd = null;
});

/** A service that answers in a way of its own. @returns where it listens */
async function serveOdd(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<string> {
  const server = createServer(answer);
  odd = server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Practice Keys as it would be if it had always stood there. */
async function moveKeysTo(origin: string): Promise<void> {
  const { accounts: _, ...keys } = world.practice.definitions.keys;
  const moved: ProviderInput = { ...keys, check: { ...keys.check, url: `${origin}/v1/whoami` } };
  await plantDefinition(world.page, moved);
  await world.browser.stopWorker();
}

async function checkAll(): Promise<void> {
  await world.call('checkNow', { ids: [] });
}

function asked(): number {
  return world.practice.requests.to('keys', '/v1/whoami').length;
}

describe('a service', () => {
  it('whose name nobody can resolve is in doubt, never broken [F11]', async () => {
    const { id } = await connectByKey(world, 'alice');
    await moveKeysTo('http://localhost:4711');
    await checkAll();
    expect((await connection(world, id)).health).toMatchObject({
      kind: 'unverified',
      doubt: 'unreachable',
    });
    expect(await badgeText(world.page)).toBe('');
  });

  it('that does not listen is in doubt, never broken [F11]', async () => {
    const { id } = await connectByKey(world, 'alice');
    const origin = await serveOdd(() => undefined);
    await new Promise((closed) => odd?.close(closed));
    await moveKeysTo(origin);
    await checkAll();
    expect((await connection(world, id)).health).toMatchObject({ doubt: 'unreachable' });
    expect(await badgeText(world.page)).toBe('');
  });

  it('that answers with a bomb is read no further than the cap [F18 O8]', async () => {
    const { id } = await connectByKey(world, 'alice');
    const bomb = gzipSync(Buffer.alloc(200_000_000, ' '), { level: 9 });
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    await moveKeysTo(await serveOdd((_, response) => response.writeHead(200, headers).end(bomb)));
    await checkAll();
    expect(bomb.length).toBeLessThan(256 * 1024);
    expect((await connection(world, id)).health).toMatchObject({
      kind: 'unverified',
      doubt: 'unreadable',
    });
    expect(await world.call('listProviders', {})).toMatchObject({ providers: expect.anything() });
  });
});

describe('an answer that is', () => {
  const good = '"id":"practice-alice","label":"alice","email":"alice@practice.example"';
  it.each([
    ['nested too deeply', `${'['.repeat(50_000)}${']'.repeat(50_000)}`, 'unverified'],
    ['inherited', `{"__proto__":{${good}},"constructor":{${good}}}`, 'unverified'],
    ['cut', `{${good}`, 'unverified'],
    ['given twice', `{"id":7,${good}}`, 'active'],
    ['behind a byte order mark', `\uFEFF{${good}}`, 'active'],
  ])('%s is read for what it is [F17]', async (_, body, kind) => {
    const { id, identity } = await connectByKey(world, 'alice');
    const fault = { kind: 'body', body, contentType: 'application/json' } as const;
    world.practice.control.setFault('keys', fault);
    await checkAll();
    const after = await connection(world, id);
    expect(after.health.kind).toBe(kind);
    expect(after.identity?.id).toBe(identity?.id);
    expect(JSON.stringify(await world.records('checks'))).not.toContain('__proto__');
  });
});

describe('a service that asks to be left alone', () => {
  it.each([
    ['until a date', () => new Date(Date.now() + 7_200_000).toUTCString(), 7_200_000],
    ['for a thousand years', () => '31536000000', 86_400_000],
  ])('%s is, across a stopped worker, and no other service waits [F13]', async (_, after, wait) => {
    const { id } = await connectByKey(world, 'alice');
    const other = await connectByBasic(world, 'alice');
    const begun = Date.now();
    const fault = { kind: 'status', status: 429, retryAfter: after() } as const;
    world.practice.control.setFault('keys', fault);
    await checkAll();
    const { nextCheckAt } = await connection(world, id);
    // A date has whole seconds.
    expect(nextCheckAt).toBeGreaterThanOrEqual(begun + wait - 1_000);
    // Not all at the very same moment.
    expect(nextCheckAt).toBeLessThanOrEqual(Date.now() + wait + 30_000);

    await world.browser.stopWorker();
    world.practice.requests.clear();
    await makeDue(world, [other.id]);
    await fireAlarm(world);
    await eventually(() => expect(world.practice.requests.to('basic', '/session')).toHaveLength(1));
    expect(asked()).toBe(0);
    expect((await connection(world, id)).nextCheckAt).toBe(nextCheckAt);
  });
});

describe('the alarm', () => {
  it('that goes off in a burst asks once about each connection [F20]', async () => {
    const { id } = await connectByKey(world, 'alice');
    // Before: an alarm that is being planned this moment may come first.
    world.practice.requests.clear();
    await makeDue(world, [id]);
    await fireAlarm(world, 8);
    await eventually(async () =>
      expect((await connection(world, id)).nextCheckAt).toBeGreaterThan(Date.now()),
    );
    // Passes wait for one another: this one comes after all that were begun.
    await world.call('checkNow', { ids: [id] });
    expect(asked()).toBe(2);
  });

  it('that was lost is set again at the next start of the worker [F21]', async () => {
    await connectByKey(world, 'alice');
    await eventually(async () => expect(await alarms(world.page)).toHaveLength(1));
    await world.page.evaluate(() =>
      (
        globalThis as unknown as { chrome: { alarms: { clearAll(): Promise<boolean> } } }
      ).chrome.alarms.clearAll(),
    );
    expect(await alarms(world.page)).toEqual([]);
    await world.browser.stopWorker();
    await world.call('listProviders', {});
    await eventually(async () =>
      expect(await alarms(world.page)).toMatchObject([{ name: 'sweep' }]),
    );
  });
});

describe('a sign-in page', () => {
  it.each([403, 500])(
    'that answers %i ends the attempt, which can be made again [F30]',
    async (status) => {
      world.practice.control.setFault('authorisation', { kind: 'html', status }, { path: '/auth' });
      const { authorizationId } = await world.call('connect', oauthWish(world));
      const { state } = await ended(world, authorizationId);
      expect(state).toMatchObject({ kind: 'failed', code: 'window-page-failed' });
      expect(world.practice.requests.to('authorisation', '/token')).toEqual([]);
      world.practice.control.setFault('authorisation', null, { path: '/auth' });
      const { health } = await connectionOf(world, await attemptSignIn(world, 'alice'));
      expect(health.kind).toBe('active');
    },
  );
});

describe('a request to sign in', () => {
  /** A server that sends every attempt straight back. @returns what it was asked */
  async function signsNobodyIn(answer: Record<string, string>): Promise<URLSearchParams[]> {
    const seen: URLSearchParams[] = [];
    const origin = await serveOdd(({ url }, response) => {
      const { searchParams } = new URL(url ?? '', 'http://127.0.0.1');
      const back = new URL(searchParams.get('redirect_uri') ?? '');
      back.searchParams.set('state', searchParams.get('state') ?? '');
      back.searchParams.set('iss', world.practice.origins.authorisation);
      for (const [name, value] of Object.entries(answer)) back.searchParams.set(name, value);
      seen.push(searchParams);
      response.writeHead(302, { location: back.href }).end();
    });
    const { oauth } = world.practice.definitions;
    const [method] = oauth.methods;
    const moved = { ...oauth, methods: [{ ...method, authorize: `${origin}/auth` }] };
    await plantDefinition(world.page, moved as ProviderInput);
    await world.browser.stopWorker();
    return seen;
  }

  it('has a challenge and a state of its own, and the scopes that were chosen [O1 O3 O23]', async () => {
    const seen = await signsNobodyIn({ error: 'access_denied' });
    for (let round = 0; round < 4; round++) {
      const { authorizationId } = await world.call(
        'connect',
        oauthWish(world, { scopes: ['openid'] }),
      );
      expect((await ended(world, authorizationId)).state).toMatchObject({ code: 'denied' });
    }
    const distinct = (name: string) => new Set(seen.map((one) => one.get(name)));
    expect(distinct('code_challenge').size).toBe(4);
    expect([...distinct('code_challenge')].map((one) => one?.length)).toEqual([43, 43, 43, 43]);
    expect(distinct('state').size).toBe(4);
    expect([...distinct('code_challenge_method')]).toEqual(['S256']);
    expect([...distinct('response_type')]).toEqual(['code']);
    expect([...distinct('scope')]).toEqual(['openid']);
  });

  it('that comes back with neither code nor error ends at once [O7]', async () => {
    await signsNobodyIn({ nothing: 'at all' });
    const { authorizationId } = await world.call('connect', oauthWish(world));
    expect((await ended(world, authorizationId)).state).toMatchObject({
      kind: 'failed',
      code: 'code-missing',
    });
    expect(world.practice.requests.to('authorisation', '/token')).toEqual([]);
  });
});

describe('two pages that ask at once', () => {
  it('renew a token once [F6 O11]', async () => {
    const { id } = await connectByOauth(world, 'alice');
    const other = await world.browser.page('manifest.json');
    world.practice.control.expireAccessTokens('alice');
    world.practice.requests.clear();
    await Promise.all(
      [world.page, other, world.page].map((page) => outputOf(page, 'checkNow', { ids: [id] })),
    );
    expect(world.practice.requests.to('authorisation', '/token')).toHaveLength(1);
    expect((await connection(world, id)).health.kind).toBe('active');
  });
});

describe('a credential of a restored backup', () => {
  /** Sets aside what the vault keeps for a connection, sealed as a copy of the profile has it. */
  function copy(id: string): Promise<void> {
    return world.page.evaluate(
      (name) =>
        new Promise<void>((resolve, reject) => {
          const opening = indexedDB.open('patchbay');
          opening.addEventListener('error', () => reject(opening.error));
          opening.addEventListener('success', () => {
            const reading = opening.result.transaction('secrets').objectStore('secrets').get(name);
            reading.addEventListener('success', () => {
              Reflect.set(globalThis, 'backup', reading.result);
              resolve();
            });
            opening.result.close();
          });
        }),
      `credential:${id}`,
    );
  }

  function restore(): Promise<void> {
    return world.page.evaluate(
      () =>
        new Promise<void>((resolve, reject) => {
          const opening = indexedDB.open('patchbay');
          opening.addEventListener('error', () => reject(opening.error));
          opening.addEventListener('success', () => {
            const writing = opening.result.transaction('secrets', 'readwrite');
            writing.objectStore('secrets').put(Reflect.get(globalThis, 'backup'));
            writing.addEventListener('complete', () => resolve());
            opening.result.close();
          });
        }),
    );
  }

  it('that another copy has renewed needs reconnecting, asks once, and breaks nothing else [F7 F8 F38]', async () => {
    const { id } = await connectByOauth(world, 'alice', { name: 'Copied' });
    world.practice.control.signOut();
    const other = await connectByOauth(world, 'bob', { name: 'Another' });
    await copy(id);
    world.practice.control.expireAccessTokens('alice');
    await checkAll();
    expect((await connection(world, id)).health.kind).toBe('active');

    await restore();
    world.practice.control.expireAccessTokens('alice');
    world.practice.requests.clear();
    await checkAll();
    expect((await connection(world, id)).health).toMatchObject({
      kind: 'reconnect',
      reason: 'revoked',
    });
    // The server ended the whole family.
    expect(world.practice.control.liveGrants('alice')).toBe(0);
    const spent = world.practice.requests.to('authorisation', '/token').length;
    await fireAlarm(world, 3);
    await world.call('checkNow', { ids: [other.id] });
    expect(world.practice.requests.to('authorisation', '/token')).toHaveLength(spent);
    expect((await connection(world, other.id)).health.kind).toBe('active');
    expect(await badgeText(world.page)).toBe('1');
    expect((await attemptReconnect(world, id, 'alice')).state.kind).toBe('done');
  });
});

describe('two hundred connections that are due at once', () => {
  it('are asked about six at a time, and all of them [F39]', async () => {
    let open = 0;
    let most = 0;
    let answered = 0;
    const origin = await serveOdd((_, response) => {
      open += 1;
      most = Math.max(most, open);
      setTimeout(() => {
        open -= 1;
        answered += 1;
        const headers = { 'content-type': 'application/json' };
        response.writeHead(200, headers).end('{"id":"somebody","label":"somebody"}');
      }, 25);
    });
    await moveKeysTo(origin);
    const passphrase = 'a passphrase for two hundred';
    const sealed = await sealFile(JSON.stringify(many(200)), passphrase, Date.now(), 1);
    await world.call('importConnections', { text: JSON.stringify(sealed), passphrase });
    await eventually(async () => {
      const all = await world.records('connections');
      expect(all.filter(({ health }) => health.kind === 'active')).toHaveLength(200);
    }, 40_000);
    expect(most).toBeLessThanOrEqual(6);
    expect(answered).toBe(200);
    expect(await badgeText(world.page)).toBe('');
  });

  function many(count: number): SecretFile {
    return {
      patchbay: 'connections',
      version: 1,
      exportedAt: Date.now(),
      environments: [],
      tags: [],
      views: [],
      connections: Array.from({ length: count }, (_, at) => ({
        id: `storm-${at}`,
        name: `Storm ${at}`,
        provider: 'practice-keys',
        method: 'key',
        params: {},
        identity: { id: `person-${at}`, label: `person ${at}`, workspace: null },
        environment: 'production',
        tags: [],
        createdAt: 1,
        authorizedAt: 1,
        credential: { kind: 'key', key: `pk_practice_storm_${at}` },
      })),
    };
  }
});

describe('a browser whose badge and notifications fail', () => {
  it('has its results written all the same, and shows them once it can [F40]', async () => {
    const { id } = await connectByKey(world, 'alice');
    const worker = await world.browser.worker();
    const broken = await worker.evaluate(() => {
      const fails = () => Promise.reject(new TypeError('unexpected property "buttons"'));
      const scope = globalThis as unknown as Record<string, Record<string, object>>;
      for (const name of ['chrome', 'browser'])
        for (const [power, method] of [
          ['notifications', 'create'],
          ['action', 'setBadgeText'],
        ] as const)
          Object.defineProperty(scope[name]?.[power] ?? {}, method, { value: fails });
      return true;
    });
    expect(broken).toBe(true);
    world.practice.control.revokeKey('alice');
    await checkAll();
    expect((await connection(world, id)).health.kind).toBe('reconnect');
    expect(await notifications(world.page)).toEqual([]);
    await world.browser.stopWorker();
    await world.call('listProviders', {});
    await eventually(async () => expect(await badgeText(world.page)).toBe('1'));
  });
});
