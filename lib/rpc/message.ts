import type { ErrorCode } from '../domain/errors.ts';

/** What a page sends. */
export interface Call {
  readonly patchbay: 'call';
  readonly procedure: string;
  readonly input: unknown;
}

/** What it gets back: never a stack, a cause or a field that no schema names. */
export type Reply =
  | { readonly ok: true; readonly output: unknown }
  | { readonly ok: false; readonly code: ErrorCode; readonly detail: string | null };

/** The detail of an `internal` error that means: the background did not answer at all. */
export const NO_ANSWER = 'no answer';
