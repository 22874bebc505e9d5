/**
 * The recorder hears every life of a worker from its first line: here is one that has nothing to do but
 * to be heard. That it hears our own is shown in canary.e2e.ts.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchWithExtension, type LaunchedBrowser } from '../support/browser/launch.ts';
import { eventually } from './support/eventually.ts';
import { createRecorder } from './support/recorder.ts';

const MANIFEST = {
  manifest_version: 3,
  name: 'Loud fixture',
  version: '1.0',
  background: { service_worker: 'background.js' },
  action: {},
};

/** Says everything at once, marked with when it was born; shows something when it has read, as ours. */
const LOUD = `console.info('said ' + (self.bornAt = Date.now()), { kept: 'inside ' + bornAt });
setTimeout(() => { throw new Error('thrown ' + bornAt); }, 0);
Promise.reject(new Error('rejected ' + bornAt));
indexedDB.open('loud').onsuccess = () => chrome.action.setTitle({ title: 'shown ' + bornAt });
chrome.runtime.onMessage.addListener((_message, _sender, reply) => reply(bornAt));
`;

const recorder = createRecorder();
let folder: string;
let browser: LaunchedBrowser;
let page: Page;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchbay-loud-'));
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(MANIFEST));
  await writeFile(join(folder, 'background.js'), LOUD);
  browser = await launchWithExtension({ extensionDir: folder, headless: true });
  await recorder.attach(browser);
  page = await browser.page('manifest.json');
});

afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
});

/** Wakes the worker when it sleeps. @returns when it was born */
function birth(): Promise<number> {
  return page.evaluate(() => {
    const { chrome } = globalThis as unknown as {
      chrome: { runtime: { sendMessage(message: object): Promise<number> } };
    };
    return chrome.runtime.sendMessage({});
  });
}

function placesOf(text: string): string[] {
  return recorder.leaks([text]).map((leak) => leak.split(' in ')[1] ?? '');
}

const WAYS = {
  shown: ['console of worker'],
  said: ['console of worker'],
  inside: ['console of worker'],
  thrown: ['uncaught error of worker'],
  rejected: ['uncaught error of worker'],
};
const { said, thrown, rejected } = WAYS;

/** Where the worker that was born then was heard, by the way in which it was. */
function heard(bornAt: number): Record<string, string[]> {
  const ways = Object.keys(WAYS);
  return Object.fromEntries(ways.map((way) => [way, placesOf(`${way} ${bornAt}`)]));
}

describe('the recorder', () => {
  it('hears what the first worker said and threw before anybody listened', async () => {
    const bornAt = await birth();
    await eventually(() => expect(heard(bornAt)).toMatchObject({ said, thrown, rejected }));
  });

  it('hears each later one from its first line: what it says, throws and shows', async () => {
    const births = new Set([await birth()]);
    for (let life = 2; life <= 4; life++) {
      await browser.stopWorker();
      const bornAt = await birth();
      births.add(bornAt);
      await eventually(() => expect(heard(bornAt)).toEqual(WAYS));
    }
    expect(births.size).toBe(4);
  });

  it.each([0, 5, 20])(
    'hears the one that begins in the instant in which another is ended, %i ms after it was woken',
    async (ms) => {
      await browser.stopWorker();
      const answer = birth().catch(() => 0);
      await sleep(ms);
      await browser.stopWorker();
      await answer;
      const bornAt = await birth();
      // What it showed in its first milliseconds may have been missed, and nothing else.
      await eventually(() => expect(heard(bornAt)).toMatchObject({ said, thrown, rejected }));
      await browser.stopWorker();
      const after = await birth();
      await eventually(() => expect(heard(after)).toEqual(WAYS));
    },
  );
});
