import { locale } from './translate.ts';

/** Moments as people read them. Formats are made when first used: making one takes about a millisecond. */
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [
  { unit: 'year', ms: 365 * DAY },
  { unit: 'month', ms: 30 * DAY },
  { unit: 'day', ms: DAY },
  { unit: 'hour', ms: HOUR },
  { unit: 'minute', ms: MINUTE },
] as const satisfies readonly { unit: Intl.RelativeTimeFormatUnit; ms: number }[];

let relative: Intl.RelativeTimeFormat | undefined;
let absolute: Intl.DateTimeFormat | undefined;

/** `4 minutes ago`, `in 3 days`, `now`; both epoch ms. */
export function relativeText(at: number, now: number): string {
  relative ??= new Intl.RelativeTimeFormat(locale(), {
    numeric: 'auto',
  });
  const distance = at - now;
  const step = STEPS.find(({ ms }) => Math.abs(distance) >= ms);
  return step === undefined
    ? relative.format(0, 'second')
    : relative.format(Math.trunc(distance / step.ms), step.unit);
}

/** Day and time, for a tooltip or a place where the exact moment counts. */
export function absoluteText(at: number): string {
  absolute ??= new Intl.DateTimeFormat(locale(), {
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  return absolute.format(at);
}
