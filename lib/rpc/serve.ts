import * as v from 'valibot';
import { browser } from 'wxt/browser';
import { codeOf, PatchbayError } from '../domain/errors.ts';
import type { Reply } from './message.ts';
import { procedures, type Handlers, type ProcedureName } from './procedures.ts';

const CallSchema = v.object({
  patchbay: v.literal('call'),
  procedure: v.string(),
  input: v.unknown(),
});

/**
 * Answers the calls of our own pages, and of nobody else. Registers the one message listener of the
 * background, synchronously: Chrome's native `browser` and the polyfill differ when several
 * listeners answer.
 * @param handlers one function a procedure, called with parsed input
 * @param ready what has to be true before anything is answered
 */
export function serve(handlers: Handlers, ready: Promise<unknown>): void {
  const ownPages = browser.runtime.getURL('/');
  browser.runtime.onMessage.addListener((message: unknown, sender, sendResponse) => {
    // Not by its origin: addresses of several schemes have none, and then all look alike.
    const isOurs = sender.id === browser.runtime.id && sender.url?.startsWith(ownPages) === true;
    if (!isOurs || !v.is(CallSchema, message)) return false;
    void ready
      .catch(() => undefined)
      .then(() => answer(handlers, message.procedure, message.input))
      .then(sendResponse);
    return true;
  });
}

/** Runs one procedure; whatever happens, the reply is a value. */
export async function answer(
  handlers: Handlers,
  procedure: string,
  input: unknown,
): Promise<Reply> {
  try {
    if (!Object.hasOwn(procedures, procedure)) throw new PatchbayError('invalid-request');
    const name = procedure as ProcedureName;
    const parsed = v.safeParse(procedures[name].input, input);
    if (!parsed.success) {
      const [issue] = parsed.issues;
      throw new PatchbayError('invalid-request', v.getDotPath(issue) ?? null);
    }
    const handler = handlers[name] as (input: unknown) => Promise<unknown>;
    return { ok: true, output: v.parse(procedures[name].output, await handler(parsed.output)) };
  } catch (thrown) {
    return {
      ok: false,
      code: codeOf(thrown),
      detail: thrown instanceof PatchbayError ? thrown.detail : null,
    };
  }
}
