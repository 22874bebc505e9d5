/** What tests said of each row, as a page of the documentation. */
import { markdownTable } from '../support/markdown-table.ts';
import { FAULTS, PLATFORM, PROMISES, rowsIn, type Row } from './rows.ts';

/** One test as vitest's JSON report has it. */
export interface Told {
  /** From the top of the repository. */
  readonly file: string;
  /** With the titles that it stands under. */
  readonly fullName: string;
  readonly status: string;
}

const INTRODUCTION = `# Faults, and what came of them

Written by \`npm run test:deep\` from the results of its tests; \`npm test\` fails when a test is missing here. [How the tests are made](testing.md) says how to add one.

A test names its rows at the end of its title: \`… [F13 O8]\`. Those in \`test/e2e\` run the built extension in real Chromium against services that misbehave on purpose.
`;

/** The page, in Markdown as oxfmt leaves it. */
export function faultsPage(told: readonly Told[]): string {
  const each = onceEach(told);
  const section = (title: string, rows: readonly Row[]): string =>
    `## ${title}\n\n${markdownTable(
      ['Row', 'What happens', 'What is required', 'What was done', 'What happened'],
      rows.flatMap((row) => linesOf(row, each)),
    )}\n`;
  return [
    INTRODUCTION,
    section('Faults', FAULTS),
    section('Promises of the protocols', PROMISES),
    section('Promises of the extension', PLATFORM),
  ].join('\n');
}

/** Of a test that several reports tell of, as when one of them left it to the deep run, what came of it. */
function onceEach(told: readonly Told[]): Told[] {
  const found = new Map<string, Told>();
  for (const test of told) {
    const id = `${test.file} ${test.fullName}`;
    const known = found.get(id);
    const isWorse = test.status === 'failed' || known === undefined || !(known.status in OUTCOMES);
    if (isWorse) found.set(id, test);
  }
  return [...found.values()];
}

/** The same page without what happened: which tests there are. */
export function withoutOutcomes(page: string): string {
  return page
    .split('\n')
    .map((line) => (line.startsWith('| ') ? line.split(' | ').slice(0, -1) : [line]))
    .map((cells) => cells.map((cell) => cell.trim()).join(' | '))
    .join('\n');
}

/** A line for each test; the row is named in the first. */
function linesOf({ id, what, required, notHere }: Row, told: readonly Told[]): string[][] {
  const tests = told
    .filter(({ fullName }) => rowsIn(fullName).includes(id))
    .toSorted((a, b) => (spell(a) < spell(b) ? -1 : 1));
  if (tests.length === 0) return [[id, what, required, notHere ?? 'No test yet.', '']];
  return tests.map((test, at) => {
    const head = at === 0 ? [id, what, required] : ['', '', ''];
    return [...head, spell(test), OUTCOMES[test.status] ?? 'not run'];
  });
}

const OUTCOMES: Readonly<Record<string, string>> = { passed: 'as required', failed: '**failed**' };

function spell({ file, fullName }: Told): string {
  const title = fullName
    .replace(/ \[[^\]]*\]$/, '')
    .replaceAll(/[<>[\]*_`\\]/g, String.raw`\$&`)
    .replaceAll(/\s+/g, ' ');
  return `${title} ([${file.split('/').at(-1)}](../${file}))`;
}
