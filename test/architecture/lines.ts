/** One line of source in a file, for lint to judge. */
export interface Line {
  readonly file: string;
  readonly source: string;
}

/** A line and the rule that has to catch it. */
export interface ForbiddenLine extends Line {
  readonly caughtBy: string;
}

const IMPORTS = 'eslint(no-restricted-imports)';
const GLOBALS = 'eslint(no-restricted-globals)';
const PROPERTIES = 'eslint(no-restricted-properties)';

const BROWSER = "export { browser } from 'wxt/browser';";

function openVault(from: string): string {
  return `export { openVault } from '${from}/vault.ts';`;
}

function forbidden(caughtBy: string, file: string, source: string): ForbiddenLine {
  return { file, source, caughtBy };
}

const NO_BROWSER = ['domain', 'providers', 'store', 'oauth', 'health', 'engine', 'client'];

export const FORBIDDEN: readonly ForbiddenLine[] = [
  ...NO_BROWSER.map((room) => forbidden(IMPORTS, `lib/${room}/badge.ts`, BROWSER)),
  forbidden(IMPORTS, 'components/Badge.tsx', BROWSER),
  forbidden(GLOBALS, 'lib/engine/badge.ts', 'export const badge = chrome.action;'),
  forbidden(GLOBALS, 'lib/browser/badge.ts', 'export const badge = globalThis.browser;'),

  forbidden(IMPORTS, 'lib/browser/badge.ts', openVault('../store')),
  forbidden(IMPORTS, 'lib/client/model.ts', openVault('../store')),
  forbidden(IMPORTS, 'lib/rpc/serve.ts', openVault('../store')),
  forbidden(IMPORTS, 'lib/store/read.ts', openVault('.')),
  forbidden(IMPORTS, 'components/Row.tsx', openVault('../lib/store')),
  forbidden(IMPORTS, 'entrypoints/popup/main.tsx', openVault('../../lib/store')),
  forbidden(IMPORTS, 'entrypoints/options/main.tsx', openVault('../../lib/store')),
  forbidden(IMPORTS, 'lib/client/model.ts', "export { commit } from '../store/commit.ts';"),

  forbidden(PROPERTIES, 'lib/domain/due.ts', 'export const now = Date.now();'),
  forbidden(PROPERTIES, 'lib/domain/due.ts', 'export const dice = Math.random();'),
  forbidden(GLOBALS, 'lib/domain/due.ts', 'export const id = crypto.randomUUID();'),
  forbidden(GLOBALS, 'lib/domain/due.ts', 'export const answer = globalThis.fetch;'),
  forbidden(GLOBALS, 'lib/domain/due.ts', 'export const key = window.localStorage;'),
  forbidden(IMPORTS, 'lib/domain/due.ts', "export { openDB } from 'idb';"),

  forbidden(IMPORTS, 'lib/engine/x.ts', "export const x = () => import('../client/x.ts');"),
  forbidden(IMPORTS, 'lib/engine/x.ts', "export type { X } from '../client/x.ts';"),
  forbidden(
    'typescript(consistent-type-imports)',
    'lib/engine/x.ts',
    "export type X = import('../client/x.ts').X;",
  ),
  forbidden(IMPORTS, 'lib/engine/x.ts', "export { x } from '@/lib/domain/x.ts';"),
  forbidden(IMPORTS, 'lib/engine/x.ts', "export { fake } from '../../test/support/fake.ts';"),
  forbidden(IMPORTS, 'lib/engine/x.ts', "export { readFile } from 'node:fs/promises';"),
  forbidden(IMPORTS, 'lib/engine/x.ts', "export { openDB } from 'idb';"),
  forbidden(IMPORTS, 'lib/engine/x.ts', "export { signal } from '@preact/signals';"),
  forbidden(IMPORTS, 'entrypoints/background.ts', "export { x } from './popup/x.ts';"),
  forbidden(IMPORTS, 'entrypoints/popup/x.ts', "export { x } from '../background.ts';"),
  forbidden(IMPORTS, 'entrypoints/popup/x.ts', "export { x } from '../options/x.ts';"),

  forbidden('import(no-default-export)', 'lib/engine/x.ts', 'export default 1;'),
  forbidden('import(no-default-export)', 'components/Row.tsx', 'export default 1;'),
  forbidden('import(no-default-export)', 'test/x.ts', 'export default 1;'),
  forbidden('typescript(no-explicit-any)', 'lib/engine/x.ts', 'export const x = (y: any) => y;'),
  forbidden('typescript(no-explicit-any)', 'test/x.ts', 'export const x = (y: any) => y;'),
  forbidden('eslint(no-console)', 'lib/engine/x.ts', "console.log('x');"),
  forbidden('unicorn(filename-case)', 'lib/engine/checkRow.ts', 'export const x = 1;'),
  forbidden('unicorn(filename-case)', 'components/check-row.tsx', 'export const x = 1;'),
  forbidden('vitest(no-focused-tests)', 'test/x.test.ts', "it.only('x', () => expect(1));"),
  forbidden('vitest(no-disabled-tests)', 'test/x.test.ts', "it.skip('x', () => expect(1));"),
  forbidden('vitest(expect-expect)', 'test/x.test.ts', "it('x', () => {});"),
];

/** The other side of the same walls. */
export const ALLOWED: readonly Line[] = [
  { file: 'lib/browser/badge.ts', source: BROWSER },
  { file: 'lib/rpc/serve.ts', source: BROWSER },
  { file: 'entrypoints/background.ts', source: BROWSER },
  { file: 'entrypoints/popup/main.tsx', source: BROWSER },
  { file: 'lib/engine/connect.ts', source: openVault('../store') },
  { file: 'lib/browser/ports.ts', source: openVault('../store') },
  { file: 'lib/store/vault-key.ts', source: openVault('.') },
  { file: 'entrypoints/background.ts', source: openVault('../lib/store') },
  { file: 'lib/client/model.ts', source: "export { readList } from '../store/read.ts';" },
  { file: 'lib/client/model.ts', source: "export { signal } from '@preact/signals';" },
  { file: 'lib/domain/due.ts', source: "export { object } from 'valibot';" },
  {
    file: 'lib/domain/words.ts',
    source: "export type { default as Messages } from '../../public/_locales/en/messages.json';",
  },
  { file: 'lib/engine/due.ts', source: 'export const now = Date.now();' },
  { file: 'lib/providers/services/x.ts', source: "export type { X } from '../schema.ts';" },
  { file: 'components/Row.tsx', source: "export { Dot } from './Dot.tsx';" },
  { file: 'components/list/Row.tsx', source: "export { Dot } from '../Dot.tsx';" },
  { file: 'entrypoints/background.ts', source: 'export default 1;' },
  { file: 'vitest.config.ts', source: 'export default {};' },
  { file: 'scripts/x.ts', source: "console.log('x');" },
  { file: 'test/x.ts', source: "console.log('x');" },
];
