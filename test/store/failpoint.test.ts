import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { failpoints, strayCalls } from '../support/failpoints.ts';

const page = readFileSync(new URL('../../docs/failpoints.md', import.meta.url), 'utf8');

describe('the points at which tests end the worker', () => {
  const names = failpoints().map(({ name }) => name);

  it('stand alone on their lines, so that other builds lose them', () => {
    expect(strayCalls()).toEqual([]);
  });

  it('each have a name of their own', () => {
    expect(names.length).toBeGreaterThan(20);
    expect(names.length).toBe(new Set(names).size);
  });

  it('stand in the documentation with what came of them: run npm run test:deep', () => {
    expect([...page.matchAll(/^\| `([a-z-]+)`/gm)].map(([, name]) => name)).toEqual(names);
  });
});
