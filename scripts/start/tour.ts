/**
 * The main job, through the real interface of a real browser: connect, notice, mend. Each step is
 * printed with the list as the popup shows it, and leaves a picture.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startPractice, type Practice } from '../../test/servers/practice.ts';
import { launchWithExtension, type LaunchedBrowser } from '../../test/support/browser/launch.ts';
import { badgeText, notifications } from '../../test/support/browser/observe.ts';
import {
  connectBySignIn,
  connectTyped,
  signInAs,
} from '../../test/support/journey/options-page.ts';
import { until } from '../../test/support/journey/until.ts';
import { EXTENSION_DIR } from './extension-dir.ts';
import { importDefinitions } from './import-definitions.ts';

const PICTURES = '.output/tour';
const CLOUD = 'Practice Cloud';
const KEYS = 'Practice Keys';

interface Tour {
  readonly practice: Practice;
  readonly browser: LaunchedBrowser;
  /** The options page. */
  readonly options: Page;
  /** The popup, open beside it. */
  readonly popup: Page;
}

type Step = readonly [title: string, walk: (tour: Tour) => Promise<void>];

const STEPS: readonly Step[] = [
  [
    'Import the three practice providers',
    async ({ practice, options }) => {
      await importDefinitions(options, Object.values(practice.definitions));
    },
  ],
  [
    'Connect Practice Cloud through its sign-in window',
    async ({ options, popup }) => {
      await connectBySignIn(options, CLOUD, 'alice');
      await showsHealth(popup, CLOUD, /^Active/);
    },
  ],
  [
    'Connect Practice Keys with an API key',
    async ({ practice, options, popup }) => {
      await connectTyped(options, KEYS, { 'API key': practice.control.keyOf('alice') });
      await showsHealth(popup, KEYS, /^Active/);
      await showsBadge(popup, '');
    },
  ],
  [
    'A bad day at the provider: nothing turns red',
    async ({ practice, popup }) => {
      practice.control.setFault('api', { kind: 'status', status: 503 });
      await checkNow(popup);
      await showsHealth(popup, CLOUD, /can’t|trouble|as of/i);
      await showsBadge(popup, '');
      practice.control.setFault('api', null);
      await checkNow(popup);
      await showsHealth(popup, CLOUD, /^Active/);
    },
  ],
  [
    'Alice’s grant is revoked and her key rotated, at their providers',
    async ({ practice, popup }) => {
      practice.control.revokeGrants('alice');
      practice.control.rotateKey('alice');
      await checkNow(popup);
      await showsHealth(popup, CLOUD, /Reconnect needed/);
      await showsHealth(popup, KEYS, /Reconnect needed/);
      await showsBadge(popup, '2');
      await until('a notification', async () => (await notifications(popup)).length === 1);
    },
  ],
  [
    'Reconnect Practice Cloud from the popup',
    async ({ popup }) => {
      const mend = row(popup, CLOUD).getByRole('button', { name: /^Reconnect / });
      await signInAs(popup, 'alice', () => mend.click());
      await showsHealth(popup, CLOUD, /^Active/);
      await showsBadge(popup, '1');
    },
  ],
  [
    'Reconnect Practice Keys with the new key',
    async ({ practice, options, popup }) => {
      await options.bringToFront();
      await options.goto(new URL('#/connections', options.url()).href);
      await options.getByRole('button', { name: /^Reconnect Practice Keys/ }).click();
      const dialog = options.getByRole('dialog', { name: /^Reconnect Practice Keys/ });
      await dialog.getByLabel('API key', { exact: true }).fill(practice.control.keyOf('alice'));
      await dialog.getByRole('button', { name: 'Reconnect', exact: true }).click();
      await dialog.waitFor({ state: 'hidden' });
      await showsHealth(popup, KEYS, /^Active/);
    },
  ],
  [
    'All is green: no badge, no notification',
    async ({ popup }) => {
      await showsBadge(popup, '');
      await until('no notification', async () => (await notifications(popup)).length === 0);
      const summary = popup.getByRole('status', { name: 'Summary' });
      await until('the summary', async () => (await summary.innerText()).includes('All 2'));
    },
  ],
];

/** @returns the exit status: 0 when every step came out as it must */
export async function runTour(): Promise<0 | 1> {
  const begun = performance.now();
  await rm(PICTURES, { recursive: true, force: true });
  await mkdir(PICTURES, { recursive: true });
  const practice = await startPractice();
  const browser = await launchWithExtension({ extensionDir: EXTENSION_DIR, headless: true });
  try {
    const options = await browser.page('options.html#/connections');
    await options.setViewportSize({ width: 1280, height: 800 });
    const popup = await browser.page('popup.html');
    await popup.setViewportSize({ width: 400, height: 600 });
    const tour = { practice, browser, options, popup };
    for (const [index, step] of STEPS.entries()) await take(tour, index + 1, step);
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    console.log(`\nThe tour came out as it must, in ${seconds} s. Pictures: ${PICTURES}/`);
    return 0;
  } catch (error) {
    console.error(`\nThe tour stopped: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  } finally {
    await browser.close();
    await practice.stop();
  }
}

async function take(tour: Tour, number: number, [title, walk]: Step): Promise<void> {
  console.log(`\n${number}. ${title}`);
  try {
    await walk(tour);
  } finally {
    const name = join(PICTURES, String(number).padStart(2, '0'));
    await tour.options.screenshot({ path: `${name}-options.png` });
    await tour.popup.screenshot({ path: `${name}-popup.png` });
  }
  const badge = await badgeText(tour.popup);
  console.log(`   badge ${badge === '' ? 'empty' : `"${badge}"`}`);
  for (const line of await listed(tour.popup)) console.log(`   ${line}`);
}

/** The connections as the popup shows them, a line each. */
async function listed(popup: Page): Promise<string[]> {
  const rows = await popup.getByRole('list', { name: 'Connections' }).getByRole('listitem').all();
  return Promise.all(
    rows.map(async (item) => (await item.innerText()).replace(/\s*\n\s*/g, ' · ').trim()),
  );
}

function row(popup: Page, name: string) {
  return popup
    .getByRole('list', { name: 'Connections' })
    .getByRole('listitem')
    .filter({ hasText: name });
}

async function checkNow(popup: Page): Promise<void> {
  const button = popup.getByRole('button', { name: 'Check now', exact: true });
  await button.click();
  await popup.getByRole('button', { name: /Stop/ }).waitFor({ state: 'hidden' });
  await button.waitFor();
}

async function showsHealth(popup: Page, name: string, health: RegExp): Promise<void> {
  const line = row(popup, name).locator('p').last();
  await until(
    `${name} to show ${health.source}`,
    async () => (await line.count()) > 0 && health.test((await line.innerText()).trim()),
  );
}

async function showsBadge(page: Page, text: string): Promise<void> {
  await until(`the badge "${text}"`, async () => (await badgeText(page)) === text);
}
