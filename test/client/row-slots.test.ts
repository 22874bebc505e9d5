import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignRowSlots, type RowSlots } from '../../lib/client/row-slots.ts';

const EMPTY: RowSlots = new Map();

describe('the elements of rows', () => {
  it('are made for the first rows', () => {
    expect(assignRowSlots(EMPTY, ['a', 'b'], null)).toEqual(
      new Map([
        ['a', 0],
        ['b', 1],
      ]),
    );
  });

  it('stay with rows that stay, and go to those that come', () => {
    const before = assignRowSlots(EMPTY, ['a', 'b', 'c', 'd'], null);
    expect([...assignRowSlots(before, ['c', 'd', 'e', 'f'], null)]).toEqual([
      ['c', 2],
      ['d', 3],
      ['e', 0],
      ['f', 1],
    ]);
  });

  it('are not taken over from the row with the focus', () => {
    const before = assignRowSlots(EMPTY, ['a', 'b'], null);
    expect(assignRowSlots(before, ['c', 'd'], 'b')).toEqual(
      new Map([
        ['c', 0],
        ['d', 2],
      ]),
    );
  });

  it('belong to one row each, whatever comes and goes', () => {
    const rows = fc.uniqueArray(fc.integer({ min: 0, max: 30 }).map(String), { maxLength: 12 });
    fc.assert(
      fc.property(fc.array(fc.tuple(rows, fc.boolean()), { maxLength: 12 }), (steps) => {
        let slots = EMPTY;
        for (const [ids, isFocused] of steps) {
          const held = isFocused ? ([...slots.keys()][0] ?? null) : null;
          const heldSlot = held === null ? null : slots.get(held);
          const next = assignRowSlots(slots, ids, held);
          expect([...next.keys()]).toEqual(ids);
          expect(new Set(next.values()).size).toBe(ids.length);
          const taker = [...next].find(([, slot]) => slot === heldSlot)?.[0] ?? held;
          expect(taker).toBe(held);
          slots = next;
        }
      }),
    );
  });
});
