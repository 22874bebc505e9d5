import { KDF_ITERATIONS } from '../kdf-iterations.ts';

/**
 * Those that are read; 2 knows flows, 3 also what is paused, muted or snoozed, and more than
 * {@link OLD_CONNECTIONS_MAX} connections.
 */
export const FILE_VERSIONS = [1, 2, 3] as const;
export type FileVersion = (typeof FILE_VERSIONS)[number];
/** The newest. */
export const FILE_VERSION = 3;
/**
 * A file larger than this is not read. A sealed one of {@link FILE_CONNECTIONS_MAX} connections of
 * the usual size is as large as that.
 */
export const FILE_BYTES_MAX = 60 * 1024 * 1024;
/** What a page may send at a time, as JSON: browsers allow 64 MiB. */
const MESSAGE_BYTES_MAX = 63 * 1024 * 1024;
/** A character takes no more bytes than this as JSON. */
const CHARACTER_BYTES_MAX = 6;
export const FILE_CONNECTIONS_MAX = 100_000;
/** What readers of the versions before 3 take. */
export const OLD_CONNECTIONS_MAX = 10_000;
/** Of one connection; no list of accounts that is read here is longer. */
export const FILE_ACCOUNTS_MAX = 5000;
/** Of a view; renamed tags may have made it longer than one that is saved. */
export const FILE_SEARCH_LENGTH_MAX = 40_000;
/** Of an account's id and label, in characters. */
export const FILE_ACCOUNT_LENGTH_MAX = 1000;

/** More would only keep the worker busy: a file must not be able to ask for it. */
export const KDF_ITERATIONS_MAX = 10 * KDF_ITERATIONS;

/** Whether a text is more than a file may hold, or than a page can hand to the background. */
export function isTooLarge(text: string): boolean {
  if (text.length * CHARACTER_BYTES_MAX <= FILE_BYTES_MAX) return false;
  return bytesOf(text) > FILE_BYTES_MAX || bytesOf(JSON.stringify(text)) > MESSAGE_BYTES_MAX;
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
