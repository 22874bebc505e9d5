import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { defineConfig } from 'wxt';
import { pagesInFewFiles } from './scripts/pages-in-few-files.ts';

/**
 * Fixes the id of unpacked Chromium builds, and with it the redirect address that a person registers
 * at a provider. Public by nature; a store replaces it by its own.
 */
const CHROMIUM_KEY =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAsAU56DqO2DdWTOOIZIjfP5eqcyOPkbESI6OjwdmBgioqeYnwcgTjQRHvfUiEKMoRgWbANWTp8OqYQZbLSKwo71wKfRgs/Pf3YEvXTklIxWIES78hT+Gm2EMEPnu0aHDSBFv7D/+CBfWBC6JqLuM7kwpmNG9ftL1NphGIC+0W57az3J7y4Q530UcVIu7TvjCVl/XEDNKokG2ddFen7H4R+SYvcgskd/D1+yHr1uCt5LTD9KZVNIGddRwpYRq8KeQA/Slp/x6K3R7BK24tvpk6JO3Gq0PkLOQknUqUDtQPbzefMRej9JjxkRr98SSOB5V/S9Q/dhhAtuPi8cKKVHOOawIDAQAB';

/** Loopback is named beside `https:` because people run services on their own machine, and so do our tests. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self' https: http://127.0.0.1:* http://localhost:*",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const CHROME_MIN = 150;
const FIREFOX_MIN = 140;

const NATIVE_BROWSER = fileURLToPath(new URL('lib/browser/native-browser.ts', import.meta.url));
const ANY_HOST = ['https://*/*', 'http://127.0.0.1/*', 'http://localhost/*'];
const LOOPBACK = ['http://127.0.0.1/*', 'http://localhost/*', 'https://127.0.0.1/*'];
/** Where Chromium sends people back to (docs/decisions/0025-sign-in-in-a-tab.md). */
const REDIRECT = 'https://*.chromiumapp.org/*';

/**
 * Has V8 compile a page's script at once and keep the result: without this it compiles again, at each
 * opening, whatever runs only when the data are there (https://v8.dev/blog/explicit-compile-hints).
 */
const compiledAtOnce: Plugin = {
  name: 'compiled-at-once',
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle))
      if (file.type === 'chunk' && file.fileName.startsWith('chunks/'))
        file.code = `//# allFunctionsCalledOnLoad\n${file.code}`;
  },
};

/** Takes the points at which tests end the worker out of every build but theirs. */
const withoutFailpoints: Plugin = {
  name: 'without-failpoints',
  enforce: 'pre',
  transform: (code, id) =>
    id.includes('/lib/')
      ? { code: code.replaceAll(/^ *await failpoint\(.*\);$/gm, ''), map: null }
      : null,
};

/** Takes what idb lets `for await` walk with out of it: nobody here does, and every page would load it. */
const withoutIterators: Plugin = {
  name: 'without-iterators',
  enforce: 'pre',
  transform(code, id) {
    if (!id.endsWith('/idb/build/index.js')) return null;
    const [before, iterators, after] = code.split(/^(?=const advanceMethodProps|export \{)/m);
    if (iterators?.includes('async function* iterate') !== true || after === undefined)
      throw new Error('idb is another: see what is left out of it.');
    return { code: `${before}${after}`, map: null };
  },
};

/** Chromium alone: there it was measured, and is tried by every end-to-end test. */
const inFewFiles = pagesInFewFiles();

export default defineConfig({
  modules: ['@wxt-dev/webextension-polyfill'],
  imports: false,
  manifestVersion: 3,
  targetBrowsers: ['chrome', 'firefox'],
  manifest: ({ browser, mode, command }) => ({
    name: '__MSG_extension_name__',
    description: '__MSG_extension_description__',
    default_locale: 'en',
    permissions: [
      'activeTab',
      'alarms',
      'declarativeNetRequestWithHostAccess',
      'identity',
      'notifications',
      // For `storage.managed` (docs/decisions/0012-view-only.md) the marker of docs/decisions/0021-corruption.md,
      // and the key of docs/decisions/0020-vault-passphrase.md.
      'storage',
      'unlimitedStorage',
    ],
    optional_host_permissions: ANY_HOST,
    // Headless browsers cannot answer a permission prompt: this mode grants loopback and the redirect's
    // host beforehand and differs in nothing else.
    ...(mode === 'e2e' && { host_permissions: [...LOOPBACK, REDIRECT] }),
    action: { default_title: '__MSG_extension_name__' },
    ...(command === 'build' && {
      content_security_policy: { extension_pages: CONTENT_SECURITY_POLICY },
    }),
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'patchbay@patchbay.example',
              strict_min_version: `${FIREFOX_MIN}.0`,
              data_collection_permissions: { required: ['authenticationInfo'] },
            },
          },
        }
      : {
          key: CHROMIUM_KEY,
          minimum_chrome_version: String(CHROME_MIN),
          // Firefox takes what an organisation set as it is, and warns of the key.
          storage: { managed_schema: 'managed.schema.json' },
        }),
  }),
  vite: ({ browser, command, mode }) => ({
    // Any mode but `production` would otherwise carry the file and line of each element along.
    oxc: {
      jsx: { runtime: 'automatic', importSource: 'preact', development: mode === 'development' },
    },
    // Chromium has a native `browser` from 148 on and the polyfill steps aside there, but its wrapper
    // still binds every API on each start: see docs/decisions/0006-polyfill.md.
    resolve: { alias: browser === 'chrome' ? { 'webextension-polyfill': NATIVE_BROWSER } : {} },
    build: {
      modulePreload: { polyfill: false },
      // The oldest browsers that may install it: nothing is rewritten that they know.
      target: browser === 'firefox' ? `firefox${FIREFOX_MIN}` : `chrome${CHROME_MIN}`,
    },
    plugins: [
      ...(browser === 'chrome' && command === 'build' ? [inFewFiles.plugin] : []),
      compiledAtOnce,
      withoutIterators,
      ...(mode === 'e2e' ? [] : [withoutFailpoints]),
    ],
  }),
  hooks: {
    'build:manifestGenerated': (_, { content_security_policy: policies }) => {
      const policy = typeof policies === 'object' ? policies.extension_pages : undefined;
      if (typeof policies !== 'object' || policy === undefined) return;
      const sources = ["style-src 'self'", ...inFewFiles.styleSources()].join(' ');
      policies.extension_pages = policy.replace("style-src 'self'", () => sources);
    },
    // Every file costs a page time (a request, a module): built on its own, each has one script.
    'entrypoints:grouped': (_, groups) => {
      const alone = groups.flatMap((group) =>
        Array.isArray(group) ? group.map((page) => [page]) : [group],
      );
      groups.splice(0, groups.length, ...alone);
    },
  },
  outDirTemplate: '{{browser}}-mv{{manifestVersion}}{{modeSuffix}}',
});
