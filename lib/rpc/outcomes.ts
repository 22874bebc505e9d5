import * as v from 'valibot';
import type { ErrorCode } from '../domain/errors.ts';

/**
 * A code of an error, as a word. The compiler sees to it that it is one of ours; the list of all of
 * them would have to be carried along to say so again.
 */
export const CodeOut = v.pipe(
  v.string(),
  v.regex(/^[a-z-]+$/),
) as v.GenericSchema<unknown> as v.GenericSchema<ErrorCode>;

/** What became of each of several connections; `null`: what was asked for. */
export const Outcomes = v.object({
  outcomes: v.array(v.object({ id: v.string(), error: v.nullable(CodeOut) })),
});
