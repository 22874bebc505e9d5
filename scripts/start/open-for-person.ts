import { homedir } from 'node:os';
import { join } from 'node:path';
import { startPracticeFrom } from '../../test/servers/fixed-ports.ts';
import { launchWithExtension } from '../../test/support/browser/launch.ts';
import { EXTENSION_DIR } from './extension-dir.ts';
import { importDefinitions } from './import-definitions.ts';

/** Kept between starts, so that yesterday's connections are there today. */
const PROFILE = join(homedir(), '.cache', 'patchbay-practice');

/**
 * Starts the practice services and a browser with the extension in it, shows the practice desk, and
 * stays until the browser is closed.
 */
export async function openForPerson(): Promise<void> {
  const practice = await startPracticeFrom();
  const browser = await launchWithExtension({
    extensionDir: EXTENSION_DIR,
    headless: false,
    userDataDir: PROFILE,
  });
  const options = await browser.page('options.html#/connections');
  await importDefinitions(options, Object.values(practice.definitions));
  const desk = await browser.context.newPage();
  await desk.goto(practice.origins.desk);
  console.log(`
The practice desk is open in the browser: ${practice.origins.desk}
It says what to try. Patchbay is behind the puzzle piece in the toolbar; pin it there.
Close the browser, or press Ctrl+C here, to end.`);
  await new Promise<void>((resolve) => {
    browser.context.on('close', () => resolve());
    process.once('SIGINT', () => resolve());
  });
  await browser.close().catch(() => undefined);
  await practice.stop();
  process.exit(0);
}
