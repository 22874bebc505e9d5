import { beforeEach, describe, expect, it } from 'vitest';
import { isRunning, type Authorization } from '../../lib/domain/authorization.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import type { Answer } from '../../lib/domain/exchange.ts';
import { missingScopes } from '../../lib/domain/grant.ts';
import { connect, reconnect } from '../../lib/engine/authorize.ts';
import { chooseAuthorization, dismissAuthorization } from '../../lib/engine/choose.ts';
import { editConnection } from '../../lib/engine/edit.ts';
import { start } from '../../lib/engine/start.ts';
import { openSweeper } from '../../lib/engine/sweep.ts';
import { drawBadge, tell } from '../../lib/engine/tell.ts';
import { commit } from '../../lib/store/commit.ts';
import { fakeWorld, json, type FakeWorld } from '../support/fake-ports.ts';
import { CLOUD, KEYS } from './definitions.ts';

let world: FakeWorld;
let issued: number;

beforeEach(async () => {
  world = await fakeWorld();
  issued = 0;
  for (const definition of [KEYS, CLOUD])
    await world.engine.providers.keep(JSON.stringify(definition));
  world.window = (url) => {
    const { searchParams } = new URL(url);
    const back = new URL(searchParams.get('redirect_uri') ?? '');
    back.searchParams.set('state', searchParams.get('state') ?? '');
    back.searchParams.set('code', 'code');
    return { kind: 'answer', url: back.href };
  };
  world.answer = ({ url }) => (url.endsWith('/token') ? tokens() : whoever('alice'));
});

function tokens(scope?: string): Answer {
  issued += 1;
  return json({
    access_token: `canary-access-${issued}`,
    refresh_token: `canary-refresh-${issued}`,
    token_type: 'Bearer',
    expires_in: 3600,
    ...(scope !== undefined && { scope }),
  });
}

const missing = ({ grant }: Connection): readonly string[] =>
  grant === null ? [] : missingScopes(grant);
const whoever = (name: string): Answer => json({ id: name, label: `${name}@test.example` });
const common = { params: {}, name: null, environmentId: 'production', tags: ['t'], client: null };

async function ended(id: string): Promise<Authorization['state']> {
  for (let turn = 0; turn < 500; turn++) {
    const found = await world.db.get('authorizations', id);
    if (found !== undefined && !isRunning(found.state)) return found.state;
    await new Promise((resolve) => {
      setTimeout(resolve, 2);
    });
  }
  throw new Error('the attempt did not end');
}

async function byKey(key = 'canary-key'): Promise<Authorization['state']> {
  const credential = { kind: 'key', key } as const;
  const wish = { ...common, providerId: 'test-keys', methodId: 'key', scopes: [], credential };
  return ended((await connect(world.engine, wish)).authorizationId);
}

async function bySignIn(): Promise<Authorization['state']> {
  const wish = {
    ...common,
    providerId: 'test-cloud',
    methodId: 'oauth',
    scopes: ['read'],
    credential: null,
  };
  return ended((await connect(world.engine, wish)).authorizationId);
}

async function again(connectionId: string): Promise<{ id: string; state: Authorization['state'] }> {
  const wish = { connectionId, credential: null, client: null, chooseAccount: false };
  const { authorizationId: id } = await reconnect(world.engine, wish);
  return { id, state: await ended(id) };
}

const all = (): Promise<Connection[]> => world.db.getAll('connections');
async function only(): Promise<Connection> {
  const [first, ...rest] = await all();
  if (first === undefined || rest.length > 0) throw new Error('not exactly one connection');
  return first;
}
const check = async () => openSweeper(world.engine).check((await all()).map(({ id }) => id));
const refused = json({ error: 'invalid_grant' }, 400);

describe('connecting', () => {
  it('writes connection, credential and evidence, and forgets the attempt’s secrets', async () => {
    expect((await bySignIn()).kind).toBe('done');
    expect(await only()).toMatchObject({
      health: { kind: 'active' },
      tags: ['t'],
      identity: { id: 'alice' },
    });
    expect(await world.db.getAllKeys('secrets')).toEqual([`credential:${(await only()).id}`]);
    expect(await world.db.count('checks')).toBe(1);
    expect(world.wakesAt).toBeGreaterThan(world.now);
  });
  it('leaves nothing of a key that was refused', async () => {
    world.answer = () => json({}, 401);
    expect(await byKey()).toMatchObject({ kind: 'failed', code: 'credential-rejected' });
    expect(await all()).toEqual([]);
    expect(await world.db.count('secrets')).toBe(0);
  });
  it('gives tokens back when their proof fails', async () => {
    world.answer = ({ url }) => (url.endsWith('/token') ? tokens() : json({}, 503));
    expect(await bySignIn()).toMatchObject({ kind: 'failed', code: 'provider-trouble' });
    expect(world.sent.some(({ url }) => url.endsWith('/revoke'))).toBe(true);
  });
  it('sends nothing without permission', async () => {
    world.granted = false;
    await expect(byKey()).rejects.toMatchObject({ code: 'permission-missing' });
    expect(world.sent).toEqual([]);
  });
  it('asks before it doubles, and updates in place', async () => {
    await byKey();
    const first = await only();
    const state = await byKey('canary-key-2');
    expect(state).toMatchObject({ kind: 'duplicate', connectionId: first.id });
    const [pending] = (await world.db.getAll('authorizations')).filter(
      (one) => one.state.kind === 'duplicate',
    );
    await chooseAuthorization(world.engine, {
      authorizationId: pending?.id ?? '',
      choice: 'update',
    });
    expect((await only()).id).toBe(first.id);
  });
});

describe('reconnecting', () => {
  it('keeps everything but the credential', async () => {
    await bySignIn();
    const { id, revision } = await only();
    await editConnection(world.engine, { id, name: 'Mine', revision });
    world.answer = ({ url }) => (url.endsWith('/token') ? refused : json({}, 401));
    world.now += 1_000;
    await check();
    world.now += 1_000;
    expect((await only()).health).toMatchObject({ kind: 'reconnect', reason: 'revoked' });
    world.answer = ({ url }) => (url.endsWith('/token') ? tokens() : whoever('alice'));
    expect((await again(id)).state.kind).toBe('done');
    expect(await only()).toMatchObject({
      id,
      name: 'Mine',
      tags: ['t'],
      health: { kind: 'active' },
    });
    expect(await world.db.count('checks')).toBe(3);
  });
  it('overwrites nothing when another identity comes back; each choice does what it says', async () => {
    await bySignIn();
    const { id } = await only();
    world.answer = ({ url }) => (url.endsWith('/token') ? tokens() : whoever('bob'));
    const first = await again(id);
    expect(first.state).toMatchObject({
      kind: 'mismatch',
      expected: { id: 'alice' },
      received: { id: 'bob' },
    });
    expect((await only()).identity?.id).toBe('alice');
    await dismissAuthorization(world.engine, first.id);
    expect(world.sent.some(({ url }) => url.endsWith('/revoke'))).toBe(true);
    const second = await again(id);
    await chooseAuthorization(world.engine, { authorizationId: second.id, choice: 'keep-both' });
    expect((await all()).map(({ identity }) => identity?.id).toSorted()).toEqual(['alice', 'bob']);
    const third = await again(id);
    await chooseAuthorization(world.engine, { authorizationId: third.id, choice: 'replace' });
    expect((await world.db.get('connections', id))?.identity?.id).toBe('bob');
  });
});

describe('noticing', () => {
  it.each<[string, () => Answer]>([
    ['503', () => json('<html>', 503)],
    ['429', () => json({}, 429)],
    ['a login page', () => json('<html>')],
    ['a time-out', () => ({ kind: 'silence', silence: 'timeout', tookMs: 1 })],
    ['403', () => json({}, 403)],
  ])('never turns red by %s, at the API or at the token endpoint', async (_, answer) => {
    await bySignIn();
    world.answer = answer;
    for (let round = 0; round < 8; round++) {
      world.now += 3_600_000;
      await check();
      expect((await only()).health.kind).toBe('unverified');
    }
    expect(world.badge?.face.kind).toBe('none');
    expect(world.notifications.size).toBe(0);
  });
  it('says nothing of a connection while there is no network', async () => {
    await bySignIn();
    const before = await only();
    world.answer = () => ({ kind: 'silence', silence: 'offline', tookMs: 1 });
    for (let round = 0; round < 8; round++) {
      world.now += 3_600_000;
      await check();
    }
    expect((await only()).health).toEqual(before.health);
    expect(world.badge?.face.kind).toBe('none');
    expect(world.notifications.size).toBe(0);
  });
  it('turns a key red that is refused twice, tells it once, and takes it back', async () => {
    await byKey();
    world.answer = () => json({}, 401);
    await check();
    await check();
    expect((await only()).health).toMatchObject({ kind: 'reconnect', reason: 'key-rejected' });
    expect([...world.notifications.keys()]).toEqual([`connection:${(await only()).id}`]);
    expect(world.badge?.face).toEqual({ kind: 'reconnect', count: 1 });
    world.answer = () => whoever('alice');
    await check();
    expect(world.notifications.size).toBe(0);
    expect(world.badge?.face.kind).toBe('none');
  });
  it('renews once for two contexts, and keeps the new token before it is used [F6 O11]', async () => {
    await bySignIn();
    world.now += 3_500_000;
    const { id } = await only();
    const uses: string[] = [];
    world.answer = async ({ url, headers }) => {
      if (url.endsWith('/token')) return tokens();
      const stored = await world.engine.vault.open('credential', id);
      uses.push(headers['Authorization'] ?? '');
      expect(stored?.kind).toBe('oauth2');
      return whoever('alice');
    };
    world.sent.length = 0;
    const other = world.restarted();
    await Promise.all([openSweeper(world.engine).check([id]), openSweeper(other).check([id])]);
    expect(world.sent.filter(({ url }) => url.endsWith('/token'))).toHaveLength(1);
    expect(new Set(uses)).toEqual(new Set(['Bearer canary-access-2']));
  });
  it('notices that a renewal gave less than was asked for, and keeps it where the next says nothing [O11]', async () => {
    await bySignIn();
    expect(missing(await only())).toEqual([]);
    for (const answer of [tokens('profile'), tokens()]) {
      world.now += 3_500_000;
      world.answer = ({ url }) => (url.endsWith('/token') ? answer : whoever('alice'));
      await check();
      expect(missing(await only())).toEqual(['read']);
    }
    expect((await only()).health.kind).toBe('active');
  });
  it('says interrupted when a renewal was cut short and the old token is refused [F2]', async () => {
    await bySignIn();
    const { id } = await only();
    await commit(world.db, {
      connections: new Map([[id, (stored) => stored && { ...stored, refreshStartedAt: 1 }]]),
    });
    world.now += 3_500_000;
    world.answer = () => refused;
    await check();
    expect((await only()).health).toMatchObject({ kind: 'reconnect', reason: 'interrupted' });
  });
  it('does not judge a new credential by the answer to the old one', async () => {
    await byKey();
    const { id } = await only();
    world.answer = async () => {
      await commit(world.db, {
        connections: new Map([
          [id, (stored) => stored && { ...stored, authorizedAt: world.now + 1 }],
        ]),
      });
      return json({}, 401);
    };
    await check();
    expect((await only()).health.kind).toBe('active');
  });
  it('checks what is due and nothing else', async () => {
    await byKey();
    world.sent.length = 0;
    await openSweeper(world.engine).sweep();
    expect(world.sent).toEqual([]);
    world.now += 16 * 60_000;
    await openSweeper(world.engine).sweep();
    expect(world.sent).toHaveLength(1);
    // A minute later: what falls due until then is asked about in the same waking.
    expect((await only()).nextCheckAt).toBe((world.wakesAt ?? 0) - 60_000);
  });
});

describe('after the worker died', () => {
  it('abandons attempts that nobody runs and closes their window', async () => {
    world.window = () => new Promise(() => undefined);
    const wish = {
      ...common,
      providerId: 'test-cloud',
      methodId: 'oauth',
      scopes: [],
      credential: null,
    };
    const { authorizationId } = await connect(world.engine, wish);
    await expect
      .poll(async () => (await world.db.get('authorizations', authorizationId))?.windowId)
      .toBe(42);
    await start(world.restarted());
    expect((await world.db.get('authorizations', authorizationId))?.state.kind).toBe('abandoned');
    expect(world.closedWindows).toEqual([42]);
    expect(await world.db.count('secrets')).toBe(0);
  });
  it('tells what was written and not told, once', async () => {
    await byKey();
    const { id } = await only();
    const red = { kind: 'reconnect', reason: 'revoked', since: 1, verifiedAt: 1 } as const;
    await commit(world.db, {
      connections: new Map([[id, (stored) => stored && { ...stored, health: red }]]),
    });
    expect(world.notifications.size).toBe(0);
    await start(world.restarted());
    expect([...world.notifications.keys()]).toEqual([`connection:${id}`]);
    world.notifications.clear();
    await tell(world.engine);
    expect(world.notifications.size).toBe(0);
    await drawBadge(world.engine);
    expect(world.badge?.face).toEqual({ kind: 'reconnect', count: 1 });
  });
});

describe('secrets', () => {
  it('are in no record, no announcement and no notification', async () => {
    await byKey();
    await bySignIn();
    world.answer = ({ headers }) => {
      const message = 'X-Api-Key' in headers ? 'canary-key' : 'canary-access-1 canary-refresh-1';
      return json({ message }, 401);
    };
    await check();
    const stores = [
      'connections',
      'checks',
      'authorizations',
      'clients',
      'kept',
      'providers',
    ] as const;
    const dumps = await Promise.all(stores.map((store) => world.db.getAll(store)));
    const sealed = await world.db.getAll('secrets');
    const bytes = sealed.map((one) => Buffer.from(one.sealed).toString('latin1'));
    const shown = JSON.stringify([dumps, world.changes, [...world.notifications], bytes]);
    expect(sealed.length).toBe(2);
    expect(shown).not.toMatch(/canary-/);
  });
});
