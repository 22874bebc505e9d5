/**
 * Puts the picture of the README together from the tour's: `npm start -- --headless`, then
 * `tsx scripts/draw-readme-picture.ts`.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import { findBrowser } from './find-browser.mjs';

const TOUR = new URL('../.output/tour/', import.meta.url);
const PICTURE = new URL('../docs/pictures/broken.png', import.meta.url);

async function picture(name: string): Promise<string> {
  const png = await readFile(new URL(name, TOUR));
  return `data:image/png;base64,${png.toString('base64')}`;
}

const { browser: found } = findBrowser();
if (found === null) throw new Error('There is no browser. Run "node scripts/set-up.mjs".');
const browser = await chromium.launch({ executablePath: found.path, args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 1280, height: 600 } });
await page.setContent(`<style>
  body { margin: 0; height: 600px; overflow: hidden; background: #dfe5ea; }
  img { position: absolute; border-radius: 8px; box-shadow: 0 6px 24px #0004; }
</style>
<img src="${await picture('05-options.png')}" style="left:24px;top:40px;width:1020px">
<img src="${await picture('05-popup.png')}" style="right:24px;top:96px;width:400px;height:358px;object-fit:cover;object-position:top">`);
await mkdir(new URL('.', PICTURE), { recursive: true });
await writeFile(PICTURE, await page.screenshot());
await browser.close();
