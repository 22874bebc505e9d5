/**
 * Every way in which something that a person asked for can fail. The words for each stand in the
 * message catalogue under `error_<code>`.
 */
export const ERROR_CODES = [
  // asking
  'invalid-request',
  'not-found',
  'changed-meanwhile',
  'provider-unknown',
  'provider-taken',
  'provider-in-use',
  'definition-invalid',
  'definition-too-large',
  'definition-not-json',
  'permission-missing',
  'client-missing',
  'client-secret-missing',
  'parameter-invalid',
  'environment-taken',
  'environments-full',
  'tags-carried-full',
  'view-name-taken',
  'views-full',
  'flow-name-taken',
  'flow-address-invalid',
  'flow-connections-full',
  'flows-full',
  // moving connections by file
  'transfer-too-large',
  'transfer-not-json',
  'transfer-foreign',
  'transfer-newer',
  'transfer-invalid',
  'transfer-damaged',
  'transfer-not-readable',
  'transfer-csv-foreign',
  'transfer-passphrase-wrong',
  'tag-comma',
  'tag-taken',
  'tags-full',
  'view-only',
  'view-only-organisation',
  'passphrase-short',
  'passphrase-differs',
  'passphrase-wrong',
  'passphrase-wait',
  'passkey-none',
  'passkey-unsupported',
  'passkey-taken',
  'passkey-wrong',
  // the sign-in window
  'cancelled',
  'denied',
  'window-busy',
  'window-failed',
  'window-page-failed',
  'window-timeout',
  'window-needs-person',
  'window-missing',
  'window-incognito',
  'window-stuck',
  'tab-not-permitted',
  'not-started',
  'interrupted',
  'exchange-interrupted',
  'expired',
  // the answer to an authorization request
  'state-missing',
  'state-mismatch',
  'issuer-mismatch',
  'redirect-mismatch',
  'answer-in-fragment',
  'code-missing',
  'authorization-refused',
  // tokens
  'token-unreadable',
  'token-too-large',
  'token-missing',
  'token-type-unknown',
  'token-invalid',
  'client-rejected',
  'grant-rejected',
  'scope-rejected',
  // proving
  'credential-rejected',
  'credential-limited',
  'identity-missing',
  'provider-trouble',
  'rate-limited',
  'timeout',
  'unreachable',
  'offline',
  'unreadable',
  // ours
  'vault-broken',
  'vault-locked',
  'vault-busy',
  'storage-full',
  'storage-blocked',
  'storage-newer',
  'storage-broken',
  'internal',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/**
 * A broken promise, by code. `detail` is for the person's eyes in an evidence card (a field's path,
 * a provider's error code); it never holds a secret.
 */
export class PatchbayError extends Error {
  override readonly name = 'PatchbayError';
  readonly code: ErrorCode;
  readonly detail: string | null;

  constructor(code: ErrorCode, detail: string | null = null, options?: ErrorOptions) {
    super(detail === null ? code : `${code}: ${detail}`, options);
    this.code = code;
    this.detail = detail;
  }
}

/** The code of anything thrown; what is neither ours nor the storage's is `internal`. */
export function codeOf(thrown: unknown): ErrorCode {
  if (thrown instanceof PatchbayError) return thrown.code;
  const name = thrown instanceof Error ? thrown.name : '';
  if (name === 'QuotaExceededError') return 'storage-full';
  return name === 'VersionError' ? 'storage-newer' : 'internal';
}
