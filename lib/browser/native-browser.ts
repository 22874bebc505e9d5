/**
 * What stands in for `webextension-polyfill` in Chromium builds: the browser's own `browser`, which
 * every supported Chromium has.
 */
declare const globalThis: { readonly browser: typeof import('wxt/browser').browser };

export default globalThis.browser;
