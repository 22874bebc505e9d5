/**
 * Draws the icon's sizes from `public/icon/patchbay.svg`: `tsx scripts/draw-icons.ts`. Run it after
 * the drawing has changed; the pictures are kept, so that a build needs no browser.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import { findBrowser } from './find-browser.mjs';

const SIZES = [16, 32, 48, 128];
const ICONS = new URL('../public/icon/', import.meta.url);

const svg = await readFile(new URL('patchbay.svg', ICONS), 'utf8');
const { browser: found } = findBrowser();
if (found === null) throw new Error('There is no browser. Run "node scripts/set-up.mjs".');
const browser = await chromium.launch({ executablePath: found.path, args: ['--no-sandbox'] });
for (const size of SIZES) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const sized = svg.replace(
    '<svg ',
    `<svg width="${size}" height="${size}" style="display:block" `,
  );
  await page.setContent(`<body style="margin:0">${sized}</body>`);
  const png = await page.screenshot({ omitBackground: true });
  await writeFile(new URL(`${size}.png`, ICONS), png);
  await page.close();
}
await browser.close();
