/** Days of the calendar as `YYYY-MM-DD`, in the time zone of the machine. */

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/**
 * The end of a day: the first moment of the next.
 * @returns epoch ms, or `null` for what is no day
 */
export function endOfDay(day: string): number | null {
  const [, year, month, date] = (DAY.exec(day) ?? []).map(Number);
  if (year === undefined || month === undefined || date === undefined) return null;
  const start = new Date(year, month - 1, date);
  const isReal = start.getMonth() === month - 1 && start.getDate() === date;
  return isReal ? new Date(year, month - 1, date + 1).getTime() : null;
}

/** The day that ends at a moment, or that the moment lies in. */
export function dayEndingAt(at: number): string {
  const last = new Date(at - 1);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${String(last.getFullYear()).padStart(4, '0')}-${two(last.getMonth() + 1)}-${two(last.getDate())}`;
}
