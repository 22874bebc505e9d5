/**
 * `npm start`: the main job on a machine that has Node and nothing else. With a display it opens a
 * browser to try things in; without one, or with `--headless`, it runs the tour.
 */
import { runCommand } from './run-command.mjs';
import { setUp } from './set-up.mjs';

async function main() {
  const { browser } = await setUp({ browser: true });
  if (browser !== null) process.env['CHROME_PATH'] = browser.path;
  console.log('Building the extension …');
  const built = await runCommand('npm', ['run', '--silent', 'build:e2e']);
  if (built !== 0) return built;
  const args = ['--import', 'tsx', 'scripts/start/main.ts', ...process.argv.slice(2)];
  return runCommand(process.execPath, args);
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
