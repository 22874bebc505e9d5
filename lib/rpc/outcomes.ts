import * as v from 'valibot';
import { ERROR_CODES } from '../domain/errors.ts';

/** What became of each of several connections; `null`: what was asked for. */
export const Outcomes = v.object({
  outcomes: v.array(v.object({ id: v.string(), error: v.nullable(v.picklist(ERROR_CODES)) })),
});
