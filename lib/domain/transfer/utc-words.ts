import type { Argument, Words } from '../words.ts';
import { csvMoment } from './csv.ts';

/** A page writes moments as its reader's clock has them; a file is read elsewhere. */
export function inUtc(words: Words): Words {
  const written = (argument: Argument): Argument =>
    typeof argument === 'object' ? csvMoment(argument.at) : argument;
  return words.args === undefined ? words : { ...words, args: words.args.map(written) };
}
