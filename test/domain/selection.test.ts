import { describe, expect, it } from 'vitest';
import {
  countHidden,
  extentOf,
  keepExisting,
  NOTHING_SELECTED,
  selectRange,
  toggleAll,
  toggleOne,
  type Selection,
} from '../../lib/domain/selection.ts';

const LISTED = ['a', 'b', 'c', 'd', 'e'];

function selected(ids: readonly string[], anchor: string | null = null): Selection {
  return { ids: new Set(ids), anchor };
}

describe('one', () => {
  it('is added, then left out, and is where a range begins', () => {
    const once = toggleOne(NOTHING_SELECTED, 'b');
    expect(once).toEqual(selected(['b'], 'b'));
    expect(toggleOne(once, 'b')).toEqual(selected([], 'b'));
    expect(NOTHING_SELECTED.ids.size).toBe(0);
  });
});

describe('a range', () => {
  it('goes down and up from the same anchor', () => {
    const down = selectRange(selected(['c'], 'c'), 'd', LISTED);
    expect(down).toEqual(selected(['c', 'd'], 'c'));
    expect(selectRange(down, 'a', LISTED)).toEqual(selected(['a', 'b', 'c', 'd'], 'c'));
  });

  it('leaves out when its anchor was left out', () => {
    const range = selectRange(selected(['c', 'd', 'e'], 'b'), 'd', LISTED);
    expect(range).toEqual(selected(['e'], 'b'));
  });

  it('is one connection when there is no anchor in the list', () => {
    expect(selectRange(NOTHING_SELECTED, 'c', LISTED)).toEqual(selected(['c'], 'c'));
    expect(selectRange(selected(['z'], 'z'), 'c', LISTED)).toEqual(selected(['z', 'c'], 'c'));
  });
});

describe('all that is listed', () => {
  it('is added to what a filter hides, then left out without it', () => {
    const all = toggleAll(selected(['a', 'z']), LISTED);
    expect(all.ids).toEqual(new Set(['z', ...LISTED]));
    expect(toggleAll(all, LISTED).ids).toEqual(new Set(['z']));
  });

  it('is none, some or all, and none of an empty list', () => {
    expect(extentOf(new Set(['z']), LISTED)).toBe('none');
    expect(extentOf(new Set(['a', 'z']), LISTED)).toBe('some');
    expect(extentOf(new Set(LISTED), LISTED)).toBe('all');
    expect(extentOf(new Set(['a']), [])).toBe('none');
  });

  it('counts the selected that are not in it', () => {
    expect(countHidden(new Set(['a', 'y', 'z']), LISTED)).toBe(2);
  });
});

describe('what no longer exists', () => {
  it('is lost, and a lost anchor with it', () => {
    const kept = keepExisting(selected(['a', 'b'], 'b'), new Set(['a']));
    expect(kept).toEqual(selected(['a']));
  });

  it('changes nothing when all exist', () => {
    const before = selected(['a', 'b'], 'c');
    expect(keepExisting(before, new Set(LISTED))).toBe(before);
  });
});
