import { fileURLToPath } from 'node:url';
import { findBrowser } from './find-browser.mjs';
import { ask, runCommand } from './run-command.mjs';

const PLAYWRIGHT = fileURLToPath(
  new URL('../node_modules/playwright-core/cli.js', import.meta.url),
);

/** As an argument, because sudo passes no environment on. */
const UNATTENDED = ['env', 'DEBIAN_FRONTEND=noninteractive'];

/**
 * Package managers of distributions whose package is a Chromium that starts: the command to look
 * for and what to run.
 * @type {readonly { command: string, steps: readonly (readonly string[])[] }[]}
 */
const PACKAGE_MANAGERS = [
  {
    command: 'apt-get',
    steps: [
      [...UNATTENDED, 'apt-get', 'update', '-qq'],
      [...UNATTENDED, 'apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'chromium'],
    ],
  },
  { command: 'dnf', steps: [['dnf', 'install', '-y', '-q', 'chromium']] },
];

/**
 * Brings a browser onto the machine: the distribution's package where we may install one, else
 * Playwright's download.
 * @returns {Promise<import('./find-browser.mjs').FoundBrowser>}
 * @throws Error that says what a person can do, when neither worked
 */
export async function installBrowser() {
  const ways = [installPackage, download];
  for (const way of ways) {
    // One after the other: the second is for when the first has failed.
    if (!(await way())) continue;
    const { browser } = findBrowser();
    if (browser !== null) return browser;
  }
  for (const { path: file, why } of findBrowser().passedOver) console.log(`${file}: ${why}.`);
  throw new Error(
    'No Chromium browser could be found or installed. Install Chromium, Chrome for Testing, Edge ' +
      'or Brave by hand, or say where one is: CHROME_PATH=/path/to/chromium',
  );
}

async function installPackage() {
  if (process.platform !== 'linux') return false;
  const prefix = privilege();
  const manager = PACKAGE_MANAGERS.find(({ command }) => ask(command, ['--version']) !== null);
  if (prefix === null || manager === undefined) return false;
  console.log(`No browser found: installing chromium with ${manager.command} …`);
  for (const step of manager.steps) {
    const [command = '', ...args] = [...prefix, ...step];
    // Each step builds on the one before.
    if ((await runCommand(command, args)) !== 0) return false;
  }
  return true;
}

/** @returns {string[] | null} what to put before a command that needs root; null when we may not */
function privilege() {
  if (process.getuid?.() === 0) return [];
  return ask('sudo', ['-n', 'true']) === null ? null : ['sudo', '-n'];
}

async function download() {
  console.log('No browser found: downloading Chromium with Playwright …');
  return (
    (await runCommand(process.execPath, [PLAYWRIGHT, 'install', '--no-shell', 'chromium'])) === 0
  );
}
