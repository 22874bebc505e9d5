/**
 * Draws every screen and dialog, in both themes and three widths, one sheet a screen, and writes
 * docs/screens.md: `npm run build:e2e`, then `npm run draw`. Names of screens after it draw those alone.
 */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { startPractice } from '../test/servers/practice.ts';
import { launchWithExtension, type LaunchedBrowser } from '../test/support/browser/launch.ts';
import { E2E_BUILD, setup as requireBuild } from '../test/support/browser/require-build.ts';
import { SCREENS, type Screen } from './draw/screens.ts';

const PICTURES = new URL('../docs/pictures/screens/', import.meta.url);
const PAGE = new URL('../docs/screens.md', import.meta.url);
const WIDTHS = { options: [400, 1000, 1600], popup: [400] } as const;
const HEIGHTS = { options: 900, popup: 600 } as const;
const SCALE = { options: 0.6, popup: 1 } as const;
const THEMES = ['light', 'dark'] as const;
const BYTES_MAX = 250_000;

/** A row for each theme, a place in it for each width. */
type Shots = readonly (readonly string[])[];

async function shots(browser: LaunchedBrowser, screen: Screen): Promise<Shots> {
  const page = await browser.page(
    screen.page === 'popup' ? 'popup.html' : `options.html${screen.hash ?? '#/connections'}`,
  );
  const height = HEIGHTS[screen.page];
  await page.setViewportSize({ width: screen.page === 'popup' ? 400 : 1600, height });
  await page.waitForLoadState('networkidle');
  await screen.open?.(page);
  const rows: string[][] = [];
  for (const colorScheme of THEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const row: string[] = [];
    for (const width of WIDTHS[screen.page]) {
      await page.setViewportSize({ width, height });
      row.push((await page.screenshot({ animations: 'disabled' })).toString('base64'));
    }
    rows.push(row);
  }
  await page.close();
  return rows;
}

/** Puts pictures side by side, as WebP. */
async function sheet(canvas: Page, rows: Shots, scale: number): Promise<Buffer> {
  const base64 = await canvas.evaluate(
    async ([rows, scale, bytesMax]) => {
      const GAP = 16;
      const images = await Promise.all(
        rows.map((row) =>
          Promise.all(
            row.map(async (png) => {
              const image = new Image();
              image.src = `data:image/png;base64,${png}`;
              await image.decode();
              return image;
            }),
          ),
        ),
      );
      const widthOf = (row: readonly HTMLImageElement[]) =>
        row.reduce((sum, { width }) => sum + width * scale + GAP, GAP);
      const heightOf = ([first]: readonly HTMLImageElement[]) => (first?.height ?? 0) * scale + GAP;
      const board = document.createElement('canvas');
      board.width = Math.max(...images.map(widthOf));
      board.height = images.reduce((sum, row) => sum + heightOf(row), GAP);
      const pen = board.getContext('2d');
      if (pen === null) throw new Error('There is no canvas.');
      pen.fillStyle = '#c9d0d8';
      pen.fillRect(0, 0, board.width, board.height);
      pen.imageSmoothingQuality = 'high';
      let top = GAP;
      for (const row of images) {
        let left = GAP;
        for (const image of row) {
          pen.drawImage(image, left, top, image.width * scale, image.height * scale);
          left += image.width * scale + GAP;
        }
        top += heightOf(row);
      }
      for (const quality of [0.7, 0.6, 0.5, 0.4]) {
        const [, data = ''] = board.toDataURL('image/webp', quality).split(',');
        if (data.length * 0.75 < bytesMax) return data;
      }
      throw new Error('The sheet is too large.');
    },
    [rows, scale, BYTES_MAX] as const,
  );
  return Buffer.from(base64, 'base64');
}

function contents(): string {
  const parts = SCREENS.map(
    ({ name, title, text }) =>
      `## ${title}\n\n${text}\n\n![${title}](pictures/screens/${name}.webp)\n`,
  );
  return `# Every screen\n\nLight and dark; the options page at 400, 1000 and 1600 px. Drawn by \`npm run build:e2e && npm run draw\` from connections to the practice services.\n\n${parts.join('\n')}`;
}

requireBuild();
const wanted = process.argv.slice(2);
const practice = await startPractice();
const browser = await launchWithExtension({ extensionDir: E2E_BUILD, headless: true });
try {
  const canvas = await browser.context.newPage();
  await mkdir(PICTURES, { recursive: true });
  for (const screen of SCREENS) {
    if (screen.before !== undefined) {
      const page = await browser.page('manifest.json');
      await screen.before({ practice, browser, page });
      await page.close();
    }
    if (wanted.length > 0 && !wanted.includes(screen.name)) continue;
    const picture = await sheet(canvas, await shots(browser, screen), SCALE[screen.page]);
    await writeFile(new URL(`${screen.name}.webp`, PICTURES), picture);
    console.log(`${screen.name}: ${Math.round(picture.length / 1000)} kB`);
  }
  const known = new Set(SCREENS.map(({ name }) => `${name}.webp`));
  for (const file of await readdir(PICTURES))
    if (!known.has(file)) await rm(new URL(file, PICTURES));
  await writeFile(PAGE, contents());
} finally {
  await browser.close();
  await practice.stop();
}
