import { readdirSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SCREENS } from '../../scripts/draw/screens.ts';

const DOCS = new URL('../../docs/', import.meta.url);
const page = readFileSync(new URL('screens.md', DOCS), 'utf8');
const named = [...page.matchAll(/\]\((pictures\/screens\/[^)]+)\)/g)].map(([, path = '']) => path);
const drawn = readdirSync(new URL('pictures/screens/', DOCS)).map(
  (file) => `pictures/screens/${file}`,
);

describe('docs/screens.md', () => {
  it('shows every picture that there is, and none that there is not', () => {
    expect(named.toSorted()).toEqual(drawn.toSorted());
  });

  it('shows every screen that the script draws, in its order', () => {
    expect(named).toEqual(SCREENS.map(({ name }) => `pictures/screens/${name}.webp`));
    for (const { title, text } of SCREENS) expect(page).toContain(`## ${title}\n\n${text}\n`);
  });

  it('is light to load', () => {
    for (const path of drawn) expect(statSync(new URL(path, DOCS)).size).toBeLessThan(250_000);
  });
});
