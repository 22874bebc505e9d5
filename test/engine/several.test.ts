/** One change in several connections. */
import { beforeEach, describe, expect, it } from 'vitest';
import { TAGS_CARRIED_MAX } from '../../lib/domain/tag.ts';
import { setSync, tagConnections, untagConnections } from '../../lib/engine/edit.ts';
import { start } from '../../lib/engine/start.ts';
import { openSweeper } from '../../lib/engine/sweep.ts';
import { gate, setStage, type Stage } from './stage.ts';

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});

/** Connects somebody. @returns the id of the connection */
async function connected(person: string, ...tags: string[]): Promise<string> {
  const before = new Set((await stage.all()).map(({ id }) => id));
  stage.person = person;
  await stage.byKey(`key of ${person}`, { name: person, tags });
  const made = (await stage.all()).find(({ id }) => !before.has(id));
  if (made === undefined) throw new Error('not connected');
  return made.id;
}

async function by<T>(read: (one: Awaited<ReturnType<Stage['all']>>[number]) => T) {
  return Object.fromEntries((await stage.all()).map((one) => [one.name, read(one)]));
}

const announced = () =>
  stage.world.changes.filter(({ kinds }) => kinds.includes('connections')).length;

describe('pausing several', () => {
  it('changes those that run, in one step, and leaves the others and their revisions', async () => {
    const ids = [await connected('alice'), await connected('bob'), await connected('carol')];
    await setSync(stage.world.engine, ids.slice(0, 1), 'paused');
    const since = stage.world.now;
    stage.world.now += 60_000;
    const revisions = await by(({ revision }) => revision);
    const before = announced();
    const { outcomes } = await setSync(stage.world.engine, ids.slice(0, 2), 'paused');
    expect(outcomes).toEqual(ids.slice(0, 2).map((id) => ({ id, error: null })));
    expect(announced()).toBe(before + 1);
    expect(await by(({ sync }) => sync)).toEqual({
      alice: { kind: 'paused', since },
      bob: { kind: 'paused', since: since + 60_000 },
      carol: { kind: 'on' },
    });
    expect(await by(({ revision }) => revision)).toEqual({
      ...revisions,
      bob: (revisions['bob'] ?? 0) + 1,
    });
  });

  it('is put back with its own moment, which is never to come', async () => {
    const ids = [await connected('alice')];
    const { now } = stage.world;
    await setSync(stage.world.engine, ids, 'paused', now - 60_000);
    expect((await stage.only()).sync).toEqual({ kind: 'paused', since: now - 60_000 });
    await setSync(stage.world.engine, ids, 'on');
    await setSync(stage.world.engine, ids, 'paused', now + 60_000);
    expect((await stage.only()).sync).toEqual({ kind: 'paused', since: now });
  });

  it('touches neither credential nor health, and is not lost to a check that runs', async () => {
    const id = await connected('alice');
    const { health } = await stage.only();
    const held = gate();
    const { api } = stage;
    stage.api = async (request) => {
      await held.pass();
      return api(request);
    };
    const checking = stage.check();
    await held.reached;
    await setSync(stage.world.engine, [id], 'paused');
    held.open();
    await checking;
    expect((await stage.only()).sync.kind).toBe('paused');
    expect((await stage.only()).health.kind).toBe(health.kind);
  });

  it('of many is one change', async () => {
    const id = await connected('alice');
    const [alice] = await stage.all();
    const template = await stage.world.db.get('connections', id);
    if (alice === undefined || template === undefined) throw new Error('not connected');
    const ids = Array.from({ length: 500 }, (_, at) => `many-${at}`);
    await Promise.all(
      ids.map((one) => stage.world.db.put('connections', { ...template, id: one })),
    );
    const before = announced();
    const { outcomes } = await setSync(stage.world.engine, ids, 'paused');
    expect(outcomes.map((one) => one.id)).toEqual(ids);
    expect(outcomes.every(({ error }) => error === null)).toBe(true);
    expect(announced()).toBe(before + 1);
    const paused = (await stage.all()).filter(({ sync }) => sync.kind === 'paused');
    expect(paused.length).toBe(500);
  });
});

describe('how far a check of several has come', () => {
  /** What pages were told of it last; `undefined`: nothing. */
  const told = () =>
    stage.world.changes.findLast(({ kinds }) => kinds.includes('checking'))?.checking;

  /** A check that waits for the answer about its second connection. */
  async function halfway() {
    const ids = [await connected('alice'), await connected('bob')];
    const held = gate();
    const { api } = stage;
    let asked = 0;
    stage.api = async (request) => {
      asked += 1;
      if (asked > 1) await held.pass();
      return api(request);
    };
    const sweeper = openSweeper(stage.world.engine);
    const checking = sweeper.check(ids);
    await held.reached;
    return { held, sweeper, checking };
  }

  it('is over for the pages when the next worker starts', async () => {
    const { held, checking } = await halfway();
    expect(told()).toMatchObject({ total: 2 });
    await start(stage.world.restarted());
    expect(told()).toBeNull();
    held.open();
    await checking;
  });

  it('is over for the pages when somebody stops a check that nobody runs', async () => {
    const { held, sweeper, checking } = await halfway();
    sweeper.stop();
    expect(told()).toMatchObject({ total: 2 });
    held.open();
    await checking;
    expect(told()).toBeNull();
    stage.world.changes.length = 0;
    sweeper.stop();
    expect(told()).toBeNull();
  });
});

describe('what cannot be changed', () => {
  it('is named, in the order asked for, and keeps the others from nothing', async () => {
    const alice = await connected('alice');
    const bob = await connected('bob');
    const { outcomes } = await setSync(stage.world.engine, [bob, 'gone', alice], 'paused');
    expect(outcomes).toEqual([
      { id: bob, error: null },
      { id: 'gone', error: 'not-found' },
      { id: alice, error: null },
    ]);
    expect(await by(({ sync }) => sync.kind)).toEqual({ alice: 'paused', bob: 'paused' });
    expect((await stage.all()).length).toBe(2);
  });

  it('is a connection that carries as many tags as it can; not one that has this one', async () => {
    const full = Array.from({ length: TAGS_CARRIED_MAX }, (_, at) => `tag ${at}`);
    const alice = await connected('alice', ...full);
    const bob = await connected('bob', ...full.slice(1), 'Red');
    const carol = await connected('carol', 'first');
    const input = { ids: [alice, bob, carol], tag: 'red' };
    const { outcomes } = await tagConnections(stage.world.engine, input);
    expect(outcomes.map(({ error }) => error)).toEqual(['tags-carried-full', null, null]);
    expect(await by(({ tags }) => tags)).toEqual({
      alice: full,
      bob: [...full.slice(1), 'Red'],
      carol: ['first', 'red'],
    });
  });
});

describe('a tag', () => {
  it('is put back at its place, or at the end where there is none by now', async () => {
    const ids = [
      await connected('alice', 'first', 'last'),
      await connected('bob'),
      await connected('carol', 'Red', 'last'),
    ];
    await tagConnections(stage.world.engine, { ids, tag: 'RED', at: 1 });
    expect(await by(({ tags }) => tags)).toEqual({
      alice: ['first', 'RED', 'last'],
      bob: ['RED'],
      carol: ['Red', 'last'],
    });
  });

  it('is taken from several, however they spell it, and the others stay', async () => {
    const ids = [
      await connected('alice', 'first', 'RED', 'last'),
      await connected('bob', 'red'),
      await connected('carol', 'other'),
    ];
    const { carol } = await by(({ revision }) => revision);
    await untagConnections(stage.world.engine, { ids, tag: 'Red' });
    expect(await by(({ tags }) => tags)).toEqual({
      alice: ['first', 'last'],
      bob: [],
      carol: ['other'],
    });
    expect((await by(({ revision }) => revision))['carol']).toBe(carol);
  });
});
