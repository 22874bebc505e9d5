import { browser } from 'wxt/browser';
import { PatchbayError } from '../domain/errors.ts';
import { NO_ANSWER, type Call, type Reply } from './message.ts';
import type { Input, Output, ProcedureName } from './procedures.ts';

/**
 * Asks the background to do one thing.
 * @throws PatchbayError with the code that the background gave; `internal` when it did not answer.
 */
export async function call<N extends ProcedureName>(
  procedure: N,
  input: Input<N>,
): Promise<Output<N>> {
  const message: Call = { patchbay: 'call', procedure, input };
  // Rejects where nobody listens, or the worker went away with the question.
  const reply: Reply | undefined = await browser.runtime
    .sendMessage(message)
    .catch(() => undefined);
  if (reply === undefined) throw new PatchbayError('internal', NO_ANSWER);
  if (!reply.ok) throw new PatchbayError(reply.code, reply.detail);
  // The background has parsed the output against the very schema that this type is inferred from.
  return reply.output as Output<N>;
}
