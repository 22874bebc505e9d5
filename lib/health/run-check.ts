import type { Told } from '../domain/connection.ts';
import type { Credential } from '../domain/credential.ts';
import { PatchbayError } from '../domain/errors.ts';
import { describe, type Answer, type OutgoingRequest, type Send } from '../domain/exchange.ts';
import { nearStatedEnd } from '../domain/health.ts';
import type { Identity } from '../domain/identity.ts';
import { judge } from '../domain/judge.ts';
import { entityTag, notBefore, statedEnd } from '../domain/server-pace.ts';
import { expandUrl } from '../domain/url-template.ts';
import type { Verdict } from '../domain/verdict.ts';
import { verdictWithoutSecrets, withoutSecrets, wordsOf } from '../domain/provider-words.ts';
import { credentialHeaders, secretStrings } from '../providers/credential-headers.ts';
import type { CheckDefinition, Method } from '../providers/schema.ts';

/** What one check brought: the verdict, and what to keep as evidence. */
export interface CheckResult {
  readonly verdict: Verdict;
  readonly asked: string;
  readonly status: number | null;
  readonly tookMs: number;
  readonly words: string | null;
  /** When the provider wants to be asked again at the earliest, epoch ms. */
  readonly notBefore?: number | null;
  /** What it said beside a yes in full. */
  readonly told?: Told | null;
}

/** What is known of a connection from an earlier check with the same credential. */
export interface Known {
  readonly told: Told;
  readonly identity: Identity;
}

/** An entity tag is trusted for so long; then the provider is asked for a full answer again. */
const TOLD_FOR_MS = 24 * 60 * 60 * 1000;

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
 * @param known lets a provider whose definition allows it say that nothing has changed
 * @throws PatchbayError `parameter-invalid` when the address cannot be made
 */
export async function runCheck(
  check: CheckDefinition,
  method: Method,
  credential: Credential,
  params: Readonly<Record<string, string>>,
  send: Send,
  now: () => number,
  known: Known | null = null,
): Promise<CheckResult> {
  const plain = credentialedRequest(check, method, credential, params);
  const obtainedAt = credential.kind === 'oauth2' ? credential.obtainedAt : 0;
  const before = check.conditional === true ? usable(known, obtainedAt, now()) : null;
  const request =
    before === null
      ? plain
      : { ...plain, headers: { ...plain.headers, 'If-None-Match': before.etag } };
  const answer = await send(request);
  const secrets = secretStrings(credential);
  const isUnchanged = before !== null && statusOf(answer) === 304;
  const told = isUnchanged ? before.told : toldIn(answer, check, secrets, obtainedAt, now());
  const verdict: Verdict = isUnchanged
    ? { kind: 'valid', identity: before.identity, expiresAt: null }
    : verdictWithoutSecrets(judge(answer, check, now()), secrets);
  return {
    verdict:
      verdict.kind === 'valid'
        ? { ...verdict, expiresAt: nearStatedEnd(told.endsAt, now()) }
        : verdict,
    notBefore: notBefore(answer, now()),
    told: verdict.kind === 'valid' ? told : null,
    asked: describe(request),
    status: statusOf(answer),
    tookMs: answer.tookMs,
    words: wordsOf(answer, secrets),
  };
}

interface Usable extends Known {
  readonly etag: string;
}

function usable(known: Known | null, obtainedAt: number, now: number): Usable | null {
  const etag = known?.told.etag;
  if (known === null || etag === undefined || known.told.obtainedAt !== obtainedAt) return null;
  return Math.abs(now - known.told.at) < TOLD_FOR_MS ? { ...known, etag } : null;
}

function toldIn(
  answer: Answer,
  { conditional, endsHeader }: CheckDefinition,
  secrets: readonly string[],
  obtainedAt: number,
  now: number,
): Told {
  const etag = conditional === true ? entityTag(answer) : null;
  const endsAt = statedEnd(answer, endsHeader, now);
  return {
    at: now,
    obtainedAt,
    // Pages read it: one that is made of the secret itself is not kept.
    ...(etag === null || withoutSecrets(etag, secrets) !== etag ? {} : { etag }),
    ...(endsAt === null ? {} : { endsAt }),
  };
}

/** The status of an answer; `null` when none came. */
export function statusOf(answer: Answer): number | null {
  return answer.kind === 'answer' ? answer.status : null;
}
