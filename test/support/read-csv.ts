/**
 * A reader of RFC 4180 of our own: two writers of one mind would agree on a mistake. Passes over the
 * mark of UTF-8.
 */
export function readCsv(text: string): string[][] {
  const csv = text.replace(/^\uFEFF/, '');
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < csv.length) {
    let cell = '';
    if (csv[at] === '"') {
      for (at += 1; csv[at] !== '"' || csv[at + 1] === '"'; at += 1) {
        if (csv[at] === '"') at += 1;
        cell += csv[at];
      }
      at += 1;
    } else {
      const end = /,|\r\n/.exec(csv.slice(at));
      cell = csv.slice(at, at + (end?.index ?? csv.length));
      at += cell.length;
    }
    row.push(cell);
    if (csv[at] === ',') at += 1;
    else {
      rows.push(row);
      row = [];
      at += 2;
    }
  }
  return rows;
}
