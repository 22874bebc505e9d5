/**
 * Hears every life of the background worker, from its first line. Playwright follows a worker that was
 * stopped and starts again, but tells nothing of what it throws, and runs nothing in it in time.
 */
import type { BrowserContext, CDPSession } from 'playwright-core';
import { browserSession } from '../../support/browser/background-worker.ts';
import { attach, evaluateIn } from '../../support/browser/target-session.ts';
import { eavesdropOnWorker } from './eavesdropping.ts';

type Hear = (where: string, text: string) => void;

/** The parts of DevTools events that are read here. */
interface Said {
  readonly value?: unknown;
  readonly description?: string;
  readonly preview?: object;
  readonly objectId?: string;
}
interface Called {
  readonly args: readonly Said[];
}
interface Thrown {
  readonly exceptionDetails: { readonly text: string; readonly exception?: Said };
}
interface Logged {
  readonly entry: { readonly text: string; readonly url?: string };
}

/** Resolves when the worker that runs is heard; those that come later are found by themselves. */
export async function hearWorkers(
  { context, extensionId }: { context: BrowserContext; extensionId: string },
  hear: Hear,
): Promise<void> {
  const browser = await browserSession(context);
  const joining: Promise<void>[] = [];
  browser.on('Target.targetCreated', ({ targetInfo: { type, targetId, url } }) => {
    if (type !== 'service_worker' || !url.startsWith(`chrome-extension://${extensionId}/`)) return;
    const joined = hearWorker(browser, targetId, url, hear);
    // The browser may be closed meanwhile; for the first one it is awaited below.
    joined.catch(() => undefined);
    joining.push(joined);
  });
  const filter = [{ type: 'service_worker' }];
  await browser.send('Target.setDiscoverTargets', { discover: true, filter });
  // Those that there are were told of before the answer.
  await Promise.all(joining);
}

/** The target stays the same while its worker is stopped and started; only a reload makes another. */
async function hearWorker(
  browser: CDPSession,
  targetId: string,
  url: string,
  hear: Hear,
): Promise<void> {
  const session = await attach(browser, targetId);
  session.on('Runtime.consoleAPICalled', (event) => {
    const { args } = event as Called;
    hear('console of worker', args.map(textOf).join(' '));
    // What was said before the browser was asked to tell comes without what objects hold.
    for (const { objectId, preview } of args)
      if (objectId !== undefined && preview === undefined) hearInside(objectId);
  });
  const hearInside = (objectId: string) => {
    const params = { objectId, functionDeclaration: INSIDE, returnByValue: true };
    void session
      .send<{ result: Said }>('Runtime.callFunctionOn', params)
      .then(({ result }) => hear('console of worker', textOf(result)))
      // Its worker is gone.
      .catch(() => undefined);
  };
  session.on('Runtime.exceptionThrown', (event) => {
    const { text, exception } = (event as Thrown).exceptionDetails;
    hear('uncaught error of worker', `${text} ${exception === undefined ? '' : textOf(exception)}`);
  });
  session.on('Log.entryAdded', (event) => {
    const { text, url = '' } = (event as Logged).entry;
    hear('log of worker', `${text} ${url}`);
  });
  // Fails where the worker or the browser goes away with the question.
  const ask = (method: string, params: object = {}) =>
    void session.send(method, params).catch(() => undefined);
  const eavesdrop = () => {
    // The extension's interfaces come after a worker's birth and just before its first line, where only
    // the condition of a breakpoint is run in time. It is never met, so nothing is paused.
    const condition = `((${eavesdropOnWorker.toString()})(), false)`;
    // A breakpoint of the life before is in the way of the next one and stops nothing.
    ask('Debugger.disable');
    ask('Debugger.enable');
    ask('Debugger.setBreakpointByUrl', { url, lineNumber: 0, columnNumber: 0, condition });
    // Where the first line is past: the first life of all, and one that began in the same instant.
    return evaluateIn(session, eavesdropOnWorker, undefined).catch(() => undefined);
  };
  session.on('Debugger.paused', () => ask('Debugger.resume'));
  // What is asked of a worker that is gone waits for its next life, and is done before its first line.
  session.on('Inspector.targetCrashed', () => void eavesdrop());
  // Both tell what was said before they were asked, and hold for all lives.
  await Promise.all([session.send('Runtime.enable'), session.send('Log.enable'), eavesdrop()]);
}

/** Runs in the worker, with an object that was said. */
const INSIDE = 'function () { try { return JSON.stringify(this); } catch { return ""; } }';

/** A preview holds what an object holds, where the browser makes one. */
function textOf({ value, description = '', preview }: Said): string {
  const text = value === undefined ? description : String(value);
  return preview === undefined ? text : `${text} ${JSON.stringify(preview)}`;
}
