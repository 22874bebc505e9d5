import { beginningOf } from '../domain/beginning.ts';
import { plural } from './translate.ts';

/** How many names a sentence holds before it only counts the others. */
const NAMES_SHOWN = 3;

/** Names in a sentence: the first ones, and how many more there are. */
export function namesText(all: readonly string[]): string {
  const { shown, left } = beginningOf(all, NAMES_SHOWN);
  return [...shown, ...(left > 0 ? [plural('notice_more', left)] : [])].join(', ');
}
