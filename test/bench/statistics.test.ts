import { describe, expect, it } from 'vitest';
import { median, quantile, ratios, shuffled, spreadOf } from './statistics.ts';

describe('median', () => {
  it('is the middle value, whatever the order', () => {
    expect(median([9, 1, 5])).toBe(5);
  });

  it('is the mean of the two middle values of an even count', () => {
    expect(median([4, 1, 2, 100])).toBe(3);
  });

  it('refuses to speak of nothing', () => {
    expect(() => median([])).toThrow(RangeError);
  });

  it('leaves the given values as they are', () => {
    const given = [3, 1, 2];
    median(given);
    expect(given).toEqual([3, 1, 2]);
  });
});

describe('quantile', () => {
  it('interpolates between neighbours', () => {
    expect(quantile([10, 20, 30, 40], 0.25)).toBe(17.5);
  });

  it('ends at the smallest and the largest', () => {
    expect(spreadOf([2, 8, 4])).toEqual({
      median: 4,
      min: 2,
      max: 8,
      lowerQuartile: 3,
      upperQuartile: 6,
    });
  });
});

describe('ratios', () => {
  it('compares each round with its own control', () => {
    expect(ratios([10, 30], [5, 10])).toEqual([2, 3]);
  });

  it('differs from the ratio of medians when rounds were unequally loaded', () => {
    const figures = [2, 40, 6];
    const controls = [1, 20, 4];
    expect(median(ratios(figures, controls))).toBe(2);
    expect(median(figures) / median(controls)).toBe(1.5);
  });

  it('refuses figures of other rounds', () => {
    expect(() => ratios([1, 2], [1])).toThrow(RangeError);
  });
});

describe('shuffled', () => {
  it('keeps every thing once', () => {
    const order = shuffled(['a', 'b', 'c', 'd'], Math.random);
    expect(order.toSorted()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('orders as chance says', () => {
    expect(shuffled(['a', 'b', 'c'], () => 0.99)).toEqual(['c', 'b', 'a']);
  });
});
