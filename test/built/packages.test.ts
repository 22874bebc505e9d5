/** Bounds on what a person downloads and what each opening of the popup costs, read off the build. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { failpoints } from '../support/failpoints.ts';

const OUTPUT = fileURLToPath(new URL('../../.output', import.meta.url));
const CHROMIUM = path.join(OUTPUT, 'chrome-mv3');
const FIREFOX = path.join(OUTPUT, 'firefox-mv3');
const KB = 1000;

interface Manifest {
  readonly permissions: string[];
  readonly host_permissions?: string[];
  readonly optional_host_permissions?: string[];
  readonly content_security_policy?: { readonly extension_pages: string };
  readonly [key: string]: unknown;
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(read(folder, 'manifest.json')) as Manifest;
}

function read(folder: string, name: string): string {
  const file = path.join(folder, name);
  if (!existsSync(file)) throw new Error(`${file} is missing. Run "npm run build" first.`);
  return readFileSync(file, 'utf8');
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(path.join(folder, name)).isFile(),
  );
}

/** Everything that a page loads before it can show itself: its scripts, what they import, its styles. */
function loadedBy(folder: string, page: string): string[] {
  const html = read(folder, page);
  const waiting = [...html.matchAll(/(?:src|href)="\/?([^"]+\.(?:js|css))"/g)].map(
    (m) => m[1] ?? '',
  );
  const found = new Set<string>();
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    if (!name.endsWith('.js')) continue;
    for (const match of read(folder, name).matchAll(/(?:from|import)\s*["'`](\.[^"'`]+)["'`]/g))
      waiting.push(path.posix.join(path.posix.dirname(name), match[1] ?? ''));
  }
  return [...found];
}

/** What the styles take that a page holds itself, gzipped. */
function stylesIn(folder: string, page: string): number {
  const styles = /<style>(.+)<\/style>/s.exec(read(folder, page))?.[1];
  if (styles === undefined) throw new Error(`${page} has no styles of its own.`);
  return gzipSync(styles).length;
}

function zippedSize(folder: string): number {
  const scratch = mkdtempSync(path.join(tmpdir(), 'patchbay-zip-'));
  try {
    const archive = path.join(scratch, 'package.tar.gz');
    execFileSync('tar', ['-czf', archive, '-C', folder, '.']);
    return statSync(archive).size;
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

const gzipped = (folder: string, name: string): number => gzipSync(read(folder, name)).length;
const kb = (bytes: number): string => `${(bytes / KB).toFixed(1)} kB`;

describe('the Chromium package', () => {
  it('is at most 350 kB packed', () => {
    const size = zippedSize(CHROMIUM);
    console.log(`package: ${kb(size)}`);
    expect(size).toBeLessThanOrEqual(350 * KB);
  });

  it('has a popup of at most 30 kB gzipped in at most 4 requests', () => {
    const loaded = loadedBy(CHROMIUM, 'popup.html');
    const styles = stylesIn(CHROMIUM, 'popup.html');
    const size = loaded.reduce((sum, name) => sum + gzipped(CHROMIUM, name), styles);
    console.log(
      `popup: ${kb(size)} gzipped in ${loaded.length + 1} requests: ${loaded.join(', ')}`,
    );
    expect(loaded.length).toBeGreaterThan(0);
    expect(loaded.length + 1).toBeLessThanOrEqual(4);
    expect(size).toBeLessThanOrEqual(30 * KB);
  });

  it('has a background script of at most 215 kB', () => {
    const size = Buffer.byteLength(read(CHROMIUM, 'background.js'));
    console.log(`background: ${kb(size)}`);
    expect(size).toBeLessThanOrEqual(215 * KB);
    expect(read(CHROMIUM, 'background.js')).not.toMatch(/\bimport\s*[("'`]\.\//);
  });
});

it('lets the styles of its pages through by what they hold, and no others [E2]', () => {
  const pages = ['options.html', 'popup.html'].map((page) => read(CHROMIUM, page));
  const hashes = pages.flatMap((html) =>
    [...html.matchAll(/<style>(.*?)<\/style>/gs)].map(
      ([, styles = '']) => `'sha256-${createHash('sha256').update(styles).digest('base64')}'`,
    ),
  );
  expect(hashes).toHaveLength(2);
  const sources = (folder: string): string[] | undefined =>
    /style-src ([^;]+);/
      .exec(manifestOf(folder).content_security_policy?.extension_pages ?? '')?.[1]
      ?.split(' ')
      .toSorted();
  expect(sources(CHROMIUM)).toEqual([...hashes, "'self'"].toSorted());
  expect(sources(FIREFOX)).toEqual(["'self'"]);
});

describe.each([
  ['Chromium', CHROMIUM],
  ['Firefox', FIREFOX],
])('the %s package', (_, folder) => {
  const manifest = manifestOf(folder);

  it('asks for exactly the permissions that are explained [E1]', () => {
    expect(manifest.permissions.toSorted()).toEqual([
      'activeTab',
      'alarms',
      'declarativeNetRequestWithHostAccess',
      'identity',
      'notifications',
      'storage',
      'unlimitedStorage',
    ]);
    expect(manifest.host_permissions ?? []).toEqual([]);
    for (const absent of [
      'content_scripts',
      'web_accessible_resources',
      'externally_connectable',
      'optional_permissions',
    ])
      expect(manifest).not.toHaveProperty(absent);
  });

  it('lets its pages run nothing but its own scripts [E2]', () => {
    const policy = manifest.content_security_policy?.extension_pages ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toContain('unsafe');
  });

  it('has no point at which tests end the worker', () => {
    const worker = read(folder, 'background.js');
    expect(failpoints().filter(({ name }) => worker.includes(name))).toEqual([]);
    expect(worker).not.toContain('failpoint');
  });

  it('holds no source map, no evaluated code, no secret and no address of this machine [O21 E11]', () => {
    const names = filesIn(folder);
    expect(names.filter((name) => name.endsWith('.map'))).toEqual([]);
    for (const name of names.filter((one) => /\.(js|html|css|json)$/.test(one))) {
      const text = read(folder, name);
      expect(text, name).not.toMatch(/\beval\(|new Function\(|sourceMappingURL/);
      expect(text, name).not.toMatch(/(gh[pousr]_|xox[bp]-|sk_live_|AKIA|-----BEGIN)[A-Za-z0-9]/);
      expect(text, name).not.toContain(path.dirname(OUTPUT));
    }
  });
});

describe('what Firefox asks to be declared', () => {
  it('is that keys and tokens go to their providers, and nothing more [E10]', () => {
    expect(manifestOf(FIREFOX)['browser_specific_settings']).toMatchObject({
      gecko: { data_collection_permissions: { required: ['authenticationInfo'] } },
    });
  });
});
