import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { retagViews } from '../../lib/domain/saved-view.ts';
import {
  addTag,
  colorTag,
  hasTag,
  removeTag,
  renameTag,
  retagged,
  TAG_COLORS,
  TAG_LENGTH_MAX,
  tagged,
  tagKey,
  tagNameProblem,
  TAGS_CARRIED_MAX,
  TAGS_KEPT_MAX,
  tagUses,
  untagged,
  type Tag,
} from '../../lib/domain/tag.ts';
import { queryFrom, searchOf } from '../../lib/client/route.ts';

const name = fc.constantFrom('red', 'Red', 'blue', 'BLUE', 'green', 'Ärger', 'ärger');
const tags = fc.uniqueArray(name, { selector: tagKey });

describe('the tags of a connection', () => {
  it('under another name are as many, or one fewer where it was there already', () => {
    fc.assert(
      fc.property(tags, name, name, (before, from, to) => {
        const after = retagged(before, from, to);
        const hadBoth = tagKey(from) !== tagKey(to) && hasTag(before, from) && hasTag(before, to);
        expect(after.length).toBe(before.length - (hadBoth ? 1 : 0));
        expect(new Set(after.map(tagKey)).size).toBe(after.length);
        expect(hasTag(after, to)).toBe(hasTag(before, from) || hasTag(before, to));
        expect(hasTag(after, from)).toBe(tagKey(from) === tagKey(to) && hasTag(before, from));
        expect(untagged(untagged(after, to), from)).toEqual(untagged(untagged(before, to), from));
      }),
    );
  });

  it('are as they were when one is taken away and put back', () => {
    fc.assert(
      fc.property(tags, (before) => {
        for (const [at, tag] of before.entries())
          expect(tagged(untagged(before, tag.toUpperCase()), tag, at)).toEqual(before);
      }),
    );
  });

  it('take one more only where there is room and it is new', () => {
    const full = Array.from({ length: TAGS_CARRIED_MAX }, (_, at) => `tag ${at}`);
    expect(tagged(full, 'more', 0)).toBe(full);
    expect(tagged(['Red'], 'RED', 0)).toEqual(['Red']);
  });
});

describe('every tag there is', () => {
  it('is listed once by name, in the spelling that is kept, with how many carry it', () => {
    const kept: Tag[] = [
      { name: 'Zoo', color: null },
      { name: 'Red', color: 'red' },
    ];
    const carried = [{ tags: ['red', 'Äpfel'] }, { tags: ['RED'] }, { tags: [] }];
    expect(tagUses(kept, carried)).toEqual([
      { key: 'äpfel', name: 'Äpfel', color: null, count: 1 },
      { key: 'red', name: 'Red', color: 'red', count: 2 },
      { key: 'zoo', name: 'Zoo', color: null, count: 0 },
    ]);
  });
});

describe('what is kept of tags', () => {
  const kept: readonly Tag[] = [
    { name: 'Red', color: 'red' },
    { name: 'Plain', color: null },
  ];

  it('has each name once, and an end', () => {
    expect(() => addTag(kept, { name: 'RED', color: null })).toThrow('tag-taken');
    const full = Array.from({ length: TAGS_KEPT_MAX }, (_, at) => ({
      name: `${at}`,
      color: null,
    }));
    expect(() => addTag(full, { name: 'more', color: null })).toThrow('tags-full');
    expect(() => colorTag(full, { name: 'more', color: 'red' })).toThrow('tags-full');
    expect(colorTag(full, { name: '0', color: 'red' })[0]).toEqual({ name: '0', color: 'red' });
  });

  it('gives a colour to a tag that was only carried so far, and keeps the spelling of another', () => {
    expect(colorTag(kept, { name: 'New', color: 'blue' }).at(-1)).toEqual({
      name: 'New',
      color: 'blue',
    });
    expect(colorTag(kept, { name: 'red', color: null })[0]).toEqual({ name: 'Red', color: null });
  });

  it('takes its colour along under a new name; a tag that it is merged into has its own', () => {
    expect(renameTag(kept, 'red', 'Crimson')).toContainEqual({ name: 'Crimson', color: 'red' });
    const blue: readonly Tag[] = [...kept, { name: 'Blue', color: 'blue' }];
    expect(renameTag(blue, 'Red', 'Blue')).toEqual([
      { name: 'Plain', color: null },
      { name: 'Blue', color: 'blue' },
    ]);
    expect(renameTag(kept, 'Red', 'Plain')).toEqual([{ name: 'Plain', color: 'red' }]);
    expect(renameTag(kept, 'carried', 'other')).toBe(kept);
  });

  it('forgets a tag whatever its case', () => {
    expect(removeTag(kept, 'RED')).toEqual([{ name: 'Plain', color: null }]);
  });
});

it.each([
  ['', 'invalid-request'],
  ['x'.repeat(TAG_LENGTH_MAX + 1), 'invalid-request'],
  ['a, b', 'tag-comma'],
  ['x'.repeat(TAG_LENGTH_MAX), null],
])('a tag called "%s": %s', (given, problem) => {
  expect(tagNameProblem(given)).toBe(problem);
});

describe('saved views', () => {
  it('follow a tag, written as the filters write it', () => {
    const search = 'q=a&tag=red&tag=blue&tags=all&sort=name';
    const views = [
      { id: '1', name: 'One', search },
      { id: '2', name: 'Two', search: 'q=red' },
    ];
    expect(retagViews(views, 'RED', 'Über & alles')).toEqual([
      {
        id: '1',
        name: 'One',
        search: 'q=a&tag=%C3%BCber+%26+alles&tag=blue&tags=all&sort=name',
      },
      views[1],
    ]);
    expect(retagViews(views, 'red', 'Blue')[0]?.search).toBe('q=a&tag=blue&tags=all&sort=name');
  });

  it('are known again in the address afterwards', () => {
    fc.assert(
      fc.property(tags, name, name, (before, from, to) => {
        const query = { ...queryFrom('status=active&order=desc&sort=name'), tags: before };
        const [view] = retagViews([{ id: '', name: '', search: searchOf(query) }], from, to);
        expect(searchOf(queryFrom(view?.search ?? ''))).toBe(view?.search);
      }),
    );
  });
});

describe('the colours of tags', () => {
  const tokens = ['tokens.css', 'options/tags.css']
    .map((name) => readFileSync(new URL(`../../components/${name}`, import.meta.url), 'utf8'))
    .join('');
  const surfaces = ['', '-sunken', '-raised', '-hover', '-chosen'];

  it.each(TAG_COLORS)('%s stands out from every surface in both themes', (color) => {
    for (const theme of [0, 1])
      for (const surface of surfaces) {
        const [one, other] = [`tag-${color}`, `surface${surface}`].map((token) =>
          luminance(colorOf(token)[theme] ?? ''),
        );
        const [dark = 0, light = 0] = [one ?? 0, other ?? 0].toSorted((a, b) => a - b);
        expect((light + 0.05) / (dark + 0.05)).toBeGreaterThanOrEqual(3);
      }
  });

  function colorOf(token: string): string[] {
    const found = new RegExp(`--${token}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(tokens);
    return found?.slice(1) ?? [];
  }

  /** WCAG 2.2, relative luminance. */
  function luminance(color: string): number {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255;
      return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }
});
