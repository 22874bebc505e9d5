/** Hours in which nobody wants to be notified, by the clock on the wall. Pure. */

const MINUTE_MS = 60_000;
export const DAY_MINUTES = 24 * 60;

export interface QuietHours {
  readonly isOn: boolean;
  /** Minutes after midnight; `from` after `to` goes through the night. The same twice: never. */
  readonly from: number;
  readonly to: number;
}

export const USUAL_QUIET_HOURS: QuietHours = { isOn: false, from: 22 * 60, to: 8 * 60 };

/**
 * When the quiet that a moment lies in is over.
 * @param now epoch ms
 * @returns epoch ms, later than `now`; `null` where it is not quiet
 */
export function quietUntil(hours: QuietHours, now: number): number | null {
  if (!isQuiet(hours, now)) return null;
  const date = new Date(now);
  const days = wallMinutes(now) < hours.to ? 0 : 1;
  let end = new Date(
    date.getFullYear(),
    date.getMonth(),
    date.getDate() + days,
    0,
    hours.to,
  ).getTime();
  // Clocks were put back: this time of day comes twice, and the first time was the end.
  if (end <= now) return null;
  // Clocks are put forward over the end, which then comes as soon as they are.
  while (end - MINUTE_MS > now && !isQuiet(hours, end - MINUTE_MS)) end -= MINUTE_MS;
  return end;
}

function isQuiet({ isOn, from, to }: QuietHours, at: number): boolean {
  const minutes = wallMinutes(at);
  if (!isOn || from === to) return false;
  return from < to ? minutes >= from && minutes < to : minutes >= from || minutes < to;
}

function wallMinutes(at: number): number {
  const date = new Date(at);
  return date.getHours() * 60 + date.getMinutes();
}

/** `22:05`, as a field for times has it. */
export function clockText(minutes: number): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** @returns minutes after midnight, or `null` for what is no time of day */
export function minutesOf(text: string): number | null {
  const [, hours, minutes] = (/^(\d{2}):(\d{2})/.exec(text) ?? []).map(Number);
  if (hours === undefined || minutes === undefined || hours > 23 || minutes > 59) return null;
  return hours * 60 + minutes;
}
