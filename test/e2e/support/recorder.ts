/**
 * The canary: hears everything that the extension says anywhere, and finds the secrets in it.
 */
import type { BrowserContext, Page } from 'playwright-core';
import type { LaunchedBrowser } from '../../support/browser/launch.ts';
import { badgeText, notifications, tooltip } from '../../support/browser/observe.ts';
import { EAR, eavesdropOnPage, readEverything } from './eavesdropping.ts';
import { hearWorkers } from './worker-ear.ts';

export interface Recorder {
  /** Listens to a browser from now on; call it before any page of the extension is opened. */
  attach(browser: LaunchedBrowser): Promise<void>;
  /** Notes one thing that was said. */
  hear(where: string, text: string): void;
  /** Notes what stands on every open page of the extension, in its stores and on its button. */
  look(browser: LaunchedBrowser): Promise<void>;
  /** The places where something was heard, each once. */
  places(): readonly string[];
  /** Where the secrets occur, in any of the ways of writing that are common; none may. */
  leaks(secrets: readonly string[]): readonly string[];
  /** A secret that a test brought along itself. */
  plant(secret: string): void;
}

export function createRecorder(): Recorder {
  const heard = new Map<string, Set<string>>();
  const planted = new Set<string>();
  const hear = (where: string, text: string) => {
    const texts = heard.get(where) ?? new Set();
    heard.set(where, texts.add(text));
  };
  return {
    hear,
    attach: (browser) => attach(browser, hear),
    async look(browser) {
      for (const page of pagesOfExtension(browser)) {
        for (const [where, text] of await page.evaluate(readEverything)) hear(where, text);
        hear('badge', await badgeText(page));
        hear('tooltip', await tooltip(page));
        hear('notification ids', (await notifications(page)).join(' '));
      }
    },
    places: () => [...heard.keys()],
    leaks: (secrets) =>
      [...heard].flatMap(([where, texts]) => leaksIn(where, texts, [...secrets, ...planted])),
    plant: (secret) => void planted.add(secret),
  };
}

async function attach(
  browser: LaunchedBrowser,
  hear: (where: string, text: string) => void,
): Promise<void> {
  const { context } = browser;
  context.on('console', (message) => {
    if (message.worker() === null) hear('console of page', message.text());
  });
  context.on('weberror', (error) => hear('uncaught error', String(error.error().stack)));
  await context.exposeBinding(EAR, (_, where: string, text: string) => hear(where, text));
  await context.addInitScript(eavesdropOnPage, EAR);
  await hearWorkers(browser, hear);
}

export function pagesOfExtension({
  context,
  extensionId,
}: {
  context: BrowserContext;
  extensionId: string;
}): Page[] {
  const origin = `chrome-extension://${extensionId}/`;
  return context.pages().filter((page) => page.url().startsWith(origin));
}

function leaksIn(where: string, texts: ReadonlySet<string>, secrets: readonly string[]): string[] {
  return secrets.flatMap((secret, index) => {
    const spellings = spellingsOf(secret);
    const isThere = [...texts].some((text) => spellings.some((one) => text.includes(one)));
    // Without the secret itself: this is printed.
    return isThere ? [`secret ${index + 1} (${secret.slice(0, 3)}…) in ${where}`] : [];
  });
}

/** As it is, in an address, in base64 alone and behind a user name (RFC 7617), as JSON writes it. */
function spellingsOf(secret: string): string[] {
  const base64 = (text: string) => Buffer.from(text).toString('base64').replace(/=+$/, '');
  return [
    secret,
    encodeURIComponent(secret),
    base64(secret),
    ...['alice', 'bob'].map((user) => base64(`${user}:${secret}`)),
    JSON.stringify(secret).slice(1, -1),
  ];
}
