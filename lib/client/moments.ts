import { distanceWords } from '../domain/words.ts';
import { locale, tell } from './translate.ts';

let absolute: Intl.DateTimeFormat | undefined;

/** `4 min ago`, `in 3 days`, `just now`; both epoch ms. */
export function relativeText(at: number, now: number): string {
  return tell(distanceWords(at, now));
}

/** Day and time as the person's region writes them, for a tooltip or where the exact moment counts. */
export function absoluteText(at: number): string {
  absolute ??= new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' });
  return absolute.format(at);
}
