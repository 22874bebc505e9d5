/** How the background spreads what it asks, and whom it spares. */
import { beforeEach, describe, expect, it } from 'vitest';
import { secret } from '../../lib/domain/credential.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { openSweeper } from '../../lib/engine/sweep.ts';
import { start } from '../../lib/engine/start.ts';
import { commit } from '../../lib/store/commit.ts';
import { readKept } from '../../lib/store/read.ts';
import { aConnection } from '../support/a-connection.ts';
import { json } from '../support/fake-ports.ts';
import { KEYS } from './definitions.ts';
import { DOWN, REFUSED_KEY, setStage, type Stage } from './stage.ts';

const MINUTE = 60_000;
const PERIOD = 15 * MINUTE;

let stage: Stage;

beforeEach(async () => {
  stage = await setStage([
    { ...KEYS, id: 'test-other', check: { ...KEYS.check, url: 'https://other.example/me' } },
    { ...KEYS, id: 'test-etag', check: { ...KEYS.check, conditional: true, endsHeader: 'x-ends' } },
    { ...KEYS, id: 'test-metered', check: { ...KEYS.check, metered: true } },
  ]);
  stage.api = ({ headers }) => {
    const person = headers['X-Api-Key'] ?? '';
    return json({ id: person, label: person });
  };
});

/** Connections that are due, the first the longest. */
async function plant(count: number, more: Partial<Connection> = {}): Promise<void> {
  const { world } = stage;
  const all = Array.from({ length: count }, (_, at) =>
    aConnection({
      providerId: 'test-keys',
      identity: { id: `${more.providerId ?? ''}${at}`, label: 'x', workspace: null },
      nextCheckAt: world.now - count + at,
      ...more,
      id: `${more.providerId ?? 'key'}-${String(at).padStart(3, '0')}`,
    }),
  );
  await commit(world.db, {
    connections: new Map(all.map((one) => [one.id, () => one])),
    putSecrets: await Promise.all(
      all.map(({ id }) =>
        world.engine.vault.seal('credential', id, { kind: 'key', key: secret(`of ${id}`) }),
      ),
    ),
  });
}

const sweep = (engine = stage.world.engine): Promise<void> => openSweeper(engine).sweep();
const asked = (): string[] => stage.world.sent.map(({ headers }) => headers['X-Api-Key'] ?? '');
const one = async (): Promise<Connection> => stage.only();

describe('a service that is down', () => {
  beforeEach(async () => {
    await plant(60);
    stage.api = () => DOWN;
  });

  it('meets a few of sixty; the others wait, and nothing is said of them', async () => {
    await plant(20, { providerId: 'test-other' });
    const { world } = stage;
    world.answer = ({ url, headers }) =>
      url.includes('other') ? json({ id: headers['X-Api-Key'], label: 'x' }) : DOWN;
    await sweep();
    const met = world.sent.filter(({ url }) => url.includes('api.test'));
    expect(met.length).toBeLessThanOrEqual(10);
    expect(world.sent.length - met.length).toBe(20);
    const spared = (await stage.all()).filter(
      ({ providerId, health }) => providerId === 'test-keys' && health.kind === 'active',
    );
    expect(spared).toHaveLength(60 - met.length);
    for (const { nextCheckAt } of spared) {
      expect(nextCheckAt).toBeGreaterThan(world.now);
      expect(nextCheckAt).toBeLessThan(world.now + PERIOD);
    }
  });

  it('is spared by the next worker too, and then tried by one for all', async () => {
    await sweep();
    const { world } = stage;
    const { until } = (await readKept(world.db, 'hostTroubles'))?.['test-keys'] ?? { until: 0 };
    expect(until).toBeGreaterThan(world.now);
    world.sent.length = 0;
    world.now = until - 1;
    await sweep(world.restarted());
    expect(world.sent).toEqual([]);

    world.now = until + PERIOD / 2;
    await sweep(world.restarted());
    expect(world.sent).toHaveLength(2);
    expect((await readKept(world.db, 'hostTroubles'))?.['test-keys']?.times).toBe(2);
  });

  it('is asked about everybody once it answers, within a period', async () => {
    await sweep();
    const { world } = stage;
    world.sent.length = 0;
    stage.api = ({ headers }) => json({ id: headers['X-Api-Key'], label: 'x' });
    const end = world.now + PERIOD;
    while (world.now < end) {
      world.now = Math.min(end, Math.max(world.now + 1, world.wakesAt ?? end));
      await sweep(world.restarted());
    }
    expect(new Set(asked()).size).toBe(60);
    expect(await readKept(world.db, 'hostTroubles')).toEqual({});
  });

  it('is asked about everybody that a person wants to know of', async () => {
    await sweep();
    stage.world.sent.length = 0;
    await stage.check();
    expect(stage.world.sent).toHaveLength(60);
  });
});

describe('a service that was down before the clock was set back', () => {
  it('is asked within a period of the new time', async () => {
    await plant(60);
    stage.api = () => DOWN;
    await sweep();
    const { world } = stage;
    world.now -= 600 * MINUTE;
    await start(world.restarted());
    expect(await readKept(world.db, 'hostTroubles')).toBeUndefined();
    const moments = (await stage.all()).map(({ nextCheckAt }) => nextCheckAt ?? 0);
    expect(Math.max(...moments)).toBeLessThan(world.now + PERIOD);
  });
});

describe('one connection that is ill by itself', () => {
  it('keeps nobody from being asked about', async () => {
    await plant(40);
    const { world } = stage;
    world.answer = ({ headers }) =>
      (headers['X-Api-Key'] ?? '').endsWith('3') ? DOWN : json({ id: 'x', label: 'x' });
    await sweep();
    expect(new Set(asked()).size).toBe(40);
  });
});

describe('a pass', () => {
  it('ends before the browser ends the worker; the rest is asked next, nobody twice', async () => {
    await plant(100);
    const { world } = stage;
    const { api } = stage;
    stage.api = (request) => {
      world.now += 4_000;
      return api(request);
    };
    const begun = world.now;
    await sweep();
    expect(world.sent.length).toBeLessThan(80);
    expect(world.now - begun).toBeLessThan(5 * MINUTE);
    expect(world.wakesAt).toBe(world.now + 1_000);
    world.now += 1_000;
    await sweep(world.restarted());
    expect(asked().toSorted()).toEqual((await stage.all()).map(({ id }) => `of ${id}`));
  });

  it('that a person asked for goes on until all were asked', async () => {
    await plant(100);
    const { world } = stage;
    const { api } = stage;
    stage.api = (request) => {
      world.now += 4_000;
      return api(request);
    };
    expect((await stage.check()).checked).toBe(100);
    expect(new Set(asked()).size).toBe(100);
    expect(world.sent).toHaveLength(100);
  });

  it('that dies in the middle leaves exactly those who were not written', async () => {
    await plant(130);
    const { world } = stage;
    const { api } = stage;
    stage.api = (request) => (world.sent.length > 90 ? new Promise(() => undefined) : api(request));
    void sweep();
    await expect
      .poll(async () => (await stage.all()).filter(({ checkedAt }) => checkedAt !== 0).length)
      .toBeGreaterThanOrEqual(50);
    const written = (await stage.all()).filter(({ checkedAt }) => checkedAt !== 0);
    world.sent.length = 0;
    stage.api = api;
    await sweep(world.restarted());
    const again = new Set(asked());
    expect(written.filter(({ id }) => again.has(`of ${id}`))).toEqual([]);
    expect(again.size).toBe(130 - written.length);
  });
});

describe('a laptop that wakes', () => {
  it('asks about a dozen, and about all others within four minutes', async () => {
    await plant(200);
    const { world } = stage;
    world.now += 8 * 60 * MINUTE;
    await sweep(world.restarted());
    expect(world.sent).toHaveLength(12);
    const end = world.now + 5.1 * MINUTE;
    while (world.now < end) {
      world.now = Math.min(end, Math.max(world.now + 1, world.wakesAt ?? end));
      await sweep(world.restarted());
    }
    expect(asked().length).toBe(200);
    expect(new Set(asked()).size).toBe(200);
  });

  it('whose clock was set back a day asks when it would have asked', async () => {
    await plant(3);
    const { world } = stage;
    await sweep();
    const before = (await stage.all()).map(({ nextCheckAt }) => (nextCheckAt ?? 0) - world.now);
    world.now -= 24 * 60 * MINUTE;
    await start(world.restarted());
    const after = (await stage.all()).map(({ nextCheckAt }) => (nextCheckAt ?? 0) - world.now);
    expect(after).toEqual(before);
    await start(world.restarted());
    expect((await stage.all()).map(({ nextCheckAt }) => (nextCheckAt ?? 0) - world.now)).toEqual(
      before,
    );
  });
});

describe('a service that says when nothing has changed', () => {
  const condition = (): string | undefined => stage.world.sent.at(-1)?.headers['If-None-Match'];

  beforeEach(async () => {
    await plant(1, { providerId: 'test-etag' });
    stage.api = ({ headers }) =>
      headers['If-None-Match'] === '"1"'
        ? json('', 304)
        : json({ id: 'alice', label: 'alice' }, 200, { etag: '"1"' });
  });

  it('is asked with its tag, and 304 is a yes that changes no identity', async () => {
    await stage.check();
    expect(condition()).toBeUndefined();
    stage.world.now += MINUTE;
    await stage.check();
    expect(condition()).toBe('"1"');
    expect(await one()).toMatchObject({
      health: { kind: 'active', verifiedAt: stage.world.now },
      identity: { id: 'alice' },
    });
    stage.world.now += 25 * 60 * MINUTE;
    await stage.check();
    expect(condition()).toBeUndefined();
  });

  it('is believed when it refuses all the same', async () => {
    await stage.check();
    stage.api = () => REFUSED_KEY;
    await stage.check();
    expect((await one()).health.kind).toBe('reconnect');
  });

  it('says nothing of the next credential, and keeps no tag that is made of the secret', async () => {
    await stage.check();
    await stage.again((await one()).id).catch(() => undefined);
    stage.api = () => json({ id: 'a', label: 'a' }, 200, { etag: '"of test-etag-000"' });
    stage.world.now += 25 * 60 * MINUTE;
    await stage.check();
    expect(JSON.stringify(await one())).not.toContain('of test-etag-000');
  });

  it('warns two weeks before an end that it states', async () => {
    const end = new Date(stage.world.now + 10 * 86_400_000).toISOString();
    stage.api = () => json({ id: 'alice', label: 'alice' }, 200, { etag: '"1"', 'x-ends': end });
    await stage.check();
    expect((await one()).health).toMatchObject({ kind: 'expiring', expiresAt: Date.parse(end) });
    stage.api = () => json('', 304);
    await stage.check();
    expect((await one()).health).toMatchObject({ kind: 'expiring', expiresAt: Date.parse(end) });
  });
});

describe('304', () => {
  it('that nobody asked for is no yes', async () => {
    await plant(1);
    stage.api = () => json('', 304);
    await stage.check();
    expect((await one()).health).toMatchObject({ kind: 'unverified', doubt: 'redirected' });
  });
});

describe('a service that bills', () => {
  it('is asked an eighth of a day later, and not sooner for having failed', async () => {
    await plant(1, { providerId: 'test-metered' });
    await sweep();
    expect(((await one()).nextCheckAt ?? 0) - stage.world.now).toBeGreaterThan(11 * PERIOD);
    stage.api = () => DOWN;
    await stage.check();
    expect(((await one()).nextCheckAt ?? 0) - stage.world.now).toBeGreaterThanOrEqual(PERIOD);
  });
});

describe('a service that asked to be left alone', () => {
  it('is, also after a person asked in between and it said nothing', async () => {
    await plant(1);
    stage.api = () => json({}, 429, { 'retry-after': '3600' });
    await sweep();
    const promised = (await one()).nextCheckAt;
    stage.api = () => DOWN;
    await stage.check();
    expect((await one()).nextCheckAt).toBe(promised);
    stage.api = () => json({ id: 'alice', label: 'alice' });
    await stage.check();
    expect((await one()).nextCheckAt).toBeLessThan(stage.world.now + PERIOD);
  });
});

describe('a service that sets the pace', () => {
  it.each([
    [{ 'x-poll-interval': '3600' }, 60],
    [{ 'x-ratelimit-remaining': '0', ratelimit: '"d";r=0;t=1', 'retry-after': '7200' }, 120],
  ])('with %j is asked %i minutes later', async (headers, minutes) => {
    await plant(1);
    stage.api = () => json({ id: 'alice', label: 'alice' }, 200, headers);
    await sweep();
    expect(((await one()).nextCheckAt ?? 0) - stage.world.now).toBe(minutes * MINUTE);
  });
});
