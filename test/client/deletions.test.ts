import { beforeEach, describe, expect, it } from 'vitest';
import { goingFrom, type NotRevoked } from '../../lib/domain/deletion.ts';
import { PatchbayError } from '../../lib/domain/errors.ts';
import { connection, NOW } from './connections.ts';
import { openWorld, type World } from './options-world.ts';

let world: World;

beforeEach(async () => {
  world = openWorld();
  await world.model.load();
});

async function deleted(batchId: string, count: number, at = NOW, revokes = false): Promise<void> {
  const db = await world.database();
  for (let nth = 0; nth < count; nth++)
    await db.put(
      'deletions',
      goingFrom(connection({ id: `${batchId}-${nth}` }), batchId, revokes, at),
    );
  world.announce('deletions');
}

async function leave(names: readonly string[], reason: NotRevoked['reason']): Promise<void> {
  const db = await world.database();
  await db.put(
    'kept',
    names.map((name) => ({ id: name, name, reason })),
    'notRevoked',
  );
  world.announce('deletions');
}

const undoLast = (): void => {
  const { act, lastUndo } = world.model.messages;
  if (lastUndo.value !== null) act(lastUndo.value);
};

const offers = () =>
  world.model.messages.list.value.map(({ text, action }) => [text, action?.label ?? null]);

it('access that has ended is said, of many by the first names', () => {
  const revoked = ['Ads', 'Mail', 'Reports', 'Sheets'];
  world.hear({ kinds: ['deletions'], checking: null, revoked });
  expect(world.texts()).toEqual(['Access ended for Ads, Mail, Reports, and 1 more.']);
});

describe('what was deleted', () => {
  it('can be undone on every page, each deletion for itself, the same sentence or not', async () => {
    await deleted('one', 1);
    await deleted('two', 1, NOW + 1);
    await deleted('three', 3, NOW + 2, true);
    await expect.poll(offers).toEqual([
      ['1 connection deleted.', 'Undo'],
      ['1 connection deleted.', 'Undo'],
      ['3 connections deleted. Access is revoked when this can be undone no more.', 'Undo'],
    ]);
    for (let at = 0; at < 5; at++) world.model.messages.say(`Other ${at}`);
    expect(offers().filter(([, label]) => label === 'Undo')).toHaveLength(3);
  });

  it('is offered no more once it is undone or over', async () => {
    await deleted('one', 1);
    await expect.poll(offers).toHaveLength(1);
    await (await world.database()).clear('deletions');
    world.announce('deletions');
    await expect.poll(offers).toEqual([]);
    await deleted('long ago', 1, NOW - 60_000);
    await world.model.deletions.load();
    expect(offers()).toEqual([]);
  });

  it('comes back by Undo, the last first', async () => {
    await deleted('one', 1);
    await deleted('two', 2, NOW + 1);
    await world.model.deletions.load();
    world.answers.undoDeletion = () => ({ restored: 2 });
    undoLast();
    await expect
      .poll(world.texts)
      .toEqual(['1 connection deleted.', '2 connections are back, as they were.']);
    expect(world.calls.at(-1)).toEqual({ procedure: 'undoDeletion', input: { batchId: 'two' } });
  });

  it('offers a look at each for as long as it can be undone, and keeps nothing of it after that', async () => {
    const { deletions, messages } = world.model;
    const alsos = () => messages.list.value.map(({ also }) => also?.label);
    await deleted('one', 1);
    await deletions.load();
    deletions.offerMore('one', { label: 'Show each', isLook: true, run: () => undefined });
    await deleted('one', 2);
    await deletions.load();
    expect(alsos()).toEqual(['Show each']);
    await (await world.database()).clear('deletions');
    await deletions.load();
    await deleted('one', 1);
    await deletions.load();
    expect(alsos()).toEqual([undefined]);
  });

  it('that came too late is said', async () => {
    await deleted('one', 1);
    await world.model.deletions.load();
    world.answers.undoDeletion = () => ({ restored: 0 });
    world.model.messages.list.value[0]?.action?.run();
    await expect.poll(world.texts).toEqual([expect.stringContaining('too late')]);
  });

  it('is offered again when the background did not answer', async () => {
    await deleted('one', 1);
    await world.model.deletions.load();
    world.answers.undoDeletion = () => {
      throw new PatchbayError('internal', 'no answer');
    };
    undoLast();
    await expect.poll(() => world.texts().length).toBe(2);
    expect(world.texts().at(-1)).toBe('1 connection deleted.');
  });
});

describe('a grant that could not be ended', () => {
  it('is told by name until it is dismissed, on one page for all', async () => {
    await leave(['A', 'B', 'C', 'D', 'E'], 'failed');
    await expect
      .poll(world.texts)
      .toEqual([
        'Access could not be revoked for A, B, C, and 2 more: end it at the provider yourself.',
      ]);
    world.announce('deletions');
    await world.model.deletions.load();
    expect(world.texts()).toHaveLength(1);
    world.model.messages.dismiss(world.model.messages.list.value[0]?.id ?? 0);
    expect(world.calls.at(-1)?.procedure).toBe('dismissNotRevoked');
  });

  it('goes where another page has dismissed it', async () => {
    await leave(['A'], 'in-use');
    await expect
      .poll(world.texts)
      .toEqual([
        'Access was not revoked for A: another connection of the same account may live on it.',
      ]);
    await (await world.database()).delete('kept', 'notRevoked');
    world.announce('deletions');
    await expect.poll(world.texts).toEqual([]);
    expect(world.calls.map(({ procedure }) => procedure)).not.toContain('dismissNotRevoked');
  });
});
