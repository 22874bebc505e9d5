import * as oauth from 'oauth4webapi';
import { reveal, type ClientCredential, type OauthCredential } from '../domain/credential.ts';
import { jsonOf, type Answer, type Send, type Silence } from '../domain/exchange.ts';
import { valueAt } from '../domain/json-path.ts';
import { expandUrl } from '../domain/url-template.ts';
import { basicAuthorization, credentialHeaders } from '../providers/credential-headers.ts';
import { isTroubleStatus } from '../domain/rule.ts';
import { retryAt } from '../domain/server-pace.ts';
import type { Oauth2Method } from '../providers/schema.ts';
import type { Server } from './server.ts';

/** Whether the provider confirmed that a grant is over. */
export type RevokeOutcome =
  | { readonly kind: 'revoked' }
  | { readonly kind: 'unsupported' }
  /** It must be taken for alive. `retryAt`: when asking again may help, epoch ms; `null`: it will not. */
  | { readonly kind: 'failed'; readonly retryAt: number | null };

/** Silences behind which nobody answered; the others will be the same again. */
const PASSING: ReadonlySet<Silence> = new Set(['offline', 'timeout', 'unreachable', 'cut-short']);

const FAILED = { kind: 'failed', retryAt: null } as const;

/**
 * Ends a grant at its provider: the refresh token first, which takes the access token with it
 * (RFC 7009 §2.1). 200 is given for an unknown token too; anything else means it must be taken for
 * alive (§2.2.1).
 * @param now epoch ms
 */
export async function revoke(
  server: Server,
  credential: OauthCredential,
  client: ClientCredential,
  params: Readonly<Record<string, string>>,
  send: Send,
  now: () => number,
): Promise<RevokeOutcome> {
  const how = server.method.revoke;
  if (how === undefined) return { kind: 'unsupported' };
  if (how.kind === 'request') {
    const url = expandUrl(how.url, { ...params, clientId: client.clientId });
    if (url === null) return FAILED;
    const headers =
      how.as === 'token' ? credentialHeaders(server.method, credential) : clientHeaders(client);
    if (headers === null) return FAILED;
    const body = how.body?.replaceAll('{token}', JSON.stringify(reveal(credential.accessToken)));
    return outcome(
      await send({
        method: how.method,
        url,
        headers: { Accept: 'application/json', ...how.headers, ...headers },
        ...(body === undefined ? {} : { body }),
      }),
      now(),
      how.confirm,
    );
  }
  let answer: Answer | undefined;
  await oauth.revocationRequest(
    server.as,
    server.client,
    server.auth,
    reveal(credential.refreshToken ?? credential.accessToken),
    {
      [oauth.allowInsecureRequests]: server.isInsecure,
      [oauth.customFetch]: async (url, init) => {
        answer = await send({
          method: init.method,
          url,
          headers: init.headers,
          body: String(init.body ?? ''),
        });
        return new Response(null);
      },
    },
  );
  return answer === undefined ? FAILED : outcome(answer, now());
}

/** @param confirm what a success says, at a provider that answers 200 to everything */
function outcome(answer: Answer, now: number, confirm?: Confirm): RevokeOutcome {
  if (answer.kind === 'silence')
    return { kind: 'failed', retryAt: PASSING.has(answer.silence) ? now : null };
  const { status } = answer;
  if (isTroubleStatus(status)) return { kind: 'failed', retryAt: retryAt(answer, now) ?? now };
  if (status < 200 || status > 299) return FAILED;
  if (confirm === undefined) return { kind: 'revoked' };
  const said = valueAt(jsonOf(answer.text), confirm.path);
  return confirm.in.some((value) => value === said) ? { kind: 'revoked' } : FAILED;
}

type Confirm = Extract<Oauth2Method['revoke'], { kind: 'request' }>['confirm'];

function clientHeaders(client: ClientCredential): Record<string, string> | null {
  if (client.clientSecret === null) return null;
  return { Authorization: basicAuthorization(client.clientId, reveal(client.clientSecret)) };
}
