/** The days that a person may state as the last one of a key, as `YYYY-MM-DD`. Pure. */
import { dayEndingAt } from './calendar-day.ts';

/** A year further away was mistyped. */
const YEARS_MAX = 50;

/** From the day of `now` on: of one that is over, nothing can be warned any more. */
export function statedDays(now: number): { readonly first: string; readonly last: string } {
  const first = dayEndingAt(now + 1);
  return { first, last: `${new Date(now).getFullYear() + YEARS_MAX}-12-31` };
}

/** What is wrong with a day as it was typed; `null` when nothing is. An empty one is none. */
export function statedDayProblem(
  { day, isUnfinished }: { readonly day: string; readonly isUnfinished: boolean },
  now: number,
): 'unfinished' | 'out-of-range' | null {
  if (isUnfinished) return 'unfinished';
  const { first, last } = statedDays(now);
  return day === '' || (day >= first && day <= last && day.length === first.length)
    ? null
    : 'out-of-range';
}
