/**
 * @typedef {object} KnownBrowser
 * @property {string} name
 * @property {RegExp} says what its `--version` prints
 * @property {boolean} takesLoadExtension whether `--load-extension` works in it
 * @property {readonly string[]} commands names on the search path (Linux)
 * @property {readonly string[]} mac paths below an Applications folder
 * @property {readonly string[]} windows paths below a program folder
 */

/**
 * Browsers that can carry the extension, the most willing first.
 *
 * Branded Chrome ignores `--load-extension` since version 137 and stands last: the extension gets
 * into it by the DevTools command `Extensions.loadUnpacked` alone, over the debugging pipe and with
 * `--enable-unsafe-extension-debugging`
 * (https://groups.google.com/a/chromium.org/g/chromium-extensions/c/1-g8EFx2BBY).
 * @type {readonly KnownBrowser[]}
 */
export const KNOWN_BROWSERS = [
  {
    name: 'Chromium',
    says: /^Chromium /,
    takesLoadExtension: true,
    commands: ['chromium', 'chromium-browser'],
    mac: ['Chromium.app/Contents/MacOS/Chromium'],
    windows: ['Chromium\\Application\\chrome.exe'],
  },
  {
    name: 'Chrome for Testing',
    says: /^Google Chrome for Testing /,
    takesLoadExtension: true,
    commands: ['chrome-for-testing'],
    mac: ['Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing'],
    windows: ['Google\\Chrome for Testing\\Application\\chrome.exe'],
  },
  {
    name: 'Microsoft Edge',
    says: /^Microsoft Edge /,
    takesLoadExtension: true,
    commands: ['microsoft-edge', 'microsoft-edge-stable'],
    mac: ['Microsoft Edge.app/Contents/MacOS/Microsoft Edge'],
    windows: ['Microsoft\\Edge\\Application\\msedge.exe'],
  },
  {
    name: 'Brave',
    says: /^Brave Browser /,
    takesLoadExtension: true,
    commands: ['brave-browser', 'brave'],
    mac: ['Brave Browser.app/Contents/MacOS/Brave Browser'],
    windows: ['BraveSoftware\\Brave-Browser\\Application\\brave.exe'],
  },
  {
    name: 'Google Chrome',
    says: /^Google Chrome (?!for Testing)/,
    takesLoadExtension: false,
    commands: ['google-chrome', 'google-chrome-stable'],
    mac: ['Google Chrome.app/Contents/MacOS/Google Chrome'],
    windows: ['Google\\Chrome\\Application\\chrome.exe'],
  },
];

/** Files to look for below a folder of Playwright's downloads, `chromium-1234/`. */
export const DOWNLOADED = [
  'chrome-linux64/chrome',
  'chrome-linux/chrome',
  'chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  'chrome-mac-x64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
  'chrome-win64/chrome.exe',
  'chrome-win/chrome.exe',
];
