import { KDF_ITERATIONS } from '../kdf-iterations.ts';

/** The newest that is read and written; 2 knows flows. */
export const FILE_VERSION = 2;
/** Of a file without flows: whoever does not know them reads it too. */
export const FILE_VERSION_WITHOUT_FLOWS = 1;
/** A file larger than this is not read. */
export const FILE_BYTES_MAX = 20 * 1024 * 1024;
export const FILE_CONNECTIONS_MAX = 10_000;
/** Of one connection; no list of accounts that is read here is longer. */
export const FILE_ACCOUNTS_MAX = 5000;
/** Of a view; renamed tags may have made it longer than one that is saved. */
export const FILE_SEARCH_LENGTH_MAX = 40_000;
/** Of an account's id and label, in characters. */
export const FILE_ACCOUNT_LENGTH_MAX = 1000;

/** More would only keep the worker busy: a file must not be able to ask for it. */
export const KDF_ITERATIONS_MAX = 10 * KDF_ITERATIONS;
