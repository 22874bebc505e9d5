import type { Credential } from '../domain/credential.ts';
import { PatchbayError } from '../domain/errors.ts';
import type { Answer, OutgoingRequest, Send } from '../domain/exchange.ts';
import { judge } from '../domain/judge.ts';
import { expandUrl } from '../domain/url-template.ts';
import type { Verdict } from '../domain/verdict.ts';
import { verdictWithoutSecrets, wordsOf } from '../domain/provider-words.ts';
import { credentialHeaders, secretStrings } from '../providers/credential-headers.ts';
import type { CheckDefinition, Method } from '../providers/schema.ts';

/** What one check brought: the verdict, and what to keep as evidence. */
export interface CheckResult {
  readonly verdict: Verdict;
  readonly asked: string;
  readonly status: number | null;
  readonly tookMs: number;
  readonly words: string | null;
}

/** A request of a provider definition, with the credential in its place. */
export function credentialedRequest(
  definition: Pick<CheckDefinition, 'method' | 'url' | 'headers' | 'body'>,
  method: Method,
  credential: Credential,
  params: Readonly<Record<string, string>>,
): OutgoingRequest {
  const url = expandUrl(definition.url, params);
  if (url === null) throw new PatchbayError('parameter-invalid', definition.url);
  return {
    method: definition.method,
    url,
    headers: {
      Accept: 'application/json',
      ...definition.headers,
      ...credentialHeaders(method, credential),
    },
    ...(definition.body === undefined ? {} : { body: definition.body }),
  };
}

/**
 * Asks the provider whether a credential works and who it belongs to.
 * @param now epoch ms
 * @throws PatchbayError `parameter-invalid` when the address cannot be made
 */
export async function runCheck(
  check: CheckDefinition,
  method: Method,
  credential: Credential,
  params: Readonly<Record<string, string>>,
  send: Send,
  now: () => number,
): Promise<CheckResult> {
  const request = credentialedRequest(check, method, credential, params);
  const answer = await send(request);
  const secrets = secretStrings(credential);
  return {
    verdict: verdictWithoutSecrets(judge(answer, check, now()), secrets),
    asked: describe(request),
    status: statusOf(answer),
    tookMs: answer.tookMs,
    words: wordsOf(answer, secrets),
  };
}

/** `GET api.example.com/me`: what may be shown of a request. A query may hold what a person typed. */
export function describe(request: OutgoingRequest): string {
  const { host, pathname } = new URL(request.url);
  return `${request.method} ${host}${pathname}`;
}

/** The status of an answer; `null` when none came. */
export function statusOf(answer: Answer): number | null {
  return answer.kind === 'answer' ? answer.status : null;
}
