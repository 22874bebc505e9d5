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
 * What a spreadsheet runs at the beginning of a cell (OWASP, CSV injection), full-width signs among
 * it; quotation marks and spaces before it do not help. No part of it runs over the next separator.
 */
const FORMULA = String.raw`(?=['" \v\f\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]*[=+\-@＝＋－＠])`;
/** Beginnings of cells: of ours, and of those that it falls into where `;` or a tab separates them. */
const AFTER_SEPARATOR = String.raw`(?<=[;\t\r\n])`;
const BLANK = String.raw`(?='*[\t\r\n])`;
const EXPOSED = new RegExp(`^${BLANK}|^${FORMULA}|${AFTER_SEPARATOR}${FORMULA}`, 'g');
const GUARDED = new RegExp(`^'${BLANK}|^'${FORMULA}|${AFTER_SEPARATOR}'${FORMULA}`, 'g');

/** The apostrophe makes it a text. */
export function guarded(text: string): string {
  return text.replace(EXPOSED, "'");
}

/** The text that {@link guarded} was given. */
export function unguarded(text: string): string {
  return text.replace(GUARDED, '');
}

/** One cell. */
function cell(text: string): string {
  const harmless = guarded(text);
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** Several texts in one cell; none of them is mistaken for two. */
export function joinedParts(parts: readonly string[]): string {
  return parts.map((part) => part.replace(/[\\;]/g, String.raw`\$&`)).join('; ');
}

/** The texts that {@link joinedParts} was given; whoever wrote into the cell may have left spaces. */
export function splitParts(text: string): string[] {
  const parts = text.match(/(?:\\[^]|[^\\;])+/g) ?? [];
  return parts.map((part) => part.replace(/\\([^])/g, '$1').trim()).filter((part) => part !== '');
}
