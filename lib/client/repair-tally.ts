import { tallyOf, type Repair } from '../domain/repair.ts';
import { plural } from './translate.ts';

/** These are said even where there are none. */
const ALWAYS = ['mended', 'later', 'skipped', 'failed'] as const;
const WHERE_ANY = ['healed', 'waiting'] as const;

/** How many of a queue came to what. */
export function tallyTexts(repair: Repair): readonly string[] {
  const tally = tallyOf(repair);
  const said = [...ALWAYS, ...WHERE_ANY.filter((kind) => tally[kind] > 0)];
  return said.map((kind) => plural(`repair_tally_${kind}`, tally[kind]));
}
