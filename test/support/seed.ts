/**
 * The seed of everything that is drawn by chance. `npm test` draws the same each time, so that a landing
 * is not decided by luck; `npm run test:deep` draws anew and prints the seed; `PATCHBAY_SEED` draws once
 * more what was drawn then.
 */
import * as fc from 'fast-check';
import { IS_DEEP } from './deep.ts';

export const SEED = Number(
  process.env['PATCHBAY_SEED'] ?? (IS_DEEP ? Date.now() % 0x7fff_ffff : 20_261_121),
);

fc.configureGlobal({ seed: SEED });

if (IS_DEEP) console.log(`PATCHBAY_SEED=${SEED}`);
