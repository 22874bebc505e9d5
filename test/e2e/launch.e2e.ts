import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchWithExtension, type LaunchedBrowser } from '../support/browser/launch.ts';
import { alarms, badgeText, notifications, tooltip } from '../support/browser/observe.ts';
import { clickLast, signInWindow } from '../support/browser/sign-in-window.ts';

const FIXTURE = fileURLToPath(new URL('../support/browser/fixture-extension', import.meta.url));

declare const chrome: {
  readonly action: { setBadgeText(details: { text: string }): Promise<void> };
  readonly alarms: { create(name: string, alarm: { delayInMinutes: number }): Promise<void> };
  readonly identity: { getRedirectURL(path: string): string };
  readonly notifications: { create(id: string, options: object): Promise<string> };
  readonly runtime: {
    sendMessage(message: object): Promise<{ value?: unknown; error?: string }>;
  };
};

let browser: LaunchedBrowser;
let page: Page;
let provider: Server;
let origin: string;

/** A sign-in page as a provider has it, in the least: one link that goes back. */
function signInPage(redirect: string): string {
  return `<!doctype html><title>Sign in</title><a href="${redirect}?code=c0de">Allow</a>`;
}

function ask(name: string, argument?: string) {
  return page.evaluate((message) => chrome.runtime.sendMessage(message), { name, argument });
}

beforeAll(async () => {
  provider = createServer((request, response) => {
    const redirect = new URL(request.url ?? '', origin).searchParams.get('redirect_uri') ?? '';
    response.setHeader('content-type', 'text/html').end(signInPage(redirect));
  });
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  browser = await launchWithExtension({ extensionDir: FIXTURE, headless: true });
  page = await browser.page('popup.html');
});

afterAll(async () => {
  await browser.close();
  await new Promise((resolve) => provider.close(resolve));
});

describe('what the toolbar and the system show', () => {
  it('reads the badge, its tooltip, notifications and alarms from a page', async () => {
    await page.evaluate(async () => {
      await chrome.action.setBadgeText({ text: '3' });
      await chrome.alarms.create('sweep', { delayInMinutes: 5 });
      await chrome.notifications.create('broken', {
        type: 'basic',
        iconUrl: 'icon.png',
        title: 'Broken',
        message: 'One connection',
      });
    });
    expect(await badgeText(page)).toBe('3');
    expect(await tooltip(page)).toBe('Launch fixture');
    expect(await notifications(page)).toEqual(['broken']);
    expect((await alarms(page)).map(({ name }) => name)).toEqual(['sweep']);
  });
});

describe('the background worker', () => {
  it('is gone after it was stopped, and a fresh one answers the next message', async () => {
    const { value: before } = await ask('birth');
    const worker = await browser.worker();
    expect(await worker.evaluate('bornAt')).toBe(before);

    await browser.stopWorker();
    const { value: after } = await ask('birth');
    expect(after).toBeGreaterThan(Number(before));
    expect(await (await browser.worker()).evaluate('bornAt')).toBe(after);
  });

  it('may be stopped when it does not run', async () => {
    await browser.stopWorker();
    await browser.stopWorker();
    expect(await ask('birth')).toHaveProperty('value');
  });
});

describe('the sign-in window', () => {
  function startSignIn() {
    return page.evaluate(
      ([at]) => {
        const redirect = chrome.identity.getRedirectURL('fixture');
        const url = `${at}/authorize?redirect_uri=${encodeURIComponent(redirect)}`;
        return chrome.runtime.sendMessage({ name: 'signIn', argument: url });
      },
      [origin],
    );
  }

  it('is a page to fill in, and its redirect comes back to the worker', async () => {
    const opening = signInWindow(browser.context);
    const answer = startSignIn();
    const window = await opening;
    expect(await window.title()).toBe('Sign in');

    await clickLast(window.getByRole('link', { name: 'Allow' }));
    const redirect = `https://${browser.extensionId}.chromiumapp.org/fixture?code=c0de`;
    expect(await answer).toEqual({ value: redirect });
  });

  it('rejects in the worker when the person closes it', async () => {
    const opening = signInWindow(browser.context);
    const answer = startSignIn();
    await (await opening).close();
    expect(await answer).toHaveProperty('error');
  });
});

describe('the toolbar popup', () => {
  it('opens over an ordinary page, can be used and closes', async () => {
    const ordinary = await browser.context.newPage();
    await ordinary.goto(origin);
    const popup = await browser.openToolbarPopup(ordinary);
    expect(popup.url).toBe(`chrome-extension://${browser.extensionId}/popup.html`);

    const pressed = await popup.evaluate((selector) => {
      document.querySelector<HTMLButtonElement>(selector)?.click();
      return document.querySelector(selector)?.textContent;
    }, 'button');
    expect(pressed).toBe('Pressed');
    expect((await popup.screenshot()).subarray(1, 4).toString()).toBe('PNG');

    await popup.close();
    await popup.closed;
    await ordinary.close();
  });
});

describe('the debugging pipe', () => {
  it('carries the extension into a browser that ignores --load-extension', async () => {
    const other = await launchWithExtension({
      extensionDir: FIXTURE,
      headless: true,
      load: 'pipe',
    });
    try {
      expect(other.extensionId).toBe(browser.extensionId);
      const popup = await other.page('popup.html');
      expect(await popup.title()).toBe('Launch fixture');
    } finally {
      await other.close();
    }
  });
});
