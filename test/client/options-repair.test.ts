import { beforeEach, describe, expect, it } from 'vitest';
import type { Authorization, AuthorizationState } from '../../lib/domain/authorization.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import type { Repair } from '../../lib/domain/repair.ts';
import { DEFAULT_SETTINGS } from '../../lib/domain/settings.ts';
import { changeRepair, startRepair } from '../../lib/engine/repair.ts';
import { readKept } from '../../lib/store/read.ts';
import { authorization, connection, method, NOW, provider, signIn } from './connections.ts';
import { openWorld, type World } from './options-world.ts';

const BROKEN = { kind: 'reconnect', reason: 'revoked', since: NOW, verifiedAt: null } as const;
const HOSTS = 'ask for https://api.example.com/*';
let world: World;

function byWindow(id: string, changes: Partial<Connection> = {}): Connection {
  return connection({
    id,
    name: id,
    methodId: 'oauth',
    methodKind: 'oauth2',
    health: BROKEN,
    ...changes,
  });
}

function byKey(id: string): Connection {
  return connection({ id, name: id, health: BROKEN });
}

function attempt(id: string, connectionId: string, state: AuthorizationState): Authorization {
  const purpose = { kind: 'reconnect', connectionId } as const;
  return authorization({ id, methodId: 'oauth', purpose, state });
}

/** A page at the queue, over a background whose queue is the real one. */
async function open(connections: readonly Connection[], hash = '#/repair'): Promise<void> {
  world = openWorld(hash, [provider({ methods: [method(), signIn()] })]);
  const { database, announce, answers } = world;
  const ports = { database, announce: () => announce('repair') };
  let attempts = 0;
  answers.startRepair = (input) => startRepair(ports, input).then(() => ({}));
  answers.changeRepair = (input) => changeRepair(ports, input).then(() => ({}));
  answers.reconnect = () => ({ authorizationId: `a-${++attempts}` });
  await world.store({ connections });
  await world.model.load();
}

/** What the background writes as an attempt goes on. */
async function written(record: Authorization, healed: readonly Connection[] = []): Promise<void> {
  const connections = healed.map((one) => ({
    ...one,
    health: { kind: 'active', verifiedAt: NOW } as const,
  }));
  await world.store({ authorization: record, connections });
}

function turnOf(name: string): Promise<void> {
  return expect.poll(() => world.model.repair.turn.value?.form.connection.value.name).toBe(name);
}

function reconnected(): unknown[] {
  return world.calls
    .filter(({ procedure }) => procedure === 'reconnect')
    .map(({ input }) => (input as { connectionId: string }).connectionId);
}

function stored(): Promise<Repair | undefined> {
  return world.database().then((db) => readKept(db, 'repair'));
}

describe('the queue on the page', () => {
  beforeEach(async () => {
    await open([byWindow('Ads'), byWindow('Billing'), byKey('Keys')]);
  });

  it('asks for hosts in the click, before anything else', async () => {
    await world.model.repair.start(false);
    await turnOf('Ads');
    world.model.repair.submit();
    expect(world.order.at(-1)).toBe(HOSTS);
    await expect.poll(reconnected).toEqual(['Ads']);
  });

  it('offers the next one, says what became of the last, and begins nothing by itself', async () => {
    await world.model.repair.start(false);
    await turnOf('Ads');
    world.model.repair.submit();
    await expect.poll(reconnected).toEqual(['Ads']);
    await written(attempt('a-1', 'Ads', { kind: 'proving' }));
    await written(attempt('a-1', 'Ads', { kind: 'done', connectionId: 'Ads' }), [byWindow('Ads')]);
    await turnOf('Billing');
    expect(world.texts()).toEqual(['Ads: connected again']);
    expect(reconnected()).toEqual(['Ads']);
  });

  it('goes on by itself where it shall, without asking for hosts, up to what has to be typed', async () => {
    await world.model.repair.start(false);
    await world.model.repair.setByItself(true);
    await turnOf('Ads');
    world.model.repair.submit();
    await expect.poll(reconnected).toEqual(['Ads']);
    await written(attempt('a-1', 'Ads', { kind: 'done', connectionId: 'Ads' }), [byWindow('Ads')]);
    await expect.poll(reconnected).toEqual(['Ads', 'Billing']);
    await written(attempt('a-2', 'Billing', { kind: 'done', connectionId: 'Billing' }), [
      byWindow('Billing'),
    ]);
    await turnOf('Keys');
    expect(reconnected()).toEqual(['Ads', 'Billing']);
    expect(world.order.filter((one) => one === HOSTS)).toHaveLength(1);
  });

  it('does not go on by itself after an attempt of another page', async () => {
    await world.model.repair.start(false);
    await world.model.repair.setByItself(true);
    await turnOf('Ads');
    await written(attempt('elsewhere', 'Ads', { kind: 'waiting' }));
    await expect.poll(() => world.model.repair.turn.value?.form.attempt.id.value).toBe('elsewhere');
    await written(attempt('elsewhere', 'Ads', { kind: 'done', connectionId: 'Ads' }), [
      byWindow('Ads'),
    ]);
    await turnOf('Billing');
    expect(reconnected()).toEqual([]);
  });

  it('keeps the turn, and says why, where the worker left the attempt', async () => {
    await world.model.repair.start(false);
    await turnOf('Ads');
    world.model.repair.submit();
    await expect.poll(reconnected).toEqual(['Ads']);
    await written(attempt('a-1', 'Ads', { kind: 'waiting' }));
    await written(attempt('a-1', 'Ads', { kind: 'abandoned' }));
    const { form } = world.model.repair.turn.value ?? {};
    await expect.poll(() => form?.attempt.problem.value?.code).toBe('interrupted');
    expect((await stored())?.currentId).toBe('Ads');
  });

  it('takes what it has noted out of what asks for attention elsewhere', async () => {
    await world.model.repair.start(false);
    await turnOf('Ads');
    world.model.repair.submit();
    await expect.poll(reconnected).toEqual(['Ads']);
    await written(attempt('a-1', 'Ads', { kind: 'waiting' }));
    await written(attempt('a-1', 'Ads', { kind: 'cancelled' }));
    await turnOf('Billing');
    await expect
      .poll(() => world.calls)
      .toContainEqual({ procedure: 'dismissAuthorization', input: { authorizationId: 'a-1' } });
  });

  it('cancels what runs where it is stopped', async () => {
    await world.model.repair.start(false);
    await turnOf('Ads');
    await written(attempt('a-9', 'Ads', { kind: 'waiting' }));
    await expect.poll(() => world.model.repair.turn.value?.form.attempt.id.value).toBe('a-9');
    await world.model.repair.stop();
    expect(world.calls).toContainEqual({
      procedure: 'cancelAuthorization',
      input: { authorizationId: 'a-9' },
    });
    expect(world.model.repair.stage.value).toBe('summary');
  });

  it('cancels what is only being started, as soon as it can be', async () => {
    await world.model.repair.start(false);
    await turnOf('Ads');
    world.model.repair.submit();
    await world.model.repair.stop();
    await expect
      .poll(() => world.calls)
      .toContainEqual({ procedure: 'cancelAuthorization', input: { authorizationId: 'a-1' } });
    expect(world.texts().at(-1)).toBe(
      '0 mended · 0 left for later · 0 skipped · 0 failed · 3 had no turn',
    );
  });

  it('is gone on with after the page was left, with what broke since', async () => {
    await world.model.repair.start(false);
    await world.model.repair.decide('later');
    world.visit('#/connections');
    await world.store({ connections: [byWindow('Crm')] });
    world.visit('#/repair');
    await world.model.repair.resume();
    await turnOf('Billing');
    expect((await stored())?.items.map(({ id }) => id)).toEqual(['Ads', 'Billing', 'Keys', 'Crm']);
  });

  it('that has ended is not gone on with where the person arrives by address', async () => {
    await world.model.repair.start(false);
    await world.model.repair.stop();
    await expect.poll(() => world.model.repair.stage.value).toBe('summary');
    world.visit('#/connections');
    world.visit('#/repair');
    expect(world.model.repair.stage.value).toBe('start');
    await world.model.repair.start(false);
    await turnOf('Ads');
  });

  it('is forgotten when it is closed', async () => {
    await world.model.repair.start(false);
    await world.model.repair.close();
    expect(world.hash.value).toBe('#/connections');
    expect(await stored()).toBeUndefined();
  });
});

describe('what is selected', () => {
  const ENDING = { kind: 'expiring', expiresAt: NOW + 1, verifiedAt: NOW } as const;
  const one = (id: string, health: Connection['health']): Connection =>
    connection({ id, name: id, health });
  const some = [
    byKey('Broken'),
    one('Ending', ENDING),
    one('New', { kind: 'unauthorized' }),
    one('Well', { kind: 'active', verifiedAt: NOW }),
  ];
  const held = async () => (await stored())?.items.map(({ id }) => id);

  beforeEach(() => open(some, '#/connections'));

  it('is queued where it is broken, new or about to end; the rest is counted and offered', async () => {
    await world.model.repair.startWith(some);
    expect(await held()).toEqual(['Broken', 'Ending', 'New']);
    expect(world.hash.value).toBe('#/repair');
    const [message] = world.model.messages.list.value;
    expect(message?.text).toBe('1 left out: it does not ask to be reconnected');
    message?.action?.run();
    await expect.poll(held).toEqual(['Broken', 'Ending', 'New', 'Well']);
    expect(world.texts()).toContain('1 joined the queue that is under way');
  });

  it('is queued all the same where nothing of it asks for it, when the person says so', async () => {
    await world.model.repair.startWith(some.slice(3));
    expect([await stored(), world.hash.value]).toEqual([undefined, '#/connections']);
    expect(world.texts()).toEqual(['None of the selected connections asks to be reconnected']);
    world.model.messages.list.value[0]?.action?.run();
    await expect.poll(held).toEqual(['Well']);
  });

  it('joins a queue that is under way, whose turn stays', async () => {
    await world.model.repair.startWith(some.slice(0, 1));
    await turnOf('Broken');
    await world.model.repair.startWith(some.slice(1, 2));
    expect(await held()).toEqual(['Broken', 'Ending']);
    expect(world.texts()).toEqual(['1 joined the queue that is under way']);
    await turnOf('Broken');
  });
});

describe('what a queue would hold', () => {
  it('is of the environment that the address names', async () => {
    await open(
      [byWindow('Ads'), byWindow('Crm', { environmentId: 'staging' })],
      '#/repair?environment=staging',
    );
    await world.model.repair.start(false);
    expect((await stored())?.items.map(({ id }) => id)).toEqual(['Crm']);
  });

  it('is of all of them where the address says so, whatever the settings say', async () => {
    await open(
      [byWindow('Ads'), byWindow('Crm', { environmentId: 'staging' })],
      '#/repair?environment=all',
    );
    const db = await world.database();
    await db.put('kept', { ...DEFAULT_SETTINGS, environmentId: 'staging' }, 'settings');
    await world.model.records.load();
    expect(world.model.repair.broken.value.map(({ id }) => id)).toEqual(['Ads', 'Crm']);
  });

  it('is nothing where nothing is broken', async () => {
    await open([connection()]);
    await world.model.repair.start(false);
    await expect.poll(() => world.model.repair.stage.value).toBe('start');
    expect(world.model.repair.broken.value).toEqual([]);
  });
});
