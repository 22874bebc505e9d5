/**
 * Procedures asked of the background as our own pages ask them.
 */
import type { Page } from 'playwright-core';
import type { Reply } from '../../../lib/rpc/message.ts';
import type { Input, Output, ProcedureName } from '../../../lib/rpc/procedures.ts';

declare const chrome: {
  readonly runtime: { sendMessage(message: object): Promise<Reply | undefined> };
};

/** Asks, and hands the reply over as it came; `null` where worker or page went away with the question. */
export function replyTo<N extends ProcedureName>(
  page: Page,
  procedure: N,
  input: Input<N>,
): Promise<Reply | null> {
  const reply = page.evaluate(
    async ([procedure, input]) => {
      const message = { patchbay: 'call', procedure, input };
      return (await chrome.runtime.sendMessage(message).catch(() => undefined)) ?? null;
    },
    [procedure, input] as const,
  );
  return reply.catch((error: unknown) => {
    if (page.isClosed()) return null;
    throw error;
  });
}

/**
 * Asks, and hands over what a success holds.
 * @throws Error with the code, where the background refused
 */
export async function outputOf<N extends ProcedureName>(
  page: Page,
  procedure: N,
  input: Input<N>,
): Promise<Output<N>> {
  const reply = await replyTo(page, procedure, input);
  if (reply === null) throw new Error(`${procedure}: no answer`);
  if (!reply.ok) throw new Error(`${procedure}: ${reply.code} ${reply.detail ?? ''}`);
  return reply.output as Output<N>;
}
