import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../architecture/lint-tree.ts';
import { ownFiles } from '../architecture/own-files.ts';
import { AWAITED, ROWS, rowsIn } from './rows.ts';
import { faultsPage, withoutOutcomes } from './table.ts';

const ids = ROWS.map(({ id }) => id);
const page = readFileSync(path.join(ROOT, 'docs/faults.md'), 'utf8');

/** What test files name: at the end of a title, or for the title of each of several. */
const named = new Set(
  ownFiles(ROOT)
    .filter((file) => /^test\/.*\.(test|e2e)\.tsx?$/.test(file) && !file.startsWith('test/faults/'))
    .flatMap((file) => {
      const text = readFileSync(path.join(ROOT, file), 'utf8');
      const titles = [...text.matchAll(/( \[(?:[FOE]\d+ ?)+\])['`]/g)];
      const fields = [...text.matchAll(/: '([FOE]\d{1,2})'/g)];
      return [...titles.flatMap(([, end = '']) => rowsIn(end)), ...fields.map(([, id = '']) => id)];
    }),
);

describe('the rows of docs/faults.md', () => {
  it('each have a test, or a reason why there is none', () => {
    const open = ROWS.filter(({ id, notHere }) => !named.has(id) && notHere === undefined);
    expect(open.map(({ id }) => id)).toEqual(AWAITED);
  });

  it('are all that tests name', () => {
    expect([...named].filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('stand in the page, each once and in order', () => {
    const shown = [...page.matchAll(/^\| ([FOE]\d+) /gm)].map(([, id]) => id);
    expect(shown).toEqual(ids);
  });
});

describe('the page', () => {
  const told = (status: string) => [
    { file: 'test/e2e/a.e2e.ts', fullName: 'a wire that is cut [F11 F16]', status },
    { file: 'test/e2e/a.e2e.ts', fullName: 'nothing in particular', status },
  ];

  it('says which test stands for a row, and what came of it', () => {
    const line = (status: string) =>
      faultsPage(told(status))
        .split('\n')
        .find((one) => one.startsWith('| F11 '));
    expect(line('passed')).toContain('a wire that is cut ([a.e2e.ts](../test/e2e/a.e2e.ts)) ');
    expect(line('passed')).toMatch(/\| as required +\|$/);
    expect(line('failed')).toMatch(/\| \*\*failed\*\* +\|$/);
    expect(line('skipped')).toMatch(/\| not run +\|$/);
  });

  it('counts a test once that several reports tell of, as the one does that ran it, and a failure most', () => {
    const outcome = (...statuses: string[]) =>
      faultsPage(statuses.flatMap(told))
        .split('\n')
        .filter((one) => one.includes('a wire that is cut') && one.includes('| F11 '))
        .map((one) => one.split(' | ').at(-1)?.replace('|', '').trim());
    expect(outcome('skipped', 'passed')).toEqual(['as required']);
    expect(outcome('passed', 'skipped')).toEqual(['as required']);
    expect(outcome('passed', 'failed', 'passed')).toEqual(['**failed**']);
    expect(outcome('skipped', 'skipped')).toEqual(['not run']);
  });

  it('is compared without what came of the tests', () => {
    const [passed, failed] = [faultsPage(told('passed')), faultsPage(told('failed'))];
    expect(withoutOutcomes(passed)).toBe(withoutOutcomes(failed));
    expect(withoutOutcomes(passed)).not.toBe(withoutOutcomes(faultsPage([])));
  });
});
