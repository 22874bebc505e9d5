/**
 * One browser with the extension in it and the practice services beside it, for the tests of a file.
 */
import type { Page } from 'playwright-core';
import type { Connection } from '../../../lib/domain/connection.ts';
import type { Authorization } from '../../../lib/domain/authorization.ts';
import type { Input, Output, ProcedureName } from '../../../lib/rpc/procedures.ts';
import type { Reply } from '../../../lib/rpc/message.ts';
import { startPractice, type Practice } from '../../servers/practice.ts';
import { launchWithExtension, type LaunchedBrowser } from '../../support/browser/launch.ts';
import { E2E_BUILD } from '../../support/browser/require-build.ts';
import { signInAs } from '../../support/journey/options-page.ts';
import { until } from '../../support/journey/until.ts';

export type Person = 'alice' | 'bob';

export interface Workbench {
  readonly practice: Practice;
  readonly browser: LaunchedBrowser;
  /** A page of the extension that shows nothing of ours: calls are made from it. */
  readonly desk: Page;
  /** Calls a procedure as a page does; the reply as it came. */
  call<N extends ProcedureName>(procedure: N, input: Input<N>): Promise<Reply>;
  /** The same, when it must succeed. */
  ask<N extends ProcedureName>(procedure: N, input: Input<N>): Promise<Output<N>>;
  /** Every record of a store. */
  records<T>(store: string): Promise<T[]>;
  connections(): Promise<Connection[]>;
  /** Starts an attempt with Practice Keys or Practice Cloud, by procedure. */
  beginByKey(key: string): Promise<string>;
  beginBySignIn(): Promise<string>;
  /** Waits until an attempt does nothing by itself any more. */
  ended(authorizationId: string): Promise<Authorization['state']>;
  connectByKey(person?: Person): Promise<Connection>;
  connectBySignIn(person?: Person): Promise<Connection>;
  checkAll(): Promise<void>;
  /** Everything as at the start: no connection, no attempt, no fault. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

declare const chrome: { readonly runtime: { sendMessage(message: unknown): Promise<Reply> } };

/** Starts everything and imports the practice definitions. */
export async function openWorkbench(
  options: { readonly userDataDir?: string; readonly practice?: Practice } = {},
): Promise<Workbench> {
  const practice = options.practice ?? (await startPractice());
  const browser = await launchWithExtension({
    extensionDir: E2E_BUILD,
    headless: true,
    ...(options.userDataDir === undefined ? {} : { userDataDir: options.userDataDir }),
  });
  const desk = await browser.page('manifest.json');
  const bench = workbenchOf(practice, browser, desk);
  for (const definition of Object.values(practice.definitions))
    await bench.ask('importProvider', { text: JSON.stringify(definition) });
  return bench;
}

function workbenchOf(practice: Practice, browser: LaunchedBrowser, desk: Page): Workbench {
  const call: Workbench['call'] = (procedure, input) =>
    desk.evaluate(
      ([name, value]) =>
        chrome.runtime.sendMessage({ patchbay: 'call', procedure: name, input: value }),
      [procedure, input] as const,
    );
  const ask = async <N extends ProcedureName>(procedure: N, input: Input<N>) => {
    const reply = await call(procedure, input);
    if (!reply.ok) throw new Error(`${procedure}: ${reply.code} ${reply.detail ?? ''}`);
    return reply.output as Output<N>;
  };
  const records = <T>(store: string): Promise<T[]> => desk.evaluate(allOf, store) as Promise<T[]>;
  const connections = (): Promise<Connection[]> => records<Connection>('connections');
  const ended = async (id: string): Promise<Authorization['state']> => {
    let state: Authorization['state'] | undefined;
    await until(
      `attempt ${id} to end`,
      async () => {
        state = (await records<Authorization>('authorizations')).find(
          (one) => one.id === id,
        )?.state;
        return state !== undefined && state.kind !== 'waiting' && state.kind !== 'proving';
      },
      45_000,
    );
    if (state === undefined) throw new Error('the attempt is gone');
    return state;
  };
  const wish = { params: {}, name: null, environmentId: 'production', tags: [], client: null };
  const beginByKey = async (key: string): Promise<string> => {
    const { authorizationId } = await ask('connect', {
      ...wish,
      providerId: 'practice-keys',
      methodId: 'key',
      scopes: [],
      credential: { kind: 'key', key },
    });
    return authorizationId;
  };
  const beginBySignIn = async (): Promise<string> => {
    const { authorizationId } = await ask('connect', {
      ...wish,
      providerId: 'practice-oauth',
      methodId: 'oauth',
      scopes: ['openid', 'email', 'profile', 'offline_access', 'accounts:read'],
      credential: null,
    });
    return authorizationId;
  };
  const settled = async (id: string): Promise<Connection> => {
    const state = await ended(id);
    if (state.kind !== 'done') throw new Error(`connecting ended as ${JSON.stringify(state)}`);
    const found = (await connections()).find((one) => one.id === state.connectionId);
    if (found === undefined) throw new Error('the connection is not stored');
    return found;
  };
  return {
    practice,
    browser,
    desk,
    call,
    ask,
    records,
    connections,
    beginByKey,
    beginBySignIn,
    ended,
    connectByKey: async (person = 'alice') =>
      settled(await beginByKey(practice.control.keyOf(person))),
    async connectBySignIn(person = 'alice') {
      let id = '';
      await signInAs(desk, person, async () => {
        id = await beginBySignIn();
      });
      return settled(id);
    },
    async checkAll() {
      await ask('checkNow', { ids: (await connections()).map(({ id }) => id) });
    },
    async clear() {
      practice.control.reset();
      practice.control.signOut();
      practice.control.revokeGrants('alice');
      practice.control.revokeGrants('bob');
      for (const { id } of await records<Authorization>('authorizations')) {
        await ask('cancelAuthorization', { authorizationId: id });
        await ended(id);
        await ask('dismissAuthorization', { authorizationId: id });
      }
      const ids = (await connections()).map(({ id }) => id);
      if (ids.length > 0) await ask('deleteConnections', { ids, revoke: false });
      practice.requests.clear();
    },
    async close() {
      await browser.close();
      await practice.stop();
    },
  };
}

/** Runs in the page. */
function allOf(store: string): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('patchbay');
    opening.addEventListener('error', () => reject(opening.error));
    opening.addEventListener('success', () => {
      const reading = opening.result.transaction(store).objectStore(store).getAll();
      reading.addEventListener('success', () => {
        opening.result.close();
        resolve(reading.result);
      });
      reading.addEventListener('error', () => reject(reading.error));
    });
  });
}
