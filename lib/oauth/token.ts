import * as oauth from 'oauth4webapi';
import { reveal, secret, type OauthCredential, type Secret } from '../domain/credential.ts';
import type { ErrorCode } from '../domain/errors.ts';
import { describe, jsonOf, type Answer, type Send } from '../domain/exchange.ts';
import { judgeTokenError } from '../domain/judge.ts';
import { plainText, textAt, valueAt } from '../domain/json-path.ts';
import type { Verdict } from '../domain/verdict.ts';
import { verdictWithoutSecrets, withoutSecrets, wordsOf } from '../domain/provider-words.ts';
import type { Server } from './server.ts';

/** What a token endpoint answered, judged. */
export type TokenOutcome =
  | {
      readonly kind: 'tokens';
      readonly credential: OauthCredential;
      /** `null`: the answer said nothing, which means as asked (RFC 6749 §5.1). */
      readonly scopesGiven: readonly string[] | null;
    }
  | {
      readonly kind: 'refused';
      readonly verdict: Verdict;
      readonly code: ErrorCode;
      /** Method, host and path. */
      readonly asked: string;
      readonly tookMs: number;
      readonly status: number | null;
      readonly error: string | null;
      readonly words: string | null;
    };

interface Ask {
  readonly server: Server;
  readonly send: Send;
  readonly now: () => number;
}

/** Exchanges an authorization code (RFC 6749 §4.1.3, RFC 7636 §4.5). */
export function exchangeCode(
  ask: Ask,
  params: URLSearchParams,
  redirectUri: string,
  verifier: Secret | null,
): Promise<TokenOutcome> {
  const { server } = ask;
  const known = [params.get('code') ?? '', verifier === null ? '' : reveal(verifier)];
  return tokenCall(ask, known, null, (options) =>
    oauth.authorizationCodeGrantRequest(
      server.as,
      server.client,
      server.auth,
      params,
      redirectUri,
      verifier === null ? oauth.nopkce : reveal(verifier),
      options,
    ),
  );
}

/**
 * Renews an access token (RFC 6749 §6). A rotated refresh token replaces the one given; where none
 * comes back, the one given goes on.
 * @param known further secrets that the provider's words are kept free of
 */
export function refresh(
  ask: Ask,
  refreshToken: Secret,
  known: readonly string[] = [],
): Promise<TokenOutcome> {
  const { server } = ask;
  return tokenCall(ask, [reveal(refreshToken), ...known], refreshToken, (options) =>
    oauth.refreshTokenGrantRequest(
      server.as,
      server.client,
      server.auth,
      reveal(refreshToken),
      options,
    ),
  );
}

async function tokenCall(
  ask: Ask,
  known: readonly string[],
  oldRefreshToken: Secret | null,
  request: (options: oauth.TokenEndpointRequestOptions) => Promise<Response>,
): Promise<TokenOutcome> {
  const { server, send, now } = ask;
  const askedAt = now();
  let asked = '';
  let answer: Answer | undefined;
  const capture = async (url: string, init: oauth.CustomFetchOptions<string, unknown>) => {
    const outgoing = {
      method: init.method,
      url,
      headers: { ...init.headers, ...server.method.tokenHeaders, ...bodyType(server) },
      body: bodyOf(server, init.body),
    };
    asked = describe(outgoing);
    answer = await send(outgoing);
    return new Response(null);
  };
  await request({
    [oauth.customFetch]: capture,
    [oauth.allowInsecureRequests]: server.isInsecure,
  });
  if (answer === undefined) throw new TypeError('no request was made');
  const secrets = [...known, ...server.secrets, ...tokensIn(answer)];
  return read(server, answer, { askedAt, asked, secrets, oldRefreshToken, now });
}

interface Reading {
  readonly askedAt: number;
  readonly asked: string;
  /** What the server's words are kept free of. */
  readonly secrets: readonly string[];
  readonly oldRefreshToken: Secret | null;
  readonly now: () => number;
}

async function read(server: Server, answer: Answer, reading: Reading): Promise<TokenOutcome> {
  const json = answer.kind === 'answer' ? jsonOf(answer.text) : undefined;
  const isError =
    answer.kind === 'silence' ||
    answer.status < 200 ||
    answer.status > 299 ||
    // Several servers answer 200 with an error inside.
    (textAt(json, 'error') !== null && textAt(json, 'access_token') === null);
  if (isError) {
    const { verdict, error } = judgeTokenError(answer, server.method.tokenRules, reading.now());
    return refused(answer, verdict, codeOfVerdict(verdict, answer, error), error, reading);
  }
  if (!isRecord(json))
    return refused(answer, { kind: 'unreadable' }, 'token-unreadable', null, reading);
  if (textAt(json, 'access_token') === null) {
    // Others do so under names of their own, which their definitions know.
    const { verdict } = judgeTokenError(answer, server.method.tokenRules, reading.now());
    if (verdict.kind !== 'unreadable')
      return refused(answer, verdict, codeOfVerdict(verdict, answer, null), null, reading);
  }
  return parse(server, answer, json, reading);
}

/** Hands a well-formed success to the library, which judges it by RFC 6749 §5.1. */
async function parse(
  server: Server,
  answer: Extract<Answer, { kind: 'answer' }>,
  json: Record<string, unknown>,
  reading: Reading,
): Promise<TokenOutcome> {
  const unreadable = (code: ErrorCode): TokenOutcome =>
    refused(answer, { kind: 'unreadable' }, code, null, reading);
  if (typeof json['access_token'] !== 'string' || json['access_token'] === '')
    return unreadable('token-missing');
  const expiresIn = secondsOf(json['expires_in']);
  // On a refresh the old token is spent: an answer with a senseless end is kept without it.
  if (expiresIn === 'senseless' && reading.oldRefreshToken === null)
    return unreadable('token-invalid');
  const refreshToken = json['refresh_token'];
  const scope = scopeOf(json['scope']);
  const body = {
    access_token: json['access_token'],
    token_type: tokenType(server, json['token_type']),
    ...(typeof expiresIn === 'number' ? { expires_in: expiresIn } : {}),
    // Several servers write "there is none" as null or as nothing.
    ...(isGiven(refreshToken) ? { refresh_token: refreshToken } : {}),
    ...(scope === null ? {} : { scope }),
  };
  if (body.token_type === null) return unreadable('token-type-unknown');
  const response = new Response(JSON.stringify(body), {
    status: 200,
    headers: { 'content-type': 'application/json' },
  });
  try {
    const tokens = await oauth.processRefreshTokenResponse(server.as, server.client, response);
    const { access_token, refresh_token } = tokens;
    return {
      kind: 'tokens',
      credential: {
        kind: 'oauth2',
        accessToken: secret(access_token),
        refreshToken: refresh_token === undefined ? reading.oldRefreshToken : secret(refresh_token),
        clientId: server.client.client_id,
        // Counted from before the request left: never later than the server means it.
        accessEndsAt: typeof expiresIn === 'number' ? reading.askedAt + expiresIn * 1000 : null,
        obtainedAt: reading.askedAt,
      },
      scopesGiven: scope === null ? null : scopesIn(withoutSecrets(scope, reading.secrets)),
    };
  } catch {
    return unreadable('token-invalid');
  }
}

function refused(
  answer: Answer,
  verdict: Verdict,
  code: ErrorCode,
  error: string | null,
  { asked, secrets }: Reading,
): TokenOutcome {
  return {
    kind: 'refused',
    verdict: verdictWithoutSecrets(verdict, secrets),
    code,
    asked,
    tookMs: answer.tookMs,
    error: error === null ? null : withoutSecrets(error, secrets),
    status: answer.kind === 'answer' ? answer.status : null,
    words: wordsOf(answer, secrets),
  };
}

function codeOfVerdict(verdict: Verdict, answer: Answer, error: string | null): ErrorCode {
  if (answer.kind === 'silence' && answer.silence === 'too-large') return 'token-too-large';
  switch (verdict.kind) {
    case 'rejected':
      return 'grant-rejected';
    case 'misconfigured':
      return error === 'invalid_request' || error === 'unsupported_grant_type'
        ? 'token-invalid'
        : 'client-rejected';
    case 'limited':
      return 'scope-rejected';
    case 'offline':
    case 'permission-missing':
      return verdict.kind;
    case 'provider-trouble':
      return verdict.trouble === 'rate-limited' ||
        verdict.trouble === 'timeout' ||
        verdict.trouble === 'unreachable'
        ? verdict.trouble
        : 'provider-trouble';
    case 'unreadable':
    case 'unsaved':
    case 'valid':
      return 'token-unreadable';
  }
}

/** Seconds until the end of a token; some servers write the number as text. */
function secondsOf(value: unknown): number | null | 'senseless' {
  if (value === undefined || value === null) return null;
  const seconds = typeof value === 'string' && /^\d+$/.test(value.trim()) ? Number(value) : value;
  return typeof seconds === 'number' && Number.isFinite(seconds) && seconds > 0
    ? seconds
    : 'senseless';
}

/** The tokens in an answer that may yet be refused for something else. */
function tokensIn(answer: Answer): string[] {
  const json = answer.kind === 'answer' ? jsonOf(answer.text) : undefined;
  return ['access_token', 'refresh_token', 'id_token'].flatMap((name) => {
    const value = valueAt(json, name);
    return typeof value === 'string' ? [value] : [];
  });
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

/** The scopes as text; some servers send a list. What is neither says nothing. */
function scopeOf(value: unknown): string | null {
  if (Array.isArray(value)) return value.filter((one) => typeof one === 'string').join(' ');
  return typeof value === 'string' ? value : null;
}

/** They are kept and shown: in one line each, and no more than anybody reads. */
function scopesIn(text: string): string[] {
  const scopes = text.split(/[\s,]+/).map((scope) => plainText(scope, 300));
  return scopes.filter(Boolean).slice(0, SCOPES_MAX);
}

const SCOPES_MAX = 500;

/** `bearer` in any case, or a type that the definition calls a bearer; a missing one is taken for it. */
function tokenType(server: Server, value: unknown): 'bearer' | null {
  if (value === undefined || value === null) return 'bearer';
  if (typeof value !== 'string') return null;
  const isBearer =
    value.toLowerCase() === 'bearer' || server.method.bearerTypes.includes(value.toLowerCase());
  return isBearer ? 'bearer' : null;
}

function bodyType(server: Server): Record<string, string> {
  return server.method.tokenBody === 'json' ? { 'content-type': 'application/json' } : {};
}

function bodyOf(server: Server, body: unknown): string {
  const form = body instanceof URLSearchParams ? body : new URLSearchParams(String(body ?? ''));
  return server.method.tokenBody === 'json'
    ? JSON.stringify(Object.fromEntries(form))
    : form.toString();
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
