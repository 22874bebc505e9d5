import { assert, boolean, integer, property, uniqueArray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCovered, OVERSCAN, rowWindow, scrolledAfter } from '../../lib/client/options-rows.ts';

const VIEW = { count: 10_000, rowHeight: 50, extras: [], scrolled: 0, viewHeight: 800 };

describe('the window of rows', () => {
  it('begins at the top with what can be seen and some more', () => {
    expect(rowWindow(VIEW)).toEqual({
      from: 0,
      to: 17 + OVERSCAN,
      before: 0,
      after: (10_000 - 17 - OVERSCAN) * 50,
    });
  });

  it('moves along with scrolling', () => {
    const { from, before } = rowWindow({ ...VIEW, scrolled: 5_000 });
    expect({ from, before }).toEqual({ from: 100 - OVERSCAN, before: (100 - OVERSCAN) * 50 });
  });

  it('makes room for open evidence above', () => {
    const extras = [{ index: 3, height: 200 }];
    const { from, before } = rowWindow({ ...VIEW, extras, scrolled: 5_200 });
    expect({ from, before }).toEqual({ from: 100 - OVERSCAN, before: (100 - OVERSCAN) * 50 + 200 });
  });

  it('takes heads of groups for as low as they are', () => {
    const extras = [{ index: 0, height: -20 }];
    const { from, before } = rowWindow({ ...VIEW, extras, scrolled: 4_980 });
    expect({ from, before }).toEqual({ from: 100 - OVERSCAN, before: (100 - OVERSCAN) * 50 - 20 });
  });

  it('stays at the row that was at the top when all become higher', () => {
    const extras = [{ index: 3, height: 200 }];
    expect(scrolledAfter({ ...VIEW, extras }, { ...VIEW, extras, rowHeight: 60 }, 5_210)).toBe(
      6_210,
    );
  });

  it('is no longer than 160 rows, however tall the screen', () => {
    const { from, to } = rowWindow({ ...VIEW, viewHeight: 200 * 50, scrolled: 5_000 });
    expect(to - from).toBe(160);
  });

  it('shows all of a short list', () => {
    expect(rowWindow({ ...VIEW, count: 3 })).toEqual({ from: 0, to: 3, before: 0, after: 0 });
  });

  it('shows nothing of an empty one', () => {
    expect(rowWindow({ ...VIEW, count: 0 })).toEqual({ from: 0, to: 0, before: 0, after: 0 });
  });

  it('never holds more than 160 rows, loses none that is seen, and keeps the height of the whole', () => {
    assert(
      property(
        integer({ min: 0, max: 10_000 }),
        integer({ min: 20, max: 140 }),
        integer({ min: -500, max: 1_500_000 }),
        integer({ min: 100, max: 2_400 }),
        uniqueArray(integer({ min: 0, max: 9_999 }), { maxLength: 5 }),
        (count, rowHeight, scrolled, viewHeight, places) => {
          const extras = places
            .filter((index) => index < count)
            .sort((a, b) => a - b)
            .map((index) => ({ index, height: 230 }));
          const { from, to, before, after } = rowWindow({
            count,
            rowHeight,
            extras,
            scrolled,
            viewHeight,
          });
          const inside = extras.filter(({ index }) => index >= from && index < to).length;
          const whole = count * rowHeight + extras.length * 230;
          expect(to - from).toBeLessThanOrEqual(160);
          expect(before + (to - from) * rowHeight + inside * 230 + after).toBe(whole);
          const top = Math.min(Math.max(0, scrolled), whole);
          const bottom = Math.min(scrolled + viewHeight, whole);
          expect(before).toBeLessThanOrEqual(top);
          expect(whole - after).toBeGreaterThanOrEqual(bottom);
        },
      ),
    );
  });
});

describe('rows that stand in the page', () => {
  const standing = rowWindow({ ...VIEW, scrolled: 5_000 });

  it('do for a person who scrolls a little', () => {
    expect(isCovered(standing, { ...VIEW, scrolled: 5_140 })).toBe(true);
    expect(isCovered(standing, { ...VIEW, scrolled: 4_860 })).toBe(true);
  });

  it('do not any more near their edge', () => {
    expect(isCovered(standing, { ...VIEW, scrolled: 5_200 })).toBe(false);
    expect(isCovered(standing, { ...VIEW, scrolled: 4_800 })).toBe(false);
  });

  it('do where there are no others', () => {
    const view = { ...VIEW, count: 3 };
    expect(isCovered(rowWindow(view), { ...view, scrolled: 60 })).toBe(true);
  });

  it('always hold what is seen, with some beyond it or none', () => {
    assert(
      property(
        integer({ min: 0, max: 400 }),
        integer({ min: 0, max: 20_000 }),
        integer({ min: 0, max: 20_000 }),
        boolean(),
        (count, before, scrolled, isBare) => {
          const view = isBare ? { ...VIEW, count, overscan: 0 } : { ...VIEW, count };
          const there = rowWindow({ ...view, scrolled: before });
          const seen = { ...view, scrolled };
          const shown = isCovered(there, seen) ? there : rowWindow(seen);
          const firstSeen = Math.min(Math.floor(scrolled / 50), Math.max(0, count - 1));
          const lastSeen = Math.min(Math.ceil((scrolled + 800) / 50), count);
          expect(shown.from).toBeLessThanOrEqual(firstSeen);
          expect(shown.to).toBeGreaterThanOrEqual(lastSeen);
        },
      ),
    );
  });
});
