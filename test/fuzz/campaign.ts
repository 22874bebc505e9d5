/** How far a campaign goes: `npm test` runs a share of its inputs, `npm run test:deep` all of them. */
import { IS_DEEP } from '../support/deep.ts';

/** What a campaign of the deep run may take; its share takes seconds. */
export const CAMPAIGN_MS = IS_DEEP ? 3_600_000 : 120_000;

/** Parameters for `fc.assert`: so many inputs. */
export function inputs(share = 1_500, deep = 100_000): { numRuns: number } {
  return { numRuns: IS_DEEP ? deep : share };
}
