import type { Credential } from '../domain/credential.ts';
import { PatchbayError, type ErrorCode } from '../domain/errors.ts';
import type { Grant } from '../domain/grant.ts';
import type { Proven } from '../domain/authorization.ts';
import type { Verdict } from '../domain/verdict.ts';
import { readAccounts } from '../health/read-accounts.ts';
import { runCheck, type CheckResult } from '../health/run-check.ts';
import type { Method, Provider } from '../providers/schema.ts';
import type { Ports } from './ports.ts';

/** A fresh credential that its provider has accepted. */
export interface Proof {
  readonly proven: Proven;
  readonly check: CheckResult;
}

/**
 * Asks the provider whether a fresh credential works, who it belongs to and what it reaches. A
 * credential counts only after this.
 * @throws PatchbayError saying why it does not count; the provider's own words are the detail
 */
export async function prove(
  ports: Ports,
  provider: Provider,
  method: Method,
  credential: Credential,
  params: Readonly<Record<string, string>>,
  grant: Grant | null,
): Promise<Proof> {
  const { send, now } = ports;
  const check = await runCheck(provider.check, method, credential, params, send, now);
  const { verdict } = check;
  if (verdict.kind !== 'valid') throw new PatchbayError(failureOf(verdict), check.words);
  const accounts = await readAccounts(provider, method, credential, params, send, now);
  return { proven: { identity: verdict.identity, accounts, grant }, check };
}

/** Why a fresh credential does not count. */
function failureOf(verdict: Exclude<Verdict, { kind: 'valid' }>): ErrorCode {
  switch (verdict.kind) {
    case 'rejected':
      return 'credential-rejected';
    case 'limited':
      return 'credential-limited';
    case 'misconfigured':
      return 'client-rejected';
    case 'unsaved':
      return 'storage-full';
    case 'unreadable':
    case 'offline':
    case 'permission-missing':
      return verdict.kind;
    case 'provider-trouble':
      return verdict.trouble === 'rate-limited' ||
        verdict.trouble === 'timeout' ||
        verdict.trouble === 'unreachable'
        ? verdict.trouble
        : 'provider-trouble';
  }
}
