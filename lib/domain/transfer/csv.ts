/**
 * A table for a spreadsheet: RFC 4180, with the mark by which spreadsheets know UTF-8, and no cell
 * that one of them would take for a formula.
 * @param rows the headings first
 */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
}

/** A moment, epoch ms, as spreadsheets and programs read it alike; empty where there is none. */
export function csvMoment(at: number | null): string {
  return at === null ? '' : new Date(at).toISOString();
}

/**
 * One cell. A spreadsheet runs what begins with one of these characters (OWASP, CSV injection); the
 * apostrophe makes it a text.
 */
function cell(text: string): string {
  const harmless = /^\s*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
