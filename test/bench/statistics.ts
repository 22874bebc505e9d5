/** Numbers of a benchmark. Pure. */

/** Where the middle half and the ends of some figures lie. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly lowerQuartile: number;
  readonly upperQuartile: number;
}

/**
 * The middle value; the mean of the two middle ones where the count is even.
 * @throws RangeError when there are none
 */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/**
 * The value below which a share of the values lies, interpolated between neighbours.
 * @param share 0 the smallest, 1 the largest
 * @throws RangeError when there are none
 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)];
  const above = sorted[Math.ceil(at)];
  if (below === undefined || above === undefined) throw new RangeError('no values');
  return below + (above - below) * (at - Math.floor(at));
}

/** @throws RangeError when there are none */
export function spreadOf(values: readonly number[]): Spread {
  return {
    median: median(values),
    min: quantile(values, 0),
    max: quantile(values, 1),
    lowerQuartile: quantile(values, 0.25),
    upperQuartile: quantile(values, 0.75),
  };
}

/**
 * Each round's figure over the same round's control: what else the machine did in that round is in
 * both, and falls out.
 * @throws RangeError when the two do not come from the same rounds
 */
export function ratios(figures: readonly number[], controls: readonly number[]): number[] {
  if (figures.length !== controls.length) throw new RangeError('not the same rounds');
  return figures.map((figure, round) => figure / (controls[round] ?? Number.NaN));
}

/**
 * The same things in another order (Fisher and Yates), so that none always follows the same neighbour.
 * @param chance gives a number from 0 to below 1
 */
export function shuffled<T>(things: readonly T[], chance: () => number): T[] {
  const rest = [...things];
  const order: T[] = [];
  while (rest.length > 0) order.push(...rest.splice(Math.floor(chance() * rest.length), 1));
  return order;
}
