import { accessSync, constants, readdirSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { DOWNLOADED, KNOWN_BROWSERS } from './known-browsers.mjs';
import { ask } from './run-command.mjs';

/**
 * What the search asks of the machine; tests hand in another one.
 * @typedef {object} Machine
 * @property {NodeJS.Platform} platform
 * @property {Record<string, string | undefined>} env
 * @property {string} home
 * @property {(file: string) => boolean} isExecutable
 * @property {(folder: string) => string[]} list names in a folder, none when it is missing
 * @property {(file: string) => string | null} versionLine what `--version` prints
 * @property {number} oldest the oldest major version that the extension runs in
 */

/**
 * @typedef {object} FoundBrowser
 * @property {string} path
 * @property {string} name
 * @property {number | null} version major version; null where the browser does not tell (Windows)
 * @property {boolean} takesLoadExtension whether `--load-extension` works in it
 * @property {string} why where it was found, in words
 *
 * @typedef {{ path: string, why: string }} PassedOver
 * @typedef {{ browser: FoundBrowser | null, passedOver: PassedOver[] }} Search
 */

/** @returns {Machine} */
function thisMachine() {
  return {
    platform: process.platform,
    env: process.env,
    home: homedir(),
    isExecutable,
    list,
    versionLine: (file) => (process.platform === 'win32' ? null : ask(file, ['--version'])),
    oldest: oldestVersion(),
  };
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** @param {string} folder */
function list(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** The extension's manifest is the one place that knows. */
function oldestVersion() {
  const config = readFileSync(new URL('../wxt.config.ts', import.meta.url), 'utf8');
  return Number(/minimum_chrome_version: '(\d+)'/.exec(config)?.[1] ?? 0);
}

/**
 * Looks for a Chromium browser: `CHROME_PATH` first, then each kind in its usual places, then what
 * Playwright has downloaded. A browser that is too old or does not start is passed over.
 * @param {Machine} [machine]
 * @returns {Search}
 */
export function findBrowser(machine = thisMachine()) {
  /** @type {PassedOver[]} */
  const passedOver = [];
  const named = machine.env['CHROME_PATH'];
  if (named !== undefined && named !== '') {
    const browser = judge(machine, named, 'CHROME_PATH names it', passedOver);
    // Whoever names a browser wants that one, or wants to know that it will not do.
    return { browser, passedOver };
  }
  for (const { file, why } of candidates(machine)) {
    if (!machine.isExecutable(file)) continue;
    const browser = judge(machine, file, why, passedOver);
    if (browser !== null) return { browser, passedOver };
  }
  return { browser: null, passedOver };
}

/**
 * @param {Machine} machine
 * @param {string} file
 * @param {string} why
 * @param {PassedOver[]} passedOver
 * @returns {FoundBrowser | null}
 */
function judge(machine, file, why, passedOver) {
  const refuse = (/** @type {string} */ reason) => {
    passedOver.push({ path: file, why: reason });
    return null;
  };
  if (!machine.isExecutable(file)) return refuse('no such program');
  const line = machine.versionLine(file);
  if (line === null && machine.platform !== 'win32') return refuse('it does not start');
  const known = KNOWN_BROWSERS.find(({ says }) => line !== null && says.test(line));
  const kind = known ?? kindByPath(file);
  const version = Number(/ (\d+)\./.exec(line ?? '')?.[1] ?? Number.NaN);
  if (version < machine.oldest) return refuse(`version ${version} is older than ${machine.oldest}`);
  return {
    path: file,
    name: kind?.name ?? 'A browser that we do not know',
    version: Number.isNaN(version) ? null : version,
    takesLoadExtension: kind?.takesLoadExtension ?? true,
    why,
  };
}

/** @param {string} file */
function kindByPath(file) {
  return KNOWN_BROWSERS.find(({ windows }) => windows.some((below) => file.endsWith(below)));
}

/**
 * Every place to look at, the best kind first; Chrome itself after Playwright's downloads.
 * @param {Machine} machine
 * @returns {{ file: string, why: string }[]}
 */
function candidates(machine) {
  const willing = KNOWN_BROWSERS.filter(({ takesLoadExtension }) => takesLoadExtension);
  const unwilling = KNOWN_BROWSERS.filter(({ takesLoadExtension }) => !takesLoadExtension);
  return [
    ...willing.flatMap((kind) => places(machine, kind)),
    ...downloads(machine),
    ...unwilling.flatMap((kind) => places(machine, kind)),
  ];
}

/**
 * @param {Machine} machine
 * @param {import('./known-browsers.mjs').KnownBrowser} kind
 */
function places({ platform, env, home }, kind) {
  if (platform === 'darwin') {
    const folders = ['/Applications', path.posix.join(home, 'Applications')];
    return below(path.posix, folders, kind.mac, 'it is installed');
  }
  if (platform === 'win32') {
    const folders = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']];
    return below(path.win32, folders, kind.windows, 'it is installed');
  }
  return below(path.posix, (env['PATH'] ?? '').split(':'), kind.commands, 'it is on the PATH');
}

/** @param {Machine} machine */
function downloads({ platform, env, home, list: names }) {
  const at = platform === 'win32' ? path.win32 : path.posix;
  const root = env['PLAYWRIGHT_BROWSERS_PATH'] || downloadFolder(platform, env, home);
  const newestFirst = names(root)
    .filter((name) => /^chromium-\d+$/.test(name))
    .toSorted((a, b) => Number(b.slice(9)) - Number(a.slice(9)))
    .map((name) => at.join(root, name));
  return below(at, newestFirst, DOWNLOADED, 'Playwright downloaded it');
}

/**
 * Where Playwright keeps its browsers (https://playwright.dev/docs/browsers#managing-browser-binaries).
 * @param {NodeJS.Platform} platform
 * @param {Record<string, string | undefined>} env
 * @param {string} home
 */
function downloadFolder(platform, env, home) {
  if (platform === 'win32') return path.win32.join(env['LOCALAPPDATA'] ?? home, 'ms-playwright');
  const cache = platform === 'darwin' ? 'Library/Caches' : '.cache';
  return path.posix.join(home, cache, 'ms-playwright');
}

/**
 * @param {path.PlatformPath} at
 * @param {readonly (string | undefined)[]} folders
 * @param {readonly string[]} names
 * @param {string} why
 */
function below(at, folders, names, why) {
  const known = folders.flatMap((folder) => folder || []);
  return names.flatMap((name) => known.map((folder) => ({ file: at.join(folder, name), why })));
}
