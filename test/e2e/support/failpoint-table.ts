/** What came of every run, as a page of the documentation. */
import type { Outcome } from './failpoint-journeys.ts';

export interface FailpointRun {
  readonly name: string;
  readonly file: string;
  readonly journey: string;
  readonly outcome: Outcome;
}

const INTRODUCTION = `# Where the worker may die

The browser may stop the background worker at any await. At each point below a test stops it for good, in a real browser, against a server that rotates refresh tokens and ends the whole grant when a spent one comes back; then the next worker does what it does at every start (\`test/e2e/failpoints.e2e.ts\`). The points are listed from the source and are in test builds alone. \`npm run test:deep\` runs all of them and compares them with this page (to write it anew: \`PATCHBAY_DEEP=1 npx vitest run --project e2e test/e2e/failpoints.e2e.ts -u\`); \`npm test\` runs the two worst and some that a printed seed chooses, each of which has to end as it does here.

- **goes on**: the stored token or its successor works; it was renewed once more to prove it.
- **interrupted**: the state says so and asks to reconnect or to sign in again. Nobody is said to have revoked anything.
- **not finished**: nothing had been obtained; the attempt says so, and the next one works.
- **ended**: what was meant to end has ended at the provider and here; nothing of it is left.
- **told**: the grant had been revoked at the provider before, and that is what is told, once.
`;

/** The page, in Markdown as oxfmt leaves it. */
export function failpointTable(runs: readonly FailpointRun[]): string {
  const rows = runs.map(({ name, file, journey, outcome }) => [
    `\`${name}\``,
    `\`${file}\``,
    journey,
    `**${outcome}**`,
  ]);
  const lines = [['Point', 'In', 'While', 'Afterwards'], ...rows];
  const widths = [0, 1, 2, 3].map((at) =>
    Math.max(...lines.map((cells) => cells[at]?.length ?? 0)),
  );
  const line = (cells: readonly string[], fill = ' '): string =>
    `| ${widths.map((width, at) => (cells[at] ?? '').padEnd(width, fill)).join(' | ')} |`;
  const [head = [], ...body] = lines.map((cells) => line(cells));
  return [INTRODUCTION, head, line([], '-'), ...body, ''].join('\n');
}

/** What the page says of each point, by its name. */
export function outcomesIn(page: string): ReadonlyMap<string, string> {
  const rows = page.matchAll(/^\| `([a-z-]+)`.*\*\*([a-z ]+)\*\* +\|$/gm);
  return new Map([...rows].map(([, name = '', outcome = '']) => [name, outcome]));
}
