import { beforeEach, describe, expect, it } from 'vitest';
import type { BulkChange } from '../../lib/client/bulk-change.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { UNDO_MS } from '../../lib/domain/deletion.ts';
import { PatchbayError, type ErrorCode } from '../../lib/domain/errors.ts';
import { connection, NOW } from './connections.ts';
import { openWorld, type World } from './options-world.ts';

let world: World;
/** Those that the background refuses to change, and why. */
let refused: Map<string, ErrorCode>;

const PAUSE: BulkChange = { kind: 'pause' };
const tagged: BulkChange = { kind: 'add-tag', tag: 'Red' };

beforeEach(async () => {
  world = openWorld();
  refused = new Map();
  const outcomes = ({ ids }: { readonly ids: readonly string[] }) => ({
    outcomes: ids.map((id) => ({ id, error: refused.get(id) ?? null })),
  });
  Object.assign(world.answers, {
    pauseSync: outcomes,
    resumeSync: outcomes,
    tagConnections: outcomes,
    untagConnections: outcomes,
    muteConnections: outcomes,
    snoozeConnections: outcomes,
  });
  await world.model.load();
});

function many(count: number, changes: Partial<Connection> = {}): Connection[] {
  return Array.from({ length: count }, (_, at) =>
    connection({ id: `c-${at}`, name: `Reports ${at}`, ...changes }),
  );
}

/** How many connections each call was about. */
function sizes(procedure: string): number[] {
  return world.calls
    .filter((one) => one.procedure === procedure)
    .map(({ input }) => (input as { ids: readonly string[] }).ids.length);
}

/** What each call asked. */
function asked(procedure: string): unknown[] {
  return world.calls.filter((one) => one.procedure === procedure).map(({ input }) => input);
}

function act(text: string, which: 'action' | 'also' = 'action'): void {
  const message = world.model.messages.list.value.find((one) => one.text === text);
  const action = message?.[which];
  if (message === undefined || action == null) throw new Error(`"${text}" offers nothing`);
  action.run();
  if (action.isLook !== true) world.model.messages.dismiss(message.id);
}

/** Whose outcomes are shown, by what they came to. */
function shownGroups(): Record<string, string[]> {
  const groups = world.model.outcomes.groups.value ?? [];
  return Object.fromEntries(
    groups.map(({ title, outcomes }) => [title, outcomes.map((one) => one.connection.id)]),
  );
}

/** What the messages offer, by what they say. */
function offers(): Record<string, string | null> {
  const { list } = world.model.messages;
  return Object.fromEntries(list.value.map(({ text, action }) => [text, action?.label ?? null]));
}

describe('a change of several', () => {
  it('goes in pieces, and says how far it is', async () => {
    const seen: unknown[] = [];
    world.answers.pauseSync = ({ ids }) => {
      seen.push(world.model.bulk.progress.value);
      return { outcomes: ids.map((id) => ({ id, error: null })) };
    };
    await world.model.bulk.change(many(1_100), PAUSE);
    expect(sizes('pauseSync')).toEqual([500, 500, 100]);
    expect(seen).toEqual([0, 500, 1_000].map((done) => ({ done, total: 1_100 })));
    expect(world.model.bulk.progress.value).toBeNull();
    expect(offers()).toEqual({ 'Flows of 1,100 connections paused': 'Undo' });
  });

  it('can be undone for as long as every other, also after a look at each', async () => {
    refused.set('c-1', 'tags-carried-full');
    await world.model.bulk.change(many(3), tagged);
    expect(Object.values(offers())).toEqual(['Undo', 'Show each']);
    expect(world.stays.at(-1)).toBe(UNDO_MS);
  });

  it('asks for nothing when nothing is selected', async () => {
    await world.model.bulk.change([], PAUSE);
    await world.model.bulk.check([]);
    expect(world.calls.map(({ procedure }) => procedure)).not.toContain('pauseSync');
    expect(world.calls.map(({ procedure }) => procedure)).not.toContain('checkNow');
  });

  it('is stopped between two pieces; what is done is told, and can be undone', async () => {
    world.answers.pauseSync = ({ ids }) => {
      world.model.bulk.stop();
      return { outcomes: ids.map((id) => ({ id, error: null })) };
    };
    await world.model.bulk.change(many(1_100), PAUSE);
    expect(sizes('pauseSync')).toEqual([500]);
    const text = 'Flows of 500 connections paused · stopped, 600 left as they were';
    expect(offers()).toEqual({ [text]: 'Undo' });
    act(text);
    await expect.poll(() => world.texts()).toEqual(['Flows of 500 connections resumed']);
    expect(sizes('resumeSync')).toEqual([500]);
  });

  it('can be looked at one by one, also where all went well, and what was not reached is among them', async () => {
    world.answers.pauseSync = ({ ids }) => {
      world.model.bulk.stop();
      return { outcomes: ids.map((id) => ({ id, error: null })) };
    };
    await world.model.bulk.change(many(600), PAUSE);
    const [text = ''] = world.texts();
    act(text, 'also');
    const { 'Left as they were (100)': left, 'Done (500)': done } = shownGroups();
    expect([left?.[0], done?.at(-1)]).toEqual(['c-500', 'c-499']);
    // What was done can still be undone.
    expect(offers()).toEqual({ [text]: 'Undo' });
    act(text);
    await expect.poll(() => sizes('resumeSync')).toEqual([500]);
  });

  it('of one alone says all there is to say', async () => {
    await world.model.bulk.change(many(1), PAUSE);
    expect(world.model.messages.list.value.map(({ also }) => also)).toEqual([null]);
  });
});

describe('a move to another environment', () => {
  it('goes back to where each of them stood', async () => {
    Object.assign(world.answers, {
      moveConnections: ({ ids }: { readonly ids: readonly string[] }) => ({
        outcomes: ids.map((id) => ({ id, error: refused.get(id) ?? null })),
      }),
    });
    refused.set('gone', 'not-found');
    const some = ['development', 'staging', 'production', 'gone'].map((environmentId) =>
      connection({ id: environmentId, environmentId }),
    );
    await world.model.bulk.change(some, { kind: 'move', environmentId: 'staging' });
    expect(offers()).toEqual({
      '3 connections moved to Staging': 'Undo',
      '1 could not be changed': 'Show each',
    });
    act('3 connections moved to Staging');
    await expect
      .poll(() => world.texts().at(-1))
      .toBe('1 connection moved to Development · 1 connection moved to Production');
    const moves = world.calls.filter(({ procedure }) => procedure === 'moveConnections');
    expect(moves.slice(1).map(({ input }) => input)).toEqual([
      { ids: ['development'], environmentId: 'development' },
      { ids: ['production'], environmentId: 'production' },
    ]);
  });
});

describe('Undo', () => {
  it.each([
    [PAUSE, { sync: { kind: 'paused', since: 0 } }, 'resumeSync'],
    [{ kind: 'resume' }, { sync: { kind: 'on' } }, 'pauseSync'],
    [tagged, { tags: ['RED'] }, 'untagConnections'],
    [{ kind: 'remove-tag', tag: 'Red' }, { tags: ['other'] }, 'tagConnections'],
  ] as const)('takes back %j only where it changed something', async (change, before, back) => {
    const already = connection({ id: 'before', ...before });
    const other = connection({
      id: 'other',
      sync: change.kind === 'resume' ? { kind: 'paused', since: 0 } : { kind: 'on' },
      tags: change.kind === 'remove-tag' ? ['red'] : [],
    });
    await world.model.bulk.change([already, other], change);
    const [text = ''] = world.texts();
    act(text);
    await expect
      .poll(() => world.calls.at(-1))
      .toMatchObject({ procedure: back, input: { ids: ['other'] } });
  });

  it('puts each pause back with its own moment', async () => {
    await world.model.bulk.change(
      [5, 7, 5].map((since, at) => connection({ id: `c-${at}`, sync: { kind: 'paused', since } })),
      { kind: 'resume' },
    );
    act('Flows of 3 connections resumed');
    await expect.poll(world.texts).toEqual(['Flows of 3 connections paused']);
    expect(asked('pauseSync')).toEqual([
      { ids: ['c-0', 'c-2'], since: 5 },
      { ids: ['c-1'], since: 7 },
    ]);
  });

  it('puts a tag back at its place, as each has spelled it', async () => {
    await world.model.bulk.change(
      [
        ['first', 'RED'],
        ['red', 'last'],
        ['other', 'RED', 'last'],
      ].map((tags, at) => connection({ id: `c-${at}`, tags })),
      { kind: 'remove-tag', tag: 'Red' },
    );
    act('“Red” taken from 3 connections');
    await expect
      .poll(() => asked('tagConnections'))
      .toEqual([
        { ids: ['c-0', 'c-2'], tag: 'RED', at: 1 },
        { ids: ['c-1'], tag: 'red', at: 0 },
      ]);
  });

  it('is not offered where all were so before', async () => {
    await world.model.bulk.change(many(3, { sync: { kind: 'paused', since: 0 } }), PAUSE);
    expect(offers()).toEqual({ 'Flows of 3 connections paused': null });
  });

  it('waits for what is under way', async () => {
    await world.model.bulk.change(many(2), PAUSE);
    let end = (): void => undefined;
    world.answers.tagConnections = ({ ids }) =>
      new Promise((resolve) => {
        end = () => resolve({ outcomes: ids.map((id) => ({ id, error: null })) });
      });
    const tagging = world.model.bulk.change(many(2), tagged);
    await expect.poll(() => sizes('tagConnections')).toEqual([2]);
    act('Flows of 2 connections paused');
    expect(sizes('resumeSync')).toEqual([]);
    end();
    await tagging;
    await expect.poll(() => sizes('resumeSync')).toEqual([2]);
  });
});

describe('outcomes', () => {
  it('tell what could not be changed apart from what was, and undo leaves it alone', async () => {
    refused.set('c-1', 'tags-carried-full');
    await world.model.bulk.change(many(3), tagged);
    expect(offers()).toEqual({
      '2 connections tagged “Red”': 'Undo',
      '1 could not be changed': 'Show each',
    });
    act('1 could not be changed');
    expect(shownGroups()).toEqual({ 'Failed (1)': ['c-1'], 'Done (2)': ['c-0', 'c-2'] });
    expect(world.model.outcomes.groups.value?.map(({ isBad }) => isBad)).toEqual([true, false]);
    const [, done] = world.model.outcomes.groups.value ?? [];
    expect(done?.outcomes[0]?.text).toBe('1 connection tagged “Red”');
    world.model.outcomes.close();
    expect(world.model.outcomes.groups.value).toBeNull();
    act('2 connections tagged “Red”');
    await expect
      .poll(() => world.calls.at(-1))
      .toMatchObject({ procedure: 'untagConnections', input: { ids: ['c-0', 'c-2'] } });
  });

  it('claim no change where there was none', async () => {
    for (const { id } of many(2)) refused.set(id, 'not-found');
    await world.model.bulk.change(many(2), PAUSE);
    expect(offers()).toEqual({ '2 could not be changed': 'Show each' });
  });

  it('are failures of a whole piece where the background fails; the other pieces go on', async () => {
    world.answers.pauseSync = ({ ids }) => {
      if (ids.includes('c-0')) throw new PatchbayError('view-only');
      return { outcomes: ids.map((id) => ({ id, error: null })) };
    };
    await world.model.bulk.change(many(600), PAUSE);
    expect(Object.keys(offers())).toEqual([
      'Flows of 100 connections paused',
      '500 could not be changed',
    ]);
  });

  it('of a check are what is known by then, the broken first, those not asked next', async () => {
    world.answers.checkNow = () => ({ checked: 2, reconnect: 1, unverified: 0, left: ['c-2'] });
    const revoked = { kind: 'reconnect', reason: 'revoked', since: 0, verifiedAt: null } as const;
    const before = many(3);
    await world.store({ connections: before });
    await world.model.bulk.check(before);
    await world.store({ connections: [connection({ id: 'c-1', health: revoked })] });
    expect(sizes('checkNow')).toEqual([3]);
    const [text = ''] = world.texts();
    act(text);
    expect(shownGroups()).toEqual({
      'Reconnect needed (1)': ['c-1'],
      'Not asked (1)': ['c-2'],
      'Active (1)': ['c-0'],
    });
    const [broken] = world.model.outcomes.groups.value ?? [];
    expect(broken?.outcomes[0]?.text).toContain('revoked');
    expect(world.stays.at(-1)).toBe(UNDO_MS);
    expect(text).toContain('1 not asked');
  });
});

describe('mute and snooze', () => {
  const broken = { kind: 'reconnect', reason: 'revoked', since: 0, verifiedAt: null } as const;
  const SOON = NOW + 60_000;

  /** What was asked for of whom, in order. */
  function asked(): unknown[] {
    return world.calls
      .filter(({ procedure }) => /^(mute|snooze)Connections$/.test(procedure))
      .map(({ input }) => input);
  }

  it('mutes all of them, and Undo unmutes those alone that it muted', async () => {
    const muted = connection({ id: 'muted', isMuted: true });
    await world.model.bulk.hear([muted, connection({ id: 'loud' })], 'mute');
    expect(offers()).toEqual({ 'Notifications about 2 connections muted': 'Undo' });
    act('Notifications about 2 connections muted');
    await expect
      .poll(() => world.texts())
      .toEqual(['Notifications about 1 connection are on again']);
    expect(asked()).toEqual([
      { ids: ['muted', 'loud'], isMuted: true },
      { ids: ['loud'], isMuted: false },
    ]);
  });

  it('snoozes what asks for something, and says of the others that they were left', async () => {
    const some = [connection({ id: 'fine' }), connection({ id: 'broken', health: broken })];
    await world.model.bulk.hear(some, 'hour');
    expect(asked()).toEqual([{ ids: ['broken'], until: NOW + 60 * 60_000 }]);
    expect(offers()).toEqual({
      '1 connection snoozed': 'Undo',
      '1 not snoozed: it neither broke nor ends soon': 'Show each',
    });
    act('1 not snoozed: it neither broke nor ends soon');
    expect(shownGroups()).toEqual({ 'Left as they were (1)': ['fine'], 'Done (1)': ['broken'] });
  });

  it('gives each its own snooze back on Undo, and ends those that had none or one that is over', async () => {
    const some = [
      connection({ id: 'before', health: broken, snoozedUntil: SOON }),
      connection({ id: 'new', health: broken }),
      connection({ id: 'over', health: broken, snoozedUntil: NOW - 1 }),
    ];
    await world.model.bulk.hear(some, 'hour');
    act('3 connections snoozed');
    await expect
      .poll(() => world.texts())
      .toEqual(['1 connection snoozed · 2 connections are not snoozed any more']);
    expect(asked().slice(1)).toEqual([
      { ids: ['before'], until: SOON },
      { ids: ['new', 'over'], until: null },
    ]);
  });

  it('ends snoozes, and puts them back', async () => {
    const some = [
      connection({ id: 'a', health: broken, snoozedUntil: SOON }),
      connection({ id: 'b', health: broken }),
    ];
    await world.model.bulk.hear(some, 'end-snooze');
    act('2 connections are not snoozed any more');
    await expect.poll(() => world.texts()).toEqual(['1 connection snoozed']);
    expect(asked()).toEqual([
      { ids: ['a', 'b'], until: null },
      { ids: ['a'], until: SOON },
    ]);
  });

  it('tells which could not be changed', async () => {
    refused.set('c-1', 'not-found');
    await world.model.bulk.hear(many(2), 'mute');
    expect(offers()).toEqual({
      'Notifications about 1 connection muted': 'Undo',
      '1 could not be changed': 'Show each',
    });
  });
});
