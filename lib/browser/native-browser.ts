/**
 * What stands in for `webextension-polyfill` in Chromium builds: the browser's own `browser`, which
 * every supported Chromium has. The package exports it as its default, and so does this.
 */
const native: unknown = Reflect.get(globalThis, 'browser');

export default native;
