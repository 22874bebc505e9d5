import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fittingColumns, listForm, tableWidth } from '../../../components/options/columns.ts';
import { canHide, COLUMN_IDS } from '../../../lib/domain/columns.ts';

const always = COLUMN_IDS.filter((id) => !canHide(id));

describe('the columns for which there is room', () => {
  it.each([
    [1800, []],
    [1600, ['identity-id', 'created']],
    [1416, ['identity-id', 'created', 'authorized', 'sync']],
    [1216, ['identity-id', 'created', 'authorized', 'sync', 'tags']],
    [1128, ['identity-id', 'created', 'authorized', 'sync', 'tags', 'flows']],
    [816, COLUMN_IDS.filter((id) => !always.includes(id))],
  ])('at %i px are all but %j', (width, without) => {
    expect(fittingColumns(COLUMN_IDS, {}, width)).toEqual(
      COLUMN_IDS.filter((id) => !without.includes(id)),
    );
  });

  it('stay when a person hid another one, or made it narrower', () => {
    const others = COLUMN_IDS.filter((id) => id !== 'tags');
    expect(fittingColumns(others, {}, 1216)).toContain('flows');
    expect(fittingColumns(COLUMN_IDS, {}, 1216)).not.toContain('tags');
    const narrow = { status: 130 };
    expect(fittingColumns(COLUMN_IDS, narrow, 1248)).toContain('tags');
  });

  it('stay where a person made them as wide as they are, and where the list is sorted by them', () => {
    expect(fittingColumns(COLUMN_IDS, { created: 400 }, 800)).toContain('created');
    expect(fittingColumns(COLUMN_IDS, {}, 800, 'tags')).toContain('tags');
    expect(fittingColumns(COLUMN_IDS, {}, 800, 'tags')).not.toContain('created');
  });

  it('leave room for the bar beside the rows where each has a width of its own', () => {
    const widths = { name: 180, identity: 180 };
    expect(fittingColumns(COLUMN_IDS, widths, 1425)).toContain('tags');
    expect(fittingColumns(COLUMN_IDS, widths, 1424)).not.toContain('tags');
    expect(tableWidth(fittingColumns(COLUMN_IDS, widths, 1424), widths)).toBeLessThan(1408);
  });

  it('are never wider than the list, unless only those are left that always stand there', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 3000 }),
        fc.subarray([...COLUMN_IDS]),
        (width, some) => {
          const chosen = COLUMN_IDS.filter((id) => always.includes(id) || some.includes(id));
          const fitting = fittingColumns(chosen, {}, width);
          expect(fitting.filter((id) => always.includes(id))).toEqual(always);
          expect(
            tableWidth(fitting, {}) <= width || fitting.every((id) => always.includes(id)),
          ).toBe(true);
        },
      ),
    );
  });
});

it.each([
  [900, 'table'],
  [899, 'cards'],
  [480, 'narrow-cards'],
])('a list of %i px has the form %s', (width, form) => {
  expect(listForm(width)).toBe(form);
});
