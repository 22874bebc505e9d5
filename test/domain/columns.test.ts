import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canHide,
  COLUMN_IDS,
  COLUMN_WIDTH_MAX,
  COLUMN_WIDTH_MIN,
  resizeColumn,
  shownColumns,
  toggleColumn,
  USUAL_COLUMNS,
  type ColumnChoice,
} from '../../lib/domain/columns.ts';

const id = fc.constantFrom(...COLUMN_IDS);
const choice: fc.Arbitrary<ColumnChoice> = fc.record({
  hidden: fc.uniqueArray(id),
  fits: fc.boolean(),
  widths: fc.dictionary(id, fc.integer({ min: COLUMN_WIDTH_MIN, max: COLUMN_WIDTH_MAX })),
});

describe('the columns of the list', () => {
  it('are all there as usual', () => {
    expect(shownColumns(USUAL_COLUMNS)).toEqual(COLUMN_IDS);
  });

  it('keep their order, and those that a row needs, whatever is hidden', () => {
    fc.assert(
      fc.property(choice, (any) => {
        const shown = shownColumns(any);
        expect(shown).toEqual(COLUMN_IDS.filter((one) => shown.includes(one)));
        expect(shown).toEqual(expect.arrayContaining(['provider', 'name', 'status', 'actions']));
      }),
    );
  });

  it('are hidden and shown again, without a change to the others', () => {
    fc.assert(
      fc.property(choice, id, (before, one) => {
        const after = toggleColumn(before, one);
        const others = COLUMN_IDS.filter((other) => other !== one);
        const shownOf = (any: ColumnChoice) => new Set(shownColumns(any));
        expect(others.map((other) => shownOf(after).has(other))).toEqual(
          others.map((other) => shownOf(before).has(other)),
        );
        expect(shownOf(after).has(one)).toBe(!canHide(one) || !shownOf(before).has(one));
        expect(shownColumns(toggleColumn(after, one))).toEqual(shownColumns(before));
        expect(after.widths).toEqual(before.widths);
      }),
    );
  });
});

describe('the width of a column', () => {
  it('stays within bounds and is whole, whatever is asked for', () => {
    fc.assert(
      fc.property(choice, id, fc.double({ noNaN: true }), (before, one, width) => {
        const { widths } = resizeColumn(before, one, width);
        expect(Number.isInteger(widths[one])).toBe(true);
        expect(widths[one]).toBeGreaterThanOrEqual(COLUMN_WIDTH_MIN);
        expect(widths[one]).toBeLessThanOrEqual(COLUMN_WIDTH_MAX);
      }),
    );
  });

  it('is as usual again after `null`, and the others keep theirs', () => {
    fc.assert(
      fc.property(choice, id, fc.integer(), (before, one, width) => {
        const { [one]: _own, ...others } = before.widths;
        expect(resizeColumn(resizeColumn(before, one, width), one, null)).toEqual({
          ...before,
          widths: others,
        });
      }),
    );
  });
});
