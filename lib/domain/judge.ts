/**
 * What one answer means. Pure: the definition's own rules first, then what the standards say.
 */
import { jsonOf, type Answer } from './exchange.ts';
import type { Identity } from './identity.ts';
import { textAt, valueAt } from './json-path.ts';
import { isTroubleStatus, ruleFor, type Rule } from './rule.ts';
import { isSpent, retryAt } from './server-pace.ts';
import type { Rejection, Verdict } from './verdict.ts';

/** The part of a check's definition that reading an answer needs. */
export interface CheckRules {
  readonly rules: readonly Rule[];
  readonly identity: {
    readonly id: string;
    readonly label: string;
    readonly email?: string | undefined;
    readonly workspace?: string | undefined;
  };
}

type Answered = Extract<Answer, { kind: 'answer' }>;

/**
 * Judges the answer to a check.
 * @param now epoch ms; dates in `Retry-After` count from it
 */
export function judge(answer: Answer, check: CheckRules, now: number): Verdict {
  if (answer.kind === 'silence') return judgeSilence(answer);
  const json = jsonOf(answer.text);
  const rule = ruleFor(check.rules, answer, json);
  if (rule !== undefined && rule.then !== 'valid')
    return unlessPage(spoken(rule, rule.then, answer, json, now), answer);
  if (rule !== undefined || isSuccess(answer.status)) {
    const identity = identityIn(json, check.identity);
    // A status alone proves nothing: several services answer 200 to nobody in particular.
    return identity === null
      ? { kind: 'unreadable' }
      : { kind: 'valid', identity, expiresAt: null };
  }
  return unlessPage(judgeStatus(answer, json, now), answer);
}

/**
 * A web page that refuses, without the challenge that RFC 9110 §11.6.1 asks of a 401, is a captive
 * portal's, a firewall's or a sign-in page's word, not the API's.
 */
function unlessPage(verdict: Verdict, answer: Answered): Verdict {
  const isPage = /^[\uFEFF\s]*</.test(answer.text) && !answer.headers.has('www-authenticate');
  return verdict.kind === 'rejected' && isPage ? { kind: 'unreadable' } : verdict;
}

/**
 * Judges an error answer of a token endpoint (RFC 6749 §5.2).
 * @returns the verdict and the error code as sent, for the evidence
 */
export function judgeTokenError(
  answer: Answer,
  rules: readonly Rule[],
  now: number,
): { verdict: Verdict; error: string | null } {
  if (answer.kind === 'silence') return { verdict: judgeSilence(answer), error: null };
  const json = jsonOf(answer.text);
  const error = textAt(json, 'error', 80);
  const rule = ruleFor(rules, answer, json);
  if (rule !== undefined && rule.then !== 'valid')
    return { verdict: tokenRejection(spoken(rule, rule.then, answer, json, now), json), error };
  return { verdict: tokenVerdict(error, answer, json, now), error };
}

/** What is wrong with our client, our request, or an administrator's policy: signing in again mends none of it. */
const CONFIGURATION_ERRORS: ReadonlySet<string> = new Set([
  // RFC 6749 §5.2 and §4.1.2.1
  'invalid_client',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_request',
  'access_denied',
  'unsupported_response_type',
  // RFC 8707 §2, RFC 7591 §3.2.2
  'invalid_target',
  'invalid_client_metadata',
  'invalid_redirect_uri',
  // RFC 9449 §5 and §8: the server wants proof of possession, which this client does not speak.
  'invalid_dpop_proof',
  'use_dpop_nonce',
]);

function tokenVerdict(error: string | null, answer: Answered, json: unknown, now: number): Verdict {
  if (error !== null && !isTroubleStatus(answer.status)) {
    switch (error) {
      case 'invalid_grant':
      // OpenID Connect Core §3.1.2.6
      case 'interaction_required':
      case 'login_required':
      case 'consent_required':
      case 'account_selection_required':
        return { kind: 'rejected', reason: 'revoked' };
      case 'invalid_scope':
        return { kind: 'limited' };
      case 'temporarily_unavailable':
      case 'server_error':
        return trouble('server-error', answer, now);
      // RFC 8628 §3.5
      case 'slow_down':
        return trouble('rate-limited', answer, now);
    }
    if (CONFIGURATION_ERRORS.has(error)) return { kind: 'misconfigured', code: error };
  }
  // A code that no standard knows says nothing that could be relied on.
  const general = judgeStatus(answer, json, now);
  // A 401 without an OAuth error, as a proxy or portal sends it, says nothing of the grant.
  return general.kind === 'rejected' || isSuccess(answer.status) ? { kind: 'unreadable' } : general;
}

/** At the token endpoint a refusal is about the grant, if the token endpoint said it: that speaks JSON. */
function tokenRejection(verdict: Verdict, json: unknown): Verdict {
  if (verdict.kind !== 'rejected') return verdict;
  return typeof json === 'object' && json !== null
    ? { kind: 'rejected', reason: 'revoked' }
    : { kind: 'unreadable' };
}

function judgeSilence(answer: Extract<Answer, { kind: 'silence' }>): Verdict {
  switch (answer.silence) {
    case 'offline':
      return { kind: 'offline' };
    case 'permission-missing':
      return { kind: 'permission-missing' };
    case 'too-large':
    case 'cut-short':
      return { kind: 'unreadable' };
    case 'timeout':
    case 'unreachable':
    case 'redirected':
      return { kind: 'provider-trouble', trouble: answer.silence, retryAt: null };
  }
}

function judgeStatus(answer: Answered, json: unknown, now: number): Verdict {
  const { status } = answer;
  if (status === 401) return { kind: 'rejected', reason: 'key-rejected' };
  if (status === 403 && saysScope(answer, json)) return { kind: 'limited' };
  if (status === 429) return trouble('rate-limited', answer, now);
  if (status === 403 && (answer.headers.has('retry-after') || isSpent(answer)))
    return trouble('rate-limited', answer, now);
  if (isTroubleStatus(status)) return trouble('server-error', answer, now);
  if (status >= 300 && status < 400) return trouble('redirected', answer, now);
  return trouble('refused', answer, now);
}

function trouble(
  kind: Extract<Verdict, { kind: 'provider-trouble' }>['trouble'],
  answer: Answered,
  now: number,
): Verdict {
  return { kind: 'provider-trouble', trouble: kind, retryAt: retryAt(answer, now) };
}

function spoken(
  rule: Rule,
  then: Exclude<Rule['then'], 'valid'>,
  answer: Answered,
  json: unknown,
  now: number,
): Verdict {
  const rejected = (reason: Rejection): Verdict => ({ kind: 'rejected', reason });
  switch (then) {
    case 'rejected':
      return rejected('key-rejected');
    case 'expired':
      return rejected('expired');
    case 'limited':
      return { kind: 'limited' };
    case 'misconfigured':
      return { kind: 'misconfigured', code: textAt(json, rule.path ?? 'error', 80) ?? 'refused' };
    case 'rate-limited':
      return trouble('rate-limited', answer, now);
    case 'provider-trouble':
      return trouble('server-error', answer, now);
    case 'unreadable':
      return { kind: 'unreadable' };
  }
}

function identityIn(json: unknown, paths: CheckRules['identity']): Identity | null {
  const id = textAt(json, paths.id);
  if (id === null) return null;
  const label =
    (paths.email === undefined ? null : textAt(json, paths.email)) ?? textAt(json, paths.label);
  return {
    id,
    label: label ?? id,
    workspace: paths.workspace === undefined ? null : textAt(json, paths.workspace),
  };
}

/** RFC 6750 §3.1, and the bodies that say the same. */
function saysScope(answer: Answered, json: unknown): boolean {
  return (
    /error="?insufficient_scope/.test(answer.headers.get('www-authenticate') ?? '') ||
    valueAt(json, 'error') === 'insufficient_scope'
  );
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
