import { spawn, spawnSync } from 'node:child_process';

/** npm and its like are `.cmd` files on Windows, which only a shell can start. */
const NEEDS_SHELL = process.platform === 'win32';

/**
 * Runs a command to its end, its output going where ours goes.
 * @param {string} command
 * @param {readonly string[]} args fixed words of our own: they may pass through a shell
 * @param {{ env?: Record<string, string> }} [options]
 * @returns {Promise<number>} its exit status; 1 when it was killed, 127 when it could not be started
 */
export function runCommand(command, args, { env = {} } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: 'inherit',
      shell: NEEDS_SHELL,
      env: { ...process.env, ...env },
    });
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(127);
    });
    child.on('close', (status) => resolve(status ?? 1));
  });
}

/**
 * Asks a command for a short answer, silently.
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {string | null} what it printed; null when it failed, is missing or took over ten seconds
 */
export function ask(command, args) {
  const answer = spawnSync(command, args, {
    encoding: 'utf8',
    timeout: 10_000,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return answer.status === 0 ? answer.stdout.trim() : null;
}
