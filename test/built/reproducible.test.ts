/** What is packaged comes from this source and from released libraries, and from nowhere else. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { IS_DEEP } from '../support/deep.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** All that a build reads of this repository. */
const SOURCES = [
  'components',
  'entrypoints',
  'lib',
  'public',
  'scripts/pages-in-few-files.ts',
  'package.json',
  'tsconfig.json',
  'wxt.config.ts',
];
const BROWSERS = ['chrome', 'firefox'] as const;
const BUILD_TIMEOUT = 120_000;

interface Lock {
  readonly packages: Readonly<
    Record<string, { version: string; integrity?: string; hasInstallScript?: boolean } | undefined>
  >;
}

function json<T>(...name: string[]): T {
  return JSON.parse(readFileSync(path.join(ROOT, ...name), 'utf8')) as T;
}

/** Each file of a package by its path, as what it holds comes to. */
function contents(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(path.join(folder, name)).isFile())
    .toSorted();
  return Object.fromEntries(
    names.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(path.join(folder, name)))
        .digest('hex'),
    ]),
  );
}

it.each(IS_DEEP ? BROWSERS : BROWSERS.slice(0, 1))(
  'the package for %s is the same, byte by byte, when it is built again elsewhere [E11]',
  (browser) => {
    const elsewhere = mkdtempSync(path.join(tmpdir(), 'patchbay-again-'));
    try {
      for (const name of SOURCES)
        cpSync(path.join(ROOT, name), path.join(elsewhere, name), { recursive: true });
      const modules = realpathSync(path.join(ROOT, 'node_modules'));
      symlinkSync(modules, path.join(elsewhere, 'node_modules'));
      const wxt = path.join(modules, 'wxt', 'bin', 'wxt.mjs');
      // As a person has it, whatever the run of these tests has set.
      const { NODE_ENV: _test, VITEST: _vitest, MODE: _mode, ...env } = process.env;
      execFileSync(process.execPath, [wxt, 'build', '--browser', browser], {
        cwd: elsewhere,
        env,
        stdio: 'pipe',
      });
      const folder = path.join('.output', `${browser}-mv3`);
      const again = contents(path.join(elsewhere, folder));
      expect(Object.keys(again).length).toBeGreaterThan(10);
      expect(again).toEqual(contents(path.join(ROOT, folder)));
    } finally {
      rmSync(elsewhere, { recursive: true, force: true });
    }
  },
  BUILD_TIMEOUT,
);

it('each library in it is a release, named exactly and known by its hash, and runs nothing when it is installed [E11]', () => {
  const { dependencies } = json<{ dependencies: Record<string, string> }>('package.json');
  const { packages } = json<Lock>('package-lock.json');
  expect(Object.keys(dependencies)).not.toEqual([]);
  for (const [name, version] of Object.entries(dependencies)) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
    const locked = packages[`node_modules/${name}`];
    expect(locked, name).toMatchObject({
      version,
      integrity: expect.stringMatching(/^sha512-/),
    });
    expect(locked?.hasInstallScript, name).toBeUndefined();
    expect(json<{ version: string }>('node_modules', name, 'package.json').version, name).toBe(
      version,
    );
  }
});
