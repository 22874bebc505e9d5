/**
 * What every end-to-end test stands in: the practice services, a browser with the extension, and a
 * recorder that hears it all. Started once a file, tidied after each test.
 */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { isRunning } from '../../../lib/domain/authorization.ts';
import { DEFAULT_SETTINGS } from '../../../lib/domain/settings.ts';
import type { Input, Output, ProcedureName } from '../../../lib/rpc/procedures.ts';
import type { PatchbayDb, StoreName } from '../../../lib/store/database.ts';
import { PEOPLE } from '../../servers/people.ts';
import { startPractice, type Practice } from '../../servers/practice.ts';
import {
  launchWithExtension,
  WITHOUT_BROWSER_PAGES,
  type LaunchedBrowser,
  type LaunchOptions,
} from '../../support/browser/launch.ts';
import { E2E_BUILD } from '../../support/browser/require-build.ts';
import { eventually } from './eventually.ts';
import { outputOf } from './procedure-call.ts';
import { createRecorder, pagesOfExtension, type Recorder } from './recorder.ts';
import { forgetGoing, storedRecords } from './stored.ts';

export interface World {
  readonly practice: Practice;
  readonly browser: LaunchedBrowser;
  /** A page of the extension that shows nothing: asks and reads as our own pages do. */
  readonly page: Page;
  readonly recorder: Recorder;
  /** Reloads the extension as an update does; {@link page} is another one then. */
  reload(): Promise<void>;
  call<N extends ProcedureName>(procedure: N, input: Input<N>): Promise<Output<N>>;
  records<N extends StoreName>(store: N): Promise<PatchbayDb[N]['value'][]>;
}

export type WorldOptions = Partial<LaunchOptions>;

/** Registers the hooks of one test file. The world can be used inside tests and later hooks. */
export function useWorld(options: WorldOptions | (() => Promise<WorldOptions>) = {}): World {
  let opened: World | null = null;
  const the = (): World => {
    if (opened === null) throw new Error('The world is not there yet: use it inside a test.');
    return opened;
  };
  beforeAll(async () => {
    opened = await openWorld(typeof options === 'function' ? await options() : options);
  });
  afterEach(async () => {
    await the().recorder.look(the().browser);
    await tidy(the());
  });
  afterAll(async () => {
    if (opened === null) return;
    const { browser, practice, recorder } = opened;
    await browser.close();
    await practice.stop();
    expect(recorder.leaks(practice.control.secrets())).toEqual([]);
  });
  return {
    get practice() {
      return the().practice;
    },
    get browser() {
      return the().browser;
    },
    get page() {
      return the().page;
    },
    get recorder() {
      return the().recorder;
    },
    reload: () => the().reload(),
    call: (procedure, input) => the().call(procedure, input),
    records: (store) => the().records(store),
  };
}

async function openWorld(options: WorldOptions): Promise<World> {
  const isUsual = Object.keys(options).length === 0;
  const { recorder, browser, page: first } = await (isUsual ? takeAwake() : openAwake(options));
  let page = first;
  const practice = await startPractice({
    onAddress: (address) => recorder.hear('address at a provider', address),
  });
  try {
    for (const definition of Object.values(practice.definitions))
      await outputOf(page, 'importProvider', { text: JSON.stringify(definition) });
    if (isUsual) {
      // One that cannot start ahead is started where it is needed, and its failure is that file's.
      awake = openAwake({}).catch(() => null);
    }
    return {
      practice,
      browser,
      get page() {
        return page;
      },
      recorder,
      async reload() {
        await browser.reload();
        page = await browser.page('manifest.json');
      },
      call: (procedure, input) => outputOf(page, procedure, input),
      records: (store) => storedRecords(page, store),
    };
  } catch (error) {
    await practice.stop();
    await browser.close();
    throw error;
  }
}

/** A browser whose background has answered once. */
interface Awake {
  readonly recorder: Recorder;
  readonly browser: LaunchedBrowser;
  readonly page: Page;
}

/**
 * The browser of the next file: files come one after the other, and share this module. Chromium tells
 * what an organisation has set two seconds after its start and not before, and the background waits
 * for that; meanwhile the tests of this file go on.
 */
let awake: Promise<Awake | null> | null = null;

async function takeAwake(): Promise<Awake> {
  const taken = await awake;
  awake = null;
  return taken ?? openAwake({});
}

async function openAwake(options: WorldOptions): Promise<Awake> {
  const recorder = createRecorder();
  const { browser, page } = await openBrowser(recorder, options);
  await outputOf(page, 'listProviders', {});
  return { recorder, browser, page };
}

/** Starts a browser that the recorder hears, with the page to ask from. */
export async function openBrowser(
  recorder: Recorder,
  options: WorldOptions,
): Promise<{ browser: LaunchedBrowser; page: Page }> {
  const browser = await launchWithExtension({
    extensionDir: E2E_BUILD,
    headless: true,
    ...options,
    args: [WITHOUT_BROWSER_PAGES, ...(options.args ?? [])],
  });
  await recorder.attach(browser);
  return { browser, page: await browser.page('manifest.json') };
}

/** Leaves nothing of a test behind for the next one. */
async function tidy(world: World): Promise<void> {
  const { practice, browser, page, call, records } = world;
  // First: what shows nothing any more need not follow what is tidied.
  for (const open of pagesOfExtension(browser)) if (open !== page) await open.close();
  practice.control.reset();
  practice.control.signOut();
  for (const person of PEOPLE) practice.control.revokeGrants(person);
  for (const { id, state } of await records('authorizations'))
    if (isRunning(state)) await call('cancelAuthorization', { authorizationId: id });
  await eventually(async () => {
    const running = (await records('authorizations')).filter(({ state }) => isRunning(state));
    expect(running).toEqual([]);
  }, 30_000);
  for (const { id } of await records('authorizations'))
    await call('dismissAuthorization', { authorizationId: id });
  const ids = (await records('connections')).map(({ id }) => id);
  await call('deleteConnections', { ids, revoke: false });
  await forgetGoing(page);
  const columns = { ...DEFAULT_SETTINGS.columns, hidden: [] };
  await call('saveSettings', { ...DEFAULT_SETTINGS, columns });
  await dropForeignDefinitions(world);
  practice.requests.clear();
}

/** A definition that a test imported over one of the practice services is put right again. */
async function dropForeignDefinitions({ practice, call, records }: World): Promise<void> {
  const ours = new Map(Object.values(practice.definitions).map((one) => [one.id, one]));
  for (const { id } of await records('providers')) {
    const original = ours.get(id);
    if (original === undefined) await call('removeProvider', { id });
    else await call('importProvider', { text: JSON.stringify(original) });
  }
}
