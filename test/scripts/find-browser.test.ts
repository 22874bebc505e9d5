import { describe, expect, it } from 'vitest';
import { findBrowser } from '../../scripts/find-browser.mjs';

type Machine = NonNullable<Parameters<typeof findBrowser>[0]>;

/** A machine on which the given programs stand, each saying its line when asked for its version. */
function machine(programs: Record<string, string | null>, rest: Partial<Machine> = {}): Machine {
  return {
    platform: 'linux',
    env: { PATH: '/usr/local/bin:/usr/bin' },
    home: '/people/a',
    isExecutable: (file) => file in programs,
    list: () => [],
    versionLine: (file) => programs[file] ?? null,
    oldest: 150,
    ...rest,
  };
}

describe('the choice of a browser', () => {
  it('takes Chromium before others, whatever the order on the PATH', () => {
    const { browser } = findBrowser(
      machine({
        '/usr/local/bin/microsoft-edge': 'Microsoft Edge 156.0.1.2',
        '/usr/local/bin/google-chrome': 'Google Chrome 156.0.1.2',
        '/usr/bin/chromium': 'Chromium 156.0.8078.79 built on Debian GNU/Linux 12',
      }),
    );
    expect(browser).toMatchObject({
      path: '/usr/bin/chromium',
      name: 'Chromium',
      version: 156,
      takesLoadExtension: true,
    });
  });

  it('takes branded Chrome last, and knows that it ignores --load-extension', () => {
    const chrome = { '/usr/bin/google-chrome': 'Google Chrome 156.0.1.2' };
    expect(findBrowser(machine(chrome)).browser).toMatchObject({
      name: 'Google Chrome',
      takesLoadExtension: false,
    });

    const brave = { ...chrome, '/usr/bin/brave-browser': 'Brave Browser 156.1.90.1' };
    expect(findBrowser(machine(brave)).browser?.name).toBe('Brave');
  });

  it('goes by what a browser says of itself, not by its file name', () => {
    const { browser } = findBrowser(
      machine({ '/usr/bin/chromium': 'Google Chrome for Testing 156.0.1.2' }),
    );
    expect(browser?.name).toBe('Chrome for Testing');
  });

  it('takes the newest of those that Playwright has downloaded before branded Chrome', () => {
    const old = '/people/a/.cache/ms-playwright/chromium-999/chrome-linux/chrome';
    const recent = '/people/a/.cache/ms-playwright/chromium-1200/chrome-linux/chrome';
    const { browser } = findBrowser(
      machine(
        {
          '/usr/bin/google-chrome': 'Google Chrome 156.0.1.2',
          [old]: 'Chromium 151.0.1.2',
          [recent]: 'Chromium 156.0.1.2',
        },
        { list: () => ['chromium-999', 'chromium-1200', 'chromium_headless_shell-1200', 'ffmpeg'] },
      ),
    );
    expect(browser?.path).toBe(recent);
  });

  it('passes over one that is too old or does not start, and says why', () => {
    const { browser, passedOver } = findBrowser(
      machine({
        '/usr/local/bin/chromium': 'Chromium 120.0.1.2',
        '/usr/bin/chromium': null,
        '/usr/bin/microsoft-edge': 'Microsoft Edge 156.0.1.2',
      }),
    );
    expect(browser?.name).toBe('Microsoft Edge');
    expect(passedOver).toEqual([
      { path: '/usr/local/bin/chromium', why: 'version 120 is older than 150' },
      { path: '/usr/bin/chromium', why: 'it does not start' },
    ]);
  });

  it('finds nothing on a machine without a browser', () => {
    expect(findBrowser(machine({}))).toEqual({ browser: null, passedOver: [] });
  });
});

describe('CHROME_PATH', () => {
  const env = { PATH: '/usr/bin', CHROME_PATH: '/opt/mine' };

  it('wins over everything that is installed', () => {
    const programs = {
      '/usr/bin/chromium': 'Chromium 156.0.1.2',
      '/opt/mine': 'Vivaldi 156.0.1.2',
    };
    expect(findBrowser(machine(programs, { env })).browser).toMatchObject({
      path: '/opt/mine',
      name: 'A browser that we do not know',
      takesLoadExtension: true,
      why: 'CHROME_PATH names it',
    });
  });

  it('is not silently replaced when it names nothing', () => {
    const programs = { '/usr/bin/chromium': 'Chromium 156.0.1.2' };
    expect(findBrowser(machine(programs, { env }))).toEqual({
      browser: null,
      passedOver: [{ path: '/opt/mine', why: 'no such program' }],
    });
  });
});

describe('other systems', () => {
  it('looks into the Applications folders of macOS', () => {
    const file = '/people/a/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge';
    const { browser } = findBrowser(
      machine({ [file]: 'Microsoft Edge 156.0.1.2' }, { platform: 'darwin' }),
    );
    expect(browser).toMatchObject({ path: file, name: 'Microsoft Edge' });
  });

  it('looks into the program folders of Windows, where browsers do not tell their version', () => {
    const file = 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe';
    const { browser } = findBrowser(
      machine({ [file]: null }, { platform: 'win32', env: { PROGRAMFILES: 'C:\\Program Files' } }),
    );
    expect(browser).toMatchObject({
      path: file,
      name: 'Google Chrome',
      version: null,
      takesLoadExtension: false,
    });
  });
});
