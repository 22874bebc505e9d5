/** A table in Markdown as oxfmt leaves it. */
export function markdownTable(
  head: readonly string[],
  body: readonly (readonly string[])[],
): string {
  const lines = [head, ...body].map((cells) => cells.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = head.map((_, at) => Math.max(...lines.map((cells) => cells[at]?.length ?? 0)));
  const line = (cells: readonly string[], fill: string): string =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0, fill)).join(' | ')} |`;
  const rule = line(
    head.map(() => ''),
    '-',
  );
  const [first = [], ...rest] = lines;
  return [line(first, ' '), rule, ...rest.map((cells) => line(cells, ' '))].join('\n');
}
