/**
 * How far a campaign goes. `npm test` runs a share with the same seed each time; `npm run test:deep`
 * runs all of it from a new seed. `PATCHBAY_SEED` runs one again.
 */
import { IS_DEEP } from '../support/deep.ts';

export const SEED = Number(
  process.env['PATCHBAY_SEED'] ?? (IS_DEEP ? Date.now() % 0x7fff_ffff : 20_261_121),
);

/** What a campaign of the deep run may take; its share takes seconds. */
export const CAMPAIGN_MS = IS_DEEP ? 3_600_000 : 120_000;

/** Parameters for `fc.assert`: so many inputs from the seed. */
export function inputs(share = 1_500, deep = 100_000): { numRuns: number; seed: number } {
  return { numRuns: IS_DEEP ? deep : share, seed: SEED };
}

if (IS_DEEP) console.log(`seed: PATCHBAY_SEED=${SEED}`);
