import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { ROOT } from './lint-tree.ts';
import { ownFiles } from './own-files.ts';

/** Names that may stand at the top, beside those that begin with a dot. */
const TOP_LEVEL = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'components',
  'docs',
  'entrypoints',
  'lib',
  'package-lock.json',
  'package.json',
  'public',
  'scripts',
  'test',
  'tsconfig.json',
  'vitest.config.ts',
  'wxt.config.ts',
];

/** Words that say nothing about what is in a file (`docs/` may call things what it likes). */
const EMPTY_NAMES = /(^|[-/.])(utils?|helpers?|managers?|misc|common)([-/.]|$)/i;

/** Paths of the machine that something was written on, in whatever it prints. */
const MACHINE_PATHS = /(?<![\w.$}])\/(?:work|root|home|Users)\/\w/;

const REGISTRY_HOSTS = /registry\.(?:npmjs|yarnpkg|npmmirror)\.|\bnpm\.pkg\.github\.com|jfrog\.io/;

/** A class that is no error: state belongs into values and closures. */
const OTHER_CLASS = /^(?:export )?(?:abstract )?class \w+(?! extends \w*Error\b)(?:<[^{]*>)? /m;

const LEFT_OUT = /\b(?:it|test|describe|suite)(?:\.\w+)*\.(?:only|skip|todo|fails)\b|\bretry:/;

const EXACT_VERSION = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

interface Lockfile {
  readonly packages: Record<
    string,
    { readonly version?: string; readonly optionalDependencies?: Record<string, string> }
  >;
}

const files = ownFiles(ROOT);
const texts = files.filter((file) => !/\.(png|ico|woff2|zip)$/.test(file));
/** The patterns below stand in this folder themselves. */
const elsewhere = texts.filter((file) => !file.startsWith('test/architecture/'));

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

/** @returns the files among `among` whose text matches */
function saying(pattern: RegExp, among: readonly string[]): string[] {
  return among.filter((file) => pattern.test(read(file)));
}

describe('the repository', () => {
  it('has at its top only what everybody expects there', () => {
    const names = new Set(files.map((file) => file.split('/')[0] ?? file));
    const unexpected = [...names].filter(
      (name) => !name.startsWith('.') && !TOP_LEVEL.includes(name),
    );
    expect(unexpected).toEqual([]);
  });

  it('gives no file a name that says nothing', () => {
    expect(files.filter((file) => EMPTY_NAMES.test(file))).toEqual([]);
  });

  it('names no path of the machine that it was written on', () => {
    expect(saying(MACHINE_PATHS, elsewhere)).toEqual([]);
  });

  it('names no package registry', () => {
    expect(saying(REGISTRY_HOSTS, elsewhere)).toEqual([]);
  });

  it('leaves no test out', () => {
    const tests = elsewhere.filter((file) => file.startsWith('test/'));
    expect(saying(LEFT_OUT, tests)).toEqual([]);
  });

  it('has no class but errors', () => {
    const product = files.filter((file) => /^(lib|components|entrypoints)\/.*\.tsx?$/.test(file));
    expect(saying(OTHER_CLASS, product)).toEqual([]);
  });

  it('walks the store without the iterators that builds leave out of idb', () => {
    const walking = texts.filter((file) => /^(lib|components|entrypoints)\/.*\.tsx?$/.test(file));
    expect(saying(/\bfor await\b|\.iterate\(/, walking)).toEqual([]);
  });

  it('takes the time as an argument in the domain', () => {
    const domain = files.filter((file) => file.startsWith('lib/domain/'));
    expect(domain.length).toBeGreaterThan(0);
    expect(saying(/new Date\(\s*\)|\bDate\(\)/, domain)).toEqual([]);
  });

  it('ignores what is generated', () => {
    expect(files.filter((file) => /^(node_modules|\.output|\.wxt)\//.test(file))).toEqual([]);
  });
});

describe('the dependencies', () => {
  const wanted = { ...packageJson.dependencies, ...packageJson.devDependencies };

  it('are named by exact versions', () => {
    const loose = Object.entries(wanted).filter(([, version]) => !EXACT_VERSION.test(version));
    expect(loose).toEqual([]);
  });

  it('stand in the lockfile as the package file wants them', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as Lockfile;
    const locked = Object.keys(wanted).map((name) => [
      name,
      packages[`node_modules/${name}`]?.version,
    ]);
    expect(Object.fromEntries(locked)).toEqual(wanted);
  });

  it('are locked for other machines than this one too', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as Lockfile;
    const wantedElsewhere = Object.values(packages).flatMap(({ optionalDependencies }) =>
      Object.keys(optionalDependencies ?? {}),
    );
    const locked = new Set(Object.keys(packages).map((at) => at.split('node_modules/').at(-1)));
    expect(wantedElsewhere.filter((name) => !locked.has(name))).toEqual([]);
  });

  it('come from whichever registry npm is told to use', () => {
    expect(read('package-lock.json')).not.toContain('"resolved"');
  });

  it('need no script of ours on being installed', () => {
    const scripts: Record<string, string> = packageJson.scripts;
    const hooks = ['preinstall', 'install', 'postinstall', 'prepare'];
    expect(hooks.filter((hook) => hook in scripts)).toEqual([]);
  });
});

describe('the npm scripts', () => {
  it('run files that exist', () => {
    const run = Object.values(packageJson.scripts).flatMap((script) =>
      [...script.matchAll(/(?:node|tsx) (\S+)/g)].map(([, file]) => file ?? ''),
    );
    expect(run.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
  });
});
