import { beforeEach, describe, expect, it } from 'vitest';
import { endOfDay } from '../../lib/domain/calendar-day.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { PatchbayError } from '../../lib/domain/errors.ts';
import { connection } from './connections.ts';
import { openWorld, type World } from './options-world.ts';

const DAY = '2027-03-31';

let world: World;

beforeEach(async () => {
  world = openWorld();
  await world.model.load();
  await world.store({ connections: [connection(), connection({ id: 'c-2', name: 'Ads' })] });
});

function asked(procedure: string): unknown[] {
  return world.calls.filter((call) => call.procedure === procedure).map(({ input }) => input);
}

function write(over: Connection, text: string): void {
  world.model.inPlace.notes.type(over, (draft) => {
    draft.notes.value = text;
  });
}

function typeDay(day: string, isUnfinished = false): void {
  world.model.inPlace.lastDay.type(connection(), (draft) => {
    draft.lastDay.value = day;
    draft.isDayUnfinished.value = isUnfinished;
  });
}

describe('notes that are being typed', () => {
  const notes = () => world.model.inPlace.notes;

  it('stay with their connection until they are saved', async () => {
    const other = connection({ id: 'c-2', name: 'Ads' });
    write(connection(), 'Mine');
    write(other, 'Of the other');
    await notes().save(connection());
    expect(asked('setNotes')).toEqual([{ id: 'c-1', revision: 1, notes: 'Mine' }]);
    expect([notes().of(connection()), notes().of(other)?.notes.value, world.texts()]).toEqual([
      undefined,
      'Of the other',
      ['Notes saved.'],
    ]);
  });

  it.each([
    ['more', 'Mine, and more', 'Mine, and more'],
    ['what was there before', '', ''],
    ['nothing but a space', 'Mine ', undefined],
  ])('keep what is typed while they are saved: %s', async (_, text, kept) => {
    const saved = connection({ notes: 'Mine', revision: 2 });
    write(connection(), 'Mine');
    world.answers.setNotes = async ({ revision }) => {
      if (revision === 2) return {};
      await world.store({ connections: [saved] });
      write(connection(), text);
      return {};
    };
    await notes().save(connection());
    expect([notes().of(saved)?.notes.value, world.texts()]).toEqual([kept, ['Notes saved.']]);
    if (kept === undefined) return;
    expect(notes().of(saved)?.movedBy(saved).size).toBe(0);
    await notes().save(saved);
    expect(asked('setNotes').at(-1)).toEqual({ id: 'c-1', revision: 2, notes: kept });
    expect(notes().of(saved)).toBeUndefined();
  });

  it('are not saved over others unseen, and stay', async () => {
    write(connection(), 'Mine');
    const theirs = connection({ notes: 'Theirs', revision: 2 });
    await world.store({ connections: [theirs] });
    expect([...(notes().of(theirs)?.movedBy(theirs) ?? [])]).toEqual(['notes']);
    await notes().save(theirs);
    expect([asked('setNotes'), notes().of(theirs)?.notes.value]).toEqual([[], 'Mine']);
    expect(world.texts()).toEqual([expect.stringContaining('changed elsewhere')]);
    await notes().save(theirs);
    expect(asked('setNotes')).toEqual([{ id: 'c-1', revision: 2, notes: 'Mine' }]);
  });

  it('pass over a change of something else', async () => {
    write(connection(), 'Mine');
    world.answers.setNotes = async ({ revision }) => {
      if (revision === 3) return {};
      await world.store({ connections: [connection({ name: 'Theirs', revision: 3 })] });
      throw new PatchbayError('changed-meanwhile');
    };
    await notes().save(connection());
    expect(world.texts()).toEqual(['Notes saved.']);
  });

  it('that came back to what was stored follow what others write', () => {
    write(connection(), 'a');
    write(connection(), '');
    expect(notes().of(connection({ notes: 'Theirs', revision: 2 }))).toBeUndefined();
  });
});

describe('a last day that is being typed', () => {
  const save = () => world.model.inPlace.lastDay.save(connection());

  it('is saved once, by Enter and by leaving the field after it', async () => {
    typeDay(DAY);
    await Promise.all([save(), save()]);
    await save();
    expect(asked('setStatedEnd')).toEqual([{ id: 'c-1', revision: 1, statedEndAt: endOfDay(DAY) }]);
  });

  it.each([
    ['', true],
    ['0202-03-31', false],
  ])('as %j is not saved, and stays', async (day, isUnfinished) => {
    typeDay(day, isUnfinished);
    await save();
    expect([asked('setStatedEnd'), world.model.inPlace.lastDay.of(connection())]).toEqual([
      [],
      expect.anything(),
    ]);
  });

  it('that is the one stored is sent nowhere', async () => {
    typeDay(DAY);
    typeDay('');
    await save();
    expect(asked('setStatedEnd')).toEqual([]);
  });
});
