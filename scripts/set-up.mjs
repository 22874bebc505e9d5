/**
 * Makes a machine that has Node and nothing else ready. Node's own modules alone are imported here
 * and below: this runs before anything is installed.
 */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBrowser } from './find-browser.mjs';
import { installBrowser } from './install-browser.mjs';
import { installDependencies } from './install-dependencies.mjs';
import { runCommand } from './run-command.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * Dependencies, WXT's generated types and, when asked for, a browser. Says nothing when all of it
 * is there, except which browser was taken.
 * @param {{ browser: boolean }} needs
 * @returns {Promise<{ browser: import('./find-browser.mjs').FoundBrowser | null }>} the browser;
 *   null only when none was asked for
 * @throws Error with a sentence for a person, when something could not be had
 */
export async function setUp(needs) {
  process.chdir(ROOT);
  await installDependencies(ROOT);
  await prepareTypes();
  return { browser: needs.browser ? await takeBrowser() : null };
}

/** TypeScript, Vite and the editor read `.wxt/`, which WXT writes from its configuration. */
async function prepareTypes() {
  const generated = path.join(ROOT, '.wxt/tsconfig.json');
  const config = path.join(ROOT, 'wxt.config.ts');
  const isFresh = existsSync(generated) && statSync(generated).mtimeMs >= statSync(config).mtimeMs;
  if (isFresh) return;
  const wxt = path.join(ROOT, 'node_modules/wxt/bin/wxt.mjs');
  const status = await runCommand(process.execPath, [wxt, 'prepare']);
  if (status !== 0) throw new Error('WXT could not prepare the types; it says above why.');
}

async function takeBrowser() {
  const { browser: found, passedOver } = findBrowser();
  for (const { path: file, why } of passedOver) console.log(`Passed over ${file}: ${why}.`);
  if (found === null && process.env['CHROME_PATH']) {
    throw new Error('CHROME_PATH names a browser that cannot be used. Correct it or unset it.');
  }
  const browser = found ?? (await installBrowser());
  const version = browser.version === null ? '' : ` ${browser.version}`;
  console.log(`Browser: ${browser.name}${version}, ${browser.path} (${browser.why}).`);
  if (!browser.takesLoadExtension) {
    console.log('It ignores --load-extension: the extension is loaded over the debugging pipe.');
  }
  return browser;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await setUp({ browser: !process.argv.includes('--no-browser') });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
