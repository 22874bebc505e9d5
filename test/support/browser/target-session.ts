import type { CDPSession } from 'playwright-core';

/** DevTools commands to a target that Playwright does not attach to by itself. */
export interface TargetSession {
  /** @throws Error with the browser's message when the command failed or the target is gone */
  send<R = unknown>(method: string, params?: object): Promise<R>;
  /** Calls `listener` on each event of this name. */
  on(event: string, listener: (params: unknown) => void): void;
  /** Resolves when the target is gone. */
  readonly closed: Promise<void>;
}

interface Reply {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
  readonly method?: string;
  readonly params?: unknown;
}

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

interface Evaluated {
  readonly result: { readonly value?: unknown };
  readonly exceptionDetails?: { readonly exception?: { readonly description?: string } };
}

/**
 * Attaches to a target through the browser's own session. Messages travel wrapped in those of that
 * session, because Playwright hides flat sessions that it has not opened.
 */
export async function attach(browser: CDPSession, targetId: string): Promise<TargetSession> {
  const pending = new Map<number, Pending>();
  const listeners = new Map<string, ((params: unknown) => void)[]>();
  const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: false });
  const receive = ({ id, result, error, method, params }: Reply) => {
    if (method !== undefined) for (const listener of listeners.get(method) ?? []) listener(params);
    if (id === undefined) return;
    if (error === undefined) pending.get(id)?.resolve(result);
    else pending.get(id)?.reject(new Error(error.message));
    pending.delete(id);
  };
  browser.on('Target.receivedMessageFromTarget', (event) => {
    if (event.sessionId === sessionId) receive(JSON.parse(event.message));
  });
  const closed = new Promise<void>((resolve) => {
    browser.on('Target.detachedFromTarget', (event) => {
      if (event.sessionId !== sessionId) return;
      for (const { reject } of pending.values()) reject(new Error('The target is gone.'));
      pending.clear();
      resolve();
    });
  });
  let last = 0;
  return {
    closed,
    on: (event, listener) => {
      listeners.set(event, [...(listeners.get(event) ?? []), listener]);
    },
    send: <R>(method: string, params: object = {}) => {
      const id = (last += 1);
      const message = JSON.stringify({ id, method, params });
      return new Promise<R>((resolve, reject) => {
        // Each command's own documentation says what it gives back.
        pending.set(id, { resolve: resolve as Pending['resolve'], reject });
        browser.send('Target.sendMessageToTarget', { sessionId, message }).catch(reject);
      });
    },
  };
}

/**
 * Runs a function in the target's page.
 * @param run must stand on its own: it is carried over as text
 * @param argument is carried over as JSON, as is what the function returns
 */
export async function evaluateIn<R, A>(
  session: TargetSession,
  run: (argument: A) => R | Promise<R>,
  argument: A,
): Promise<R> {
  const given = argument === undefined ? '' : JSON.stringify(argument);
  const { result, exceptionDetails } = await session.send<Evaluated>('Runtime.evaluate', {
    // tsx wraps every named function in a call of `__name`, which the page does not know.
    expression: `{ const __name = (value) => value; (${run.toString()})(${given}) }`,
    awaitPromise: true,
    returnByValue: true,
    userGesture: true,
  });
  if (exceptionDetails !== undefined) {
    throw new Error(exceptionDetails.exception?.description ?? 'The function failed.');
  }
  return result.value as R;
}
