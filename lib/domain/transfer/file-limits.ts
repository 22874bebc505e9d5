import { KDF_ITERATIONS } from '../kdf-iterations.ts';

export const FILE_VERSION = 1;
/** A file larger than this is not read. */
export const FILE_BYTES_MAX = 20 * 1024 * 1024;
export const FILE_CONNECTIONS_MAX = 10_000;

/** More would only keep the worker busy: a file must not be able to ask for it. */
export const KDF_ITERATIONS_MAX = 10 * KDF_ITERATIONS;
