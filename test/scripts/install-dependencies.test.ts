import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { installDependencies } from '../../scripts/install-dependencies.mjs';

let root: string;

/** A lockfile with one package for every machine and one that is for other machines. */
function lockfile(version: string): string {
  return JSON.stringify({
    packages: {
      '': { version: '0.1.0' },
      'node_modules/thing': { version },
      'node_modules/thing-for-other-machines': { version, optional: true },
    },
  });
}

/** What npm leaves behind of its own record. */
async function installed(version: string): Promise<void> {
  const packages = { 'node_modules/thing': { version } };
  await mkdir(path.join(root, 'node_modules'), { recursive: true });
  await writeFile(path.join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages }));
}

beforeEach(async () => {
  vi.spyOn(console, 'log').mockReturnValue();
  root = await mkdtemp(path.join(tmpdir(), 'patchbay-install-'));
  await writeFile(path.join(root, 'package-lock.json'), lockfile('1.0.0'));
});

afterEach(() => rm(root, { recursive: true }));

/** npm, as far as it matters here: installs version 1.0.0, or fails. */
function npm(...statuses: readonly number[]) {
  const left = [...statuses];
  return vi.fn(async () => {
    const status = left.shift() ?? 0;
    if (status === 0) await installed('1.0.0');
    return status;
  });
}

describe('installing the dependencies', () => {
  it('runs npm ci in a fresh clone, and not a second time', async () => {
    const run = npm();
    expect(await installDependencies(root, run)).toBe(true);
    expect(await installDependencies(root, run)).toBe(false);
    expect(run.mock.calls).toEqual([['npm', ['ci', '--prefer-offline']]]);
  });

  it('runs again when the lockfile names another version', async () => {
    const run = npm();
    await installDependencies(root, run);
    await writeFile(path.join(root, 'package-lock.json'), lockfile('2.0.0'));
    await installDependencies(root, run);
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('leaves alone what npm itself has installed', async () => {
    await installed('1.0.0');
    const run = npm();
    expect(await installDependencies(root, run)).toBe(false);
    expect(run).not.toHaveBeenCalled();
  });

  it('falls back to what npm has kept when the registry does not answer', async () => {
    const run = npm(1, 0);
    expect(await installDependencies(root, run)).toBe(true);
    expect(run.mock.lastCall).toEqual(['npm', ['ci', '--offline']]);
  });

  it('says what to do when nothing works, and starts afresh the next time', async () => {
    await expect(installDependencies(root, npm(1, 1))).rejects.toThrow(/mend the network/);
    const run = npm();
    expect(await installDependencies(root, run)).toBe(true);
  });
});
