import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { live, schedule } from './schedule.ts';
import { noTally, type Tally } from './world.ts';
import { IS_DEEP } from '../support/deep.ts';
import { SEED } from '../support/seed.ts';

const RUNS = Number(process.env['PATCHBAY_RUNS'] ?? (IS_DEEP ? 10_000 : 200));

describe('whatever happens', () => {
  it(
    `no false alarm, no silent death, nothing lost: ${RUNS} schedules of seed ${SEED}`,
    { timeout: IS_DEEP ? 4 * 3_600_000 : 600_000 },
    async () => {
      const sum = noTally();
      let schedules = 0;
      let steps = 0;
      await fc.assert(
        fc.asyncProperty(schedule, async (one) => {
          const { violations, tally } = await live(one);
          schedules += 1;
          steps += one.steps.length;
          for (const key of Object.keys(sum) as (keyof Tally)[])
            sum[key] = key.startsWith('worst')
              ? Math.max(sum[key], tally[key])
              : sum[key] + tally[key];
          expect(violations).toEqual([]);
        }),
        { numRuns: RUNS, seed: SEED, endOnFailure: false },
      );
      console.info(`seed ${SEED}: ${schedules} schedules, ${steps} steps`, sum);
      expect(sum.seen).toBe(sum.revocations);
    },
  );
});
