import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DAYS, liveDay, naiveDay, rowOf, rowsIn, tableOf } from './day.ts';
import { IS_DEEP } from '../support/deep.ts';

const TABLE = new URL('../../docs/manners.md', import.meta.url);
/** Some, which each run counts, and many, which take minutes. */
const FEW = 20;
const MANY = 1_000;

describe('the requests of a day', () => {
  it('of a few connections are what the documentation says', { timeout: 300_000 }, async () => {
    const [calm] = DAYS;
    if (calm === undefined) throw new Error('no day');
    const counted = await liveDay(calm, FEW);
    const rows = rowsIn(readFileSync(TABLE, 'utf8'));
    expect(rows).toContainEqual(rowOf(calm, FEW, counted, naiveDay(calm, FEW)));
    expect(counted.wakes).toBeLessThan(24 * 60);
  });

  it.runIf(IS_DEEP)('of many too; vitest -u writes them', { timeout: 3_600_000 }, async () => {
    const rows: string[][] = [];
    for (const count of [FEW, MANY])
      for (const day of DAYS)
        rows.push(rowOf(day, count, await liveDay(day, count), naiveDay(day, count)));
    await expect(tableOf(rows)).toMatchFileSnapshot('../../docs/manners.md');
  });
});
