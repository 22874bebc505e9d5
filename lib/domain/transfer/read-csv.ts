/** One line of a table; a cell may hold line breaks. */
export interface CsvRow {
  /** Where it begins in the file, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * Reads a table as RFC 4180 has it; lines without anything are passed over.
 * @returns the line of a quotation that never ends, where there is one
 */
export function readCsv(text: string): readonly CsvRow[] | { readonly openAt: number } {
  const rows: CsvRow[] = [];
  const ends = /[,\r\n]/g;
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const begun = line;
    const cells: string[] = [];
    do {
      // Past the comma, or at the beginning of the line.
      if (cells.length > 0) at += 1;
      if (text[at] === '"') {
        const end = endOfQuotation(text, at);
        if (end === -1) return { openAt: line };
        const quoted = text.slice(at + 1, end);
        line += quoted.split('\n').length - 1;
        cells.push(quoted.replaceAll('""', '"'));
        at = end + 1;
      } else cells.push('');
      // What stands behind a quotation belongs to its cell.
      ends.lastIndex = at;
      const end = ends.exec(text)?.index ?? text.length;
      cells[cells.length - 1] += text.slice(at, end);
      at = end;
    } while (text[at] === ',');
    if (text[at] === '\r') at += 1;
    if (text[at] === '\n') at += 1;
    line += 1;
    if (cells.length > 1 || cells[0] !== '') rows.push({ line: begun, cells });
  }
  return rows;
}

/** Where the mark stands that ends a quotation; -1 where none does. */
function endOfQuotation(text: string, begin: number): number {
  let at = text.indexOf('"', begin + 1);
  while (at !== -1 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at;
}
