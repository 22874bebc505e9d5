import * as oauth from 'oauth4webapi';
import { secret, reveal, type Secret } from '../domain/credential.ts';
import { PatchbayError, type ErrorCode } from '../domain/errors.ts';
import { plainText } from '../domain/json-path.ts';
import type { Server } from './server.ts';

/** What one attempt sends to the sign-in window, and what it must remember. */
export interface AuthorizationRequest {
  readonly url: string;
  readonly state: Secret;
  readonly verifier: Secret | null;
}

export interface AuthorizationWish {
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  /** The identity that is expected, in the provider's own terms. */
  readonly hint: string | null;
  /** Makes the provider ask which account is meant. */
  readonly chooseAccount: boolean;
  /** Further parameters of this one try; they go before the definition's own. */
  readonly extra?: Readonly<Record<string, string>>;
}

/**
 * Makes the address of the sign-in window: authorization code with PKCE `S256` and a fresh verifier
 * and state of 256 bits each (RFC 7636 §4.1, RFC 9700 §2.1).
 */
export async function authorizationRequest(
  server: Server,
  wish: AuthorizationWish,
): Promise<AuthorizationRequest> {
  const { as, client, method } = server;
  const url = new URL(as.authorization_endpoint ?? '');
  const state = oauth.generateRandomState();
  const verifier = method.pkce === 'none' ? null : oauth.generateRandomCodeVerifier();
  const set = (name: string, value: string): void => url.searchParams.set(name, value);
  for (const [name, value] of Object.entries(method.authorizeParams)) set(name, value);
  if (wish.chooseAccount)
    for (const [name, value] of Object.entries(method.chooseParams)) set(name, value);
  for (const [name, value] of Object.entries(wish.extra ?? {})) set(name, value);
  if (wish.hint !== null && method.hintParameter !== undefined)
    set(method.hintParameter, wish.hint);
  if (wish.scopes.length > 0) set(method.scopeParameter, wish.scopes.join(method.scopeSeparator));
  // What the protocol says comes last: no name that a definition chose stands in for it.
  set('response_type', 'code');
  set('client_id', client.client_id);
  set('redirect_uri', wish.redirectUri);
  set('state', state);
  if (verifier !== null) {
    set('code_challenge', await oauth.calculatePKCECodeChallenge(verifier));
    set('code_challenge_method', 'S256');
  }
  return {
    url: url.href,
    state: secret(state),
    verifier: verifier === null ? null : secret(verifier),
  };
}

/**
 * Judges the address that the window came back with.
 * @returns the parameters, proven to answer this very attempt
 * @throws PatchbayError saying which promise was broken; the server's own error code is the detail
 * only after `state` and `iss` have been checked (RFC 9207 §2.4)
 */
export function readRedirect(
  server: Server,
  answer: string,
  expected: { readonly redirectUri: string; readonly state: Secret },
): URLSearchParams {
  const url = new URL(answer);
  const want = new URL(expected.redirectUri);
  // Chrome compares the host alone: another path of ours comes back as a success.
  if (url.origin !== want.origin || url.pathname !== want.pathname)
    throw new PatchbayError('redirect-mismatch');
  if (url.hash.length > 1 && hasAnswer(new URLSearchParams(url.hash.slice(1))))
    throw new PatchbayError('answer-in-fragment');
  url.hash = '';
  const { searchParams } = url;
  if (searchParams.get('state') === null) throw new PatchbayError('state-missing');
  if (searchParams.get('state') !== reveal(expected.state))
    throw new PatchbayError('state-mismatch');
  if (!server.hasIssuer) searchParams.delete('iss');
  try {
    const params = oauth.validateAuthResponse(
      server.as,
      server.client,
      searchParams,
      reveal(expected.state),
    );
    // One of each (RFC 6749 §3.1).
    const [code = '', ...more] = params.getAll('code');
    if (code === '' || more.length > 0) throw new PatchbayError('code-missing');
    return params;
  } catch (thrown) {
    throw refusal(thrown, searchParams, server);
  }
}

function hasAnswer(params: URLSearchParams): boolean {
  return ['code', 'access_token', 'id_token', 'error', 'state'].some((name) => params.has(name));
}

function refusal(thrown: unknown, params: URLSearchParams, server: Server): PatchbayError {
  if (thrown instanceof PatchbayError) return thrown;
  if (thrown instanceof oauth.AuthorizationResponseError)
    return new PatchbayError(refusalCode(thrown.error), plainText(thrown.error, 80));
  const iss = params.get('iss');
  const isIssuer = iss === null ? server.method.issRequired : iss !== server.as.issuer;
  return new PatchbayError(isIssuer ? 'issuer-mismatch' : 'code-missing');
}

/** RFC 6749 §4.1.2.1. */
function refusalCode(error: string): ErrorCode {
  switch (error) {
    case 'access_denied':
      return 'denied';
    case 'server_error':
    case 'temporarily_unavailable':
      return 'provider-trouble';
    case 'invalid_scope':
      return 'scope-rejected';
    case 'unauthorized_client':
    case 'invalid_client':
      return 'client-rejected';
    default:
      return 'authorization-refused';
  }
}
