import { beforeEach, describe, expect, it } from 'vitest';
import type { TagStep } from '../../lib/client/options-tag-dialogs.ts';
import { PatchbayError } from '../../lib/domain/errors.ts';
import type { Tag, TagUse } from '../../lib/domain/tag.ts';
import { connection } from './connections.ts';
import { openWorld, type World } from './options-world.ts';

const KEPT: readonly Tag[] = [
  { name: 'Blue', color: 'blue' },
  { name: 'Nobody’s', color: null },
];

let world: World;

beforeEach(async () => {
  world = openWorld('#/connections?tag=red&tag=other&sort=name');
  await (await world.database()).put('kept', KEPT, 'tags');
  await world.store({
    connections: [
      connection({ id: 'c-1', tags: ['Red', 'Blue'] }),
      connection({ id: 'c-2', tags: ['red'], environmentId: 'staging' }),
    ],
  });
  await world.model.load();
  world.model.tagDialogs.open();
});

function tag(name: string): TagUse {
  const found = world.model.tagDialogs.tags.value?.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
}

function step<K extends TagStep['kind']>(kind: K): TagStep & { readonly kind: K } {
  const open = world.model.tagDialogs.step.value;
  if (open?.kind !== kind) throw new Error(`${open?.kind ?? 'nothing'} is open`);
  return open as TagStep & { readonly kind: K };
}

const asked = () => world.calls.map(({ procedure }) => procedure);

describe('the list of tags', () => {
  it('has every tag of every environment, and those that nobody carries', () => {
    expect(world.model.tagDialogs.tags.value).toMatchObject([
      { name: 'Blue', color: 'blue', count: 1 },
      { name: 'Nobody’s', color: null, count: 0 },
      { name: 'Red', color: null, count: 2 },
    ]);
  });

  it('is searched without case and accents', () => {
    world.model.tagDialogs.search.value = ' BLÜE ';
    expect(world.model.tagDialogs.shown.value).toMatchObject([{ name: 'Blue' }]);
  });

  it('ends somewhere, and says how many are left', async () => {
    const many = Array.from({ length: 203 }, (_, at) => ({ name: `t${at}`, color: null }));
    await (await world.database()).put('kept', many, 'tags');
    await world.model.tagColors.load();
    const { left, shown } = world.model.tagDialogs;
    // Red and Blue are carried.
    expect([shown.value.length, left.value]).toEqual([200, 5]);
  });

  it('follows what another page did', async () => {
    await (await world.database()).put('kept', [{ name: 'Red', color: 'pink' }], 'tags');
    world.announce('tags');
    await expect.poll(() => world.model.tagColors.colorOf('RED')).toBe('pink');
    expect(world.model.tagDialogs.tags.value).toMatchObject([
      { name: 'Blue', color: null, count: 1 },
      { name: 'Red', color: 'pink' },
    ]);
  });
});

describe('a new tag', () => {
  it('is made with its colour, and said', async () => {
    const { newTag } = world.model.tagDialogs;
    newTag.name.value = ' Green ';
    newTag.color.value = 'green';
    await newTag.submit();
    expect(world.calls.at(-1)).toEqual({
      procedure: 'createTag',
      input: { name: 'Green', color: 'green' },
    });
    expect([newTag.name.value, newTag.color.value]).toEqual(['', null]);
    expect(world.texts()).toEqual(['The tag Green was added.']);
  });

  it.each([
    ['RED', 'tag-taken'],
    ['nobody’s', 'tag-taken'],
    ['a,b', 'tag-comma'],
  ])('is not called %s: %s', async (name, problem) => {
    const { newTag } = world.model.tagDialogs;
    newTag.name.value = name;
    await newTag.submit();
    expect([newTag.problem.value, newTag.name.value]).toEqual([problem, name]);
    expect(asked()).not.toContain('createTag');
  });
});

it('a colour is asked for in one step; that it failed is said', async () => {
  world.answers.setTagColor = () => {
    throw new PatchbayError('tags-full');
  };
  world.model.tagDialogs.setColor(tag('Red'), 'red');
  await expect
    .poll(world.texts)
    .toEqual([
      'There are as many tags with a colour, or without a connection, as can be kept. Delete one first.',
    ]);
  expect(world.calls.at(-1)?.input).toEqual({ name: 'Red', color: 'red' });
});

it('a colour can be taken back, which says what was made', async () => {
  const red = { ...tag('Red'), color: 'blue' } as const;
  await world.model.tagDialogs.setColor(red, 'red');
  const [message] = world.model.messages.list.value;
  expect(message?.text).toBe('The colour of Red was changed.');
  message?.action?.run();
  await expect.poll(() => world.texts().at(-1)).toBe('The colour of Red is as it was before.');
  expect(world.calls.at(-1)?.input).toEqual({ name: 'Red', color: 'blue', made: 'red' });
});

describe('the list of every open page', () => {
  const hear = (key: string, newKey: string | null): void =>
    world.hear({ kinds: ['tags'], checking: null, tag: { key, newKey } });

  it('keeps to a tag that is renamed, merged into another or deleted, wherever it was done', () => {
    hear('red', 'crimson');
    expect(world.hash.value).toBe('#/connections?tag=crimson&tag=other&sort=name');
    hear('crimson', 'other');
    expect(world.hash.value).toBe('#/connections?tag=other&sort=name');
    hear('other', null);
    expect(world.hash.value).toBe('#/connections?sort=name');
  });

  it('does so behind another section, which stays', () => {
    world.model.router.go({ kind: 'flows', connectionId: null });
    hear('red', 'crimson');
    expect([world.hash.value, world.model.list.query.value.tags]).toEqual([
      '#/flows',
      ['crimson', 'other'],
    ]);
  });
});

describe('renaming', () => {
  it('is asked for, and said', async () => {
    world.model.tagDialogs.rename(tag('Red'));
    const renaming = step('rename');
    expect(renaming.name.value).toBe('Red');
    renaming.name.value = 'Crimson';
    await renaming.submit();
    expect(world.calls.at(-1)?.input).toEqual({ name: 'Red', newName: 'Crimson', merges: false });
    expect(world.model.tagDialogs.step.value).toBeNull();
    expect(world.texts()).toEqual(['Renamed to Crimson.']);
  });

  it('in its case alone asks nothing', async () => {
    world.model.tagDialogs.rename(tag('Red'));
    step('rename').name.value = 'RED';
    await step('rename').submit();
    expect(world.calls.at(-1)?.input).toEqual({ name: 'Red', newName: 'RED', merges: false });
  });

  it('to the name of another one asks before it merges, and leads back to what was typed', async () => {
    world.model.tagDialogs.rename(tag('Red'));
    step('rename').name.value = 'BLUE';
    await step('rename').submit();
    expect(asked()).not.toContain('renameTag');
    expect(step('merge')).toMatchObject({ tag: { name: 'Red', count: 2 }, into: { name: 'Blue' } });
    step('merge').goBack();
    expect(step('rename').name.value).toBe('BLUE');
    await step('rename').submit();
    world.answers.renameTag = () => ({ connections: 2 });
    await step('merge').submit();
    expect(world.calls.at(-1)?.input).toEqual({ name: 'Red', newName: 'Blue', merges: true });
    expect(world.texts()).toEqual(['Red was merged into Blue, on 2 connections.']);
  });

  it('keeps what was typed when it failed', async () => {
    world.answers.renameTag = () => {
      throw new PatchbayError('tag-taken');
    };
    world.model.tagDialogs.rename(tag('Red'));
    step('rename').name.value = 'Just made elsewhere';
    await step('rename').submit();
    expect([step('rename').problem.value, step('rename').name.value]).toEqual([
      'tag-taken',
      'Just made elsewhere',
    ]);
  });
});

describe('deleting', () => {
  const deleted = {
    tag: { name: 'Red', color: null },
    isKept: false,
    places: [{ id: 'c-1', at: 0 }],
  };

  it('says how many lost it, and is undone from there', async () => {
    world.answers.deleteTag = () => ({ connections: 2, deleted });
    world.model.tagDialogs.remove(tag('Red'));
    await step('delete').submit();
    const [message] = world.model.messages.list.value;
    expect(message?.text).toBe('The tag Red was deleted. 2 connections lost it.');
    message?.action?.run();
    await expect.poll(world.texts).toContain('The tag Red is back.');
    expect(world.calls.at(-1)).toEqual({ procedure: 'restoreTag', input: deleted });
  });

  it('offers to undo again when that failed', async () => {
    world.answers.deleteTag = () => ({ connections: 2, deleted });
    world.answers.restoreTag = () => {
      throw new PatchbayError('storage-full');
    };
    world.model.tagDialogs.remove(tag('Red'));
    await step('delete').submit();
    const [message] = world.model.messages.list.value;
    message?.action?.run();
    world.model.messages.dismiss(message?.id ?? 0);
    const offers = () => world.model.messages.list.value.filter(({ action }) => action !== null);
    await expect.poll(() => offers().map(({ text }) => text)).toEqual([message?.text]);
  });

  it('that ends late leaves alone what the person has gone on to', async () => {
    let end = (): void => undefined;
    world.answers.deleteTag = () =>
      new Promise((resolve) => {
        end = () => resolve({ connections: 2, deleted });
      });
    world.model.tagDialogs.remove(tag('Red'));
    const deleting = step('delete').submit();
    world.model.tagDialogs.leaveStep();
    world.model.tagDialogs.rename(tag('Blue'));
    end();
    await deleting;
    expect(step('rename').tag.name).toBe('Blue');
  });

  it('is left without a trace', () => {
    world.model.tagDialogs.remove(tag('Red'));
    world.model.tagDialogs.leaveStep();
    expect([asked().includes('deleteTag'), world.model.tagDialogs.step.value]).toEqual([
      false,
      null,
    ]);
  });
});

it('closing forgets the search and the step', () => {
  const { tagDialogs } = world.model;
  tagDialogs.search.value = 'red';
  tagDialogs.remove(tag('Red'));
  tagDialogs.close();
  expect([tagDialogs.tags.value, tagDialogs.search.value, tagDialogs.step.value]).toEqual([
    null,
    '',
    null,
  ]);
});
