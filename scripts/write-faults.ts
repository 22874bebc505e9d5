/**
 * Writes docs/faults.md from the reports of the last test run. With `--check` it only says whether the
 * page names the tests that there are; what came of them is not compared.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { faultsPage, withoutOutcomes, type Told } from '../test/faults/table.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const REPORTS = path.join(ROOT, '.output/test');
const PAGE = path.join(ROOT, 'docs/faults.md');

/** What is read here of vitest's JSON report. */
interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

function told(): Told[] {
  const files = existsSync(REPORTS) ? readdirSync(REPORTS) : [];
  return files
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => {
      const report = JSON.parse(readFileSync(path.join(REPORTS, file), 'utf8')) as Report;
      return report.testResults.flatMap(({ name, assertionResults }) =>
        assertionResults.map(({ fullName, status }) => ({
          file: path.relative(ROOT, name).replaceAll(path.sep, '/'),
          fullName,
          status,
        })),
      );
    });
}

const page = faultsPage(told());
if (!process.argv.includes('--check')) writeFileSync(PAGE, page);
else if (withoutOutcomes(page) !== withoutOutcomes(readFileSync(PAGE, 'utf8'))) {
  console.error(
    'docs/faults.md does not name the tests that there are: run "npm run faults" after a whole test run.',
  );
  process.exitCode = 1;
}
