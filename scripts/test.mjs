/**
 * `npm test`: everything that has to hold, one step after the other, ending at the first that does
 * not. The last line is the sum of what the test runs themselves reported. With `--deep` campaigns
 * run whole, and the table of faults is written.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { runCommand } from './run-command.mjs';
import { setUp } from './set-up.mjs';

const REPORTS = '.output/test';
const IS_DEEP = process.argv.includes('--deep');

/**
 * @typedef {{ title: string, command: readonly string[], report?: string }} Step
 * @typedef {{ passed: number, failed: number }} Sum
 */

/**
 * @param {string} name of the npm script that runs the tests
 * @returns {readonly string[]} arguments of npm that also write a report of the run
 */
function testRun(name) {
  const report = `${REPORTS}/${name.replace(':', '-')}.json`;
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return ['run', '--silent', name, '--', ...reporters];
}

/** @type {readonly Step[]} */
const STEPS = [
  { title: 'check', command: ['run', '--silent', 'check'] },
  { title: 'unit tests', command: testRun('test:unit'), report: `${REPORTS}/test-unit.json` },
  { title: 'build for Chromium', command: ['run', '--silent', 'build'] },
  { title: 'build for Firefox', command: ['run', '--silent', 'build:firefox'] },
  {
    title: 'what was built',
    command: testRun('test:built'),
    report: `${REPORTS}/test-built.json`,
  },
  { title: 'build for end-to-end tests', command: ['run', '--silent', 'build:e2e'] },
  { title: 'end-to-end tests', command: testRun('test:e2e'), report: `${REPORTS}/test-e2e.json` },
  ...(IS_DEEP
    ? []
    : [{ title: 'docs/faults.md', command: ['run', '--silent', 'faults', '--', '--check'] }]),
];

/**
 * @typedef {object} Report what is read here of vitest's JSON report
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {{ status: string, assertionResults: { status: string }[] }[]} testResults by file
 */

/**
 * @param {string} file vitest's JSON report
 * @returns {Sum | null} null when the run ended without a report
 */
function readReport(file) {
  if (!existsSync(file)) return null;
  /** @type {Report} */
  const report = JSON.parse(readFileSync(file, 'utf8'));
  // A file that could not even be loaded has failed, and has no test that could say so.
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some(isFailed),
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length };
}

/** @param {{ status: string }} result */
function isFailed({ status }) {
  return status === 'failed';
}

/**
 * Runs one step and says how long it took.
 * @param {string} title
 * @param {() => Promise<number>} work
 * @returns {Promise<number>} exit status
 */
async function timed(title, work) {
  console.log(`\n— ${title}`);
  const begun = performance.now();
  const status = await work();
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  console.log(`${status === 0 ? '✓' : '✗'} ${title}, ${seconds} s`);
  return status;
}

async function prepare() {
  try {
    const { browser } = await setUp({ browser: true });
    if (browser !== null) process.env['CHROME_PATH'] = browser.path;
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}

/** @returns {Promise<{ status: number, sum: Sum }>} */
async function runAll() {
  const sum = { passed: 0, failed: 0 };
  let status = await timed('set-up', prepare);
  rmSync(REPORTS, { recursive: true, force: true });
  mkdirSync(REPORTS, { recursive: true });
  const env = IS_DEEP ? { PATCHBAY_DEEP: '1' } : {};
  for (const { title, command, report } of STEPS) {
    if (status !== 0) break;
    status = await timed(title, () => runCommand('npm', command, { env }));
    if (report === undefined) continue;
    const part = readReport(report);
    if (part === null) status ||= 1;
    sum.passed += part?.passed ?? 0;
    sum.failed += part?.failed ?? 0;
  }
  // Written even when an end-to-end test failed: the table says which.
  if (IS_DEEP && existsSync(`${REPORTS}/test-e2e.json`)) {
    const write = () => runCommand('npm', ['run', '--silent', 'faults']);
    const written = await timed('docs/faults.md', write);
    status ||= written;
  }
  return { status, sum };
}

const { status, sum } = await runAll();
process.exitCode = status;
console.log(`\n${sum.passed} passed, ${sum.failed} failed`);
