import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runCommand } from './run-command.mjs';

/** Says for which lockfile `node_modules` is complete. Written last, so it never lies. */
const MARK = 'node_modules/.patchbay-lock';

/**
 * @typedef {{ packages: Record<string, { version?: string, optional?: boolean, link?: boolean }> }} Lockfile
 */

/**
 * Installs exactly what the lockfile says, unless that stands there already.
 * @param {string} root the repository
 * @param {typeof runCommand} [run]
 * @returns {Promise<boolean>} whether anything was installed
 * @throws Error that says what a person can do, when npm failed
 */
export async function installDependencies(root, run = runCommand) {
  const mark = path.join(root, MARK);
  const hash = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === hash) return false;
  const isThere = isInstalled(root);
  if (!isThere) await cleanInstall(mark, run);
  writeFileSync(mark, hash);
  return !isThere;
}

/**
 * @param {string} mark
 * @param {typeof runCommand} run
 */
async function cleanInstall(mark, run) {
  console.log('Installing dependencies …');
  rmSync(mark, { force: true });
  if ((await run('npm', ['ci', '--prefer-offline'])) === 0) return;
  console.log('npm could not install them. Trying again with what it has kept of earlier times …');
  if ((await run('npm', ['ci', '--offline'])) === 0) return;
  throw new Error(
    'The dependencies could not be installed; npm says above why. If the registry cannot be ' +
      'reached, mend the network or name another one (npm config set registry …), then run this ' +
      'again: it starts afresh.',
  );
}

/**
 * Whether npm itself has put there what the lockfile names: it writes its own record of
 * `node_modules` as the last thing that it does. Optional packages are for other machines.
 * @param {string} root
 */
function isInstalled(root) {
  const wanted = readLockfile(path.join(root, 'package-lock.json'));
  const present = readLockfile(path.join(root, 'node_modules/.package-lock.json'));
  if (wanted === null || present === null) return false;
  return Object.entries(wanted.packages).every(
    ([where, { version, optional }]) =>
      where === '' || optional === true || present.packages[where]?.version === version,
  );
}

/**
 * @param {string} file
 * @returns {Lockfile | null}
 */
function readLockfile(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}
