/** This machine's network, a provider's trouble and a withdrawn permission, told apart. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FAILURES_TO_OPEN } from '../../lib/domain/breaker.ts';
import type { Answer } from '../../lib/domain/exchange.ts';
import { followClock } from '../../lib/engine/due.ts';
import { openSweeper } from '../../lib/engine/sweep.ts';
import { readConnections } from '../../lib/store/connections.ts';
import { json } from '../support/fake-ports.ts';
import { KEYS } from './definitions.ts';
import { setStage, type Stage } from './stage.ts';

const SILENT: Answer = { kind: 'silence', silence: 'unreachable', tookMs: 1 };
const OFFLINE: Answer = { kind: 'silence', silence: 'offline', tookMs: 1 };
const PORTAL = json('<!doctype html><title>Sign in</title>');
const DOWN = json({}, 503);

let stage: Stage;
/** What each host answers; the others as usual. */
let hosts: Map<string, Answer>;

/** Three providers with a host each, three connections each. */
beforeEach(async () => {
  hosts = new Map();
  const more = ['two', 'three'].map((id) => ({
    ...KEYS,
    id,
    name: `Test ${id}`,
    check: { ...KEYS.check, url: `https://${id}.test.example/me` },
  }));
  stage = await setStage(more);
  stage.api = ({ url }) =>
    hosts.get(new URL(url).host) ??
    hosts.get('*') ??
    json({ id: stage.person, label: stage.person });
  for (const providerId of [KEYS.id, 'two', 'three'])
    for (const person of ['a', 'b', 'c']) {
      stage.person = `${providerId}-${person}`;
      await stage.byKey('key', { providerId });
    }
  // Each answers as it did when it was connected: by whom it was asked is not looked at again.
  stage.world.now += 2 * 3_600_000;
  stage.world.sent.length = 0;
});

const network = () => stage.world.db.get('kept', 'network');
const sweep = () => openSweeper(stage.world.engine).sweep();
const healths = async () => new Set((await stage.all()).map(({ health }) => health.kind));

describe('a pass in which nobody answers', () => {
  it.each([
    ['everything is unreachable', SILENT, 'unreachable'],
    ['a page answers for everybody', PORTAL, 'unreachable'],
    ['the browser is offline', OFFLINE, 'offline'],
  ] as const)('says nothing of any connection where %s', async (_, answer, kind) => {
    const before = await stage.all();
    hosts.set('*', answer);
    await sweep();
    expect(await stage.all()).toEqual(before);
    expect(await stage.world.db.count('checks')).toBe(before.length);
    expect(await network()).toMatchObject({ down: { kind, since: stage.world.now, tries: 1 } });
    // Not at once again, though everything is due.
    expect(stage.world.wakesAt).toBeGreaterThan(stage.world.now + 20_000);
  });

  it('goes on when the network is there, and everything is caught up with', async () => {
    hosts.set('*', SILENT);
    await sweep();
    hosts.clear();
    stage.world.now += 60_000;
    await sweep();
    expect(await network()).toMatchObject({ down: null });
    const { now } = stage.world;
    expect((await stage.all()).map(({ checkedAt }) => checkedAt)).toEqual(Array(9).fill(now));
    expect(await healths()).toEqual(new Set(['active']));
  });

  it('asks once a provider or so, not everything, where it was found out', async () => {
    for (let more = 0; more < 30; more++) {
      stage.person = `more-${more}`;
      await stage.byKey('key', { providerId: 'two' });
    }
    stage.world.now += 2 * 3_600_000;
    stage.world.sent.length = 0;
    hosts.set('*', SILENT);
    await sweep();
    expect(stage.world.sent.length).toBeLessThan(25);
  });

  it('counts none as checked when a person asked for it', async () => {
    hosts.set('*', OFFLINE);
    const all = (await readConnections(stage.world.db, null)).map(({ id }) => id);
    const tally = await stage.check();
    expect(tally).toMatchObject({ checked: 0, reconnect: 0, unverified: 0 });
    expect(tally.left.toSorted()).toEqual(all.toSorted());
  });
});

describe('a network that is down, and the breakers of its providers', () => {
  const troubles = () => stage.world.db.get('kept', 'hostTroubles');
  const due = async () => (await stage.all()).map(({ id, nextCheckAt }) => [id, nextCheckAt]);

  /** So many connections of one provider that its breaker would open long before a slow one was asked. */
  beforeEach(async () => {
    for (let more = 0; more < 20; more++) {
      stage.person = `more-${more}`;
      await stage.byKey('key', { providerId: 'two' });
    }
    // Due, and not for so long that they are spread as after a sleep.
    for (const one of await stage.world.db.getAll('connections'))
      await stage.world.db.put('connections', { ...one, nextCheckAt: stage.world.now });
    stage.world.sent.length = 0;
    const { api } = stage;
    const asked = (host: string) => stage.world.sent.filter(({ url }) => url.includes(host));
    stage.api = async (request) => {
      if (request.url.includes('three.'))
        await vi.waitUntil(() => asked('two.').length >= FAILURES_TO_OPEN, { interval: 1 });
      return api(request);
    };
  });

  it.each([
    ['nobody answers', SILENT],
    ['the browser is offline', OFFLINE],
  ])('open none and put nobody off where %s', async (_, answer) => {
    const before = await due();
    hosts.set('*', answer);
    await sweep();
    expect(await network()).toMatchObject({ down: { since: stage.world.now } });
    expect(await troubles()).toBeUndefined();
    expect(await due()).toEqual(before);
  });

  it('are as long as they were: a try in vain counts for nothing', async () => {
    const kept = { two: { times: 2, until: stage.world.now - 1 } };
    await stage.world.db.put('kept', kept, 'hostTroubles');
    const before = await due();
    hosts.set('*', SILENT);
    stage.api = () => SILENT;
    await sweep();
    expect(await network()).toMatchObject({ down: { since: stage.world.now } });
    expect(await troubles()).toEqual(kept);
    expect(await due()).toEqual(before);
  });

  it('open for a provider that is down by itself, among others that answer', async () => {
    hosts.set('two.test.example', SILENT);
    await sweep();
    expect(await network()).toMatchObject({ down: null });
    expect(await troubles()).toMatchObject({ two: { times: 1 } });
  });
});

describe('one host among others that answer', () => {
  it('is its provider’s trouble, told once, and over when one is answered', async () => {
    hosts.set('two.test.example', SILENT);
    await sweep();
    expect(await network()).toMatchObject({
      down: null,
      providers: [{ name: 'Test two', count: 3, since: stage.world.now }],
    });
    expect([...(await healths())].sort()).toEqual(['active', 'unverified']);
    expect(stage.world.notifications.size).toBe(0);
    expect(stage.world.badge?.face.kind ?? 'none').not.toBe('reconnect');
    hosts.clear();
    stage.world.now += 2 * 3_600_000;
    await sweep();
    expect(await network()).toMatchObject({ providers: [] });
  });

  it('that answers with trouble is, too', async () => {
    hosts.set('two.test.example', DOWN);
    await sweep();
    expect(await network()).toMatchObject({ down: null, providers: [{ count: 3 }] });
  });

  it('that has been down for long is no witness against the network', async () => {
    hosts.set('two.test.example', SILENT);
    await sweep();
    hosts.set('three.test.example', SILENT);
    const ids = (await stage.all()).filter(({ providerId }) => providerId !== KEYS.id);
    stage.world.now += 2 * 3_600_000;
    await openSweeper(stage.world.engine).check(ids.map(({ id }) => id));
    expect(await network()).toMatchObject({ down: null });
  });
});

describe('a permission that was withdrawn', () => {
  it('is found without asking anybody, is no breakage, and is over when it is given', async () => {
    const sweeper = openSweeper(stage.world.engine);
    stage.world.granted = false;
    await sweeper.checkWithdrawn();
    const found = await stage.all();
    expect(found.map(({ health }) => health)).toEqual(
      found.map(() => expect.objectContaining({ doubt: 'permission-missing' })),
    );
    expect(stage.world.sent).toEqual([]);
    expect(stage.world.notifications.size).toBe(0);
    expect(await network()).toBeUndefined();
    stage.world.granted = true;
    await sweeper.checkPermitted();
    expect(await healths()).toEqual(new Set(['active']));
  });
});

describe('a clock that was set back', () => {
  it('does not leave the network down for as much longer', async () => {
    hosts.set('*', SILENT);
    await sweep();
    expect(await network()).toMatchObject({ down: { kind: 'unreachable' } });
    stage.world.now -= 24 * 3_600_000;
    await followClock(stage.world.engine);
    expect(await network()).toMatchObject({ down: { retryAt: stage.world.now } });
  });
});

describe('answers that tell the time', () => {
  it('are believed when they agree that this clock is wrong', async () => {
    stage.world.engine = { ...stage.world.engine, clockOff: () => 3_600_000 };
    await sweep();
    expect(await network()).toMatchObject({ clockOffMs: 3_600_000 });
  });
});
