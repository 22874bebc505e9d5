import * as oauth from 'oauth4webapi';
import { reveal, type ClientCredential, type OauthCredential } from '../domain/credential.ts';
import { jsonOf, type Answer, type Send } from '../domain/exchange.ts';
import { valueAt } from '../domain/json-path.ts';
import { expandUrl } from '../domain/url-template.ts';
import { basicAuthorization, credentialHeaders } from '../providers/credential-headers.ts';
import type { Oauth2Method } from '../providers/schema.ts';
import type { Server } from './server.ts';

/** Whether the provider confirmed that a grant is over. */
export type RevokeOutcome = 'revoked' | 'unsupported' | 'failed';

/**
 * Ends a grant at its provider: the refresh token first, which takes the access token with it
 * (RFC 7009 §2.1). 200 is given for an unknown token too; anything else means it must be taken for
 * alive (§2.2.1).
 */
export async function revoke(
  server: Server,
  credential: OauthCredential,
  client: ClientCredential,
  params: Readonly<Record<string, string>>,
  send: Send,
): Promise<RevokeOutcome> {
  const how = server.method.revoke;
  if (how === undefined) return 'unsupported';
  if (how.kind === 'request') {
    const url = expandUrl(how.url, { ...params, clientId: client.clientId });
    if (url === null) return 'failed';
    const headers =
      how.as === 'token' ? credentialHeaders(server.method, credential) : clientHeaders(client);
    if (headers === null) return 'failed';
    const body = how.body?.replaceAll('{token}', JSON.stringify(reveal(credential.accessToken)));
    return outcome(
      await send({
        method: how.method,
        url,
        headers: { Accept: 'application/json', ...how.headers, ...headers },
        ...(body === undefined ? {} : { body }),
      }),
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
  return answer === undefined ? 'failed' : outcome(answer);
}

/** @param confirm what a success says, at a provider that answers 200 to everything */
function outcome(answer: Answer, confirm?: Confirm): RevokeOutcome {
  if (answer.kind !== 'answer' || answer.status < 200 || answer.status > 299) return 'failed';
  if (confirm === undefined) return 'revoked';
  const said = valueAt(jsonOf(answer.text), confirm.path);
  return confirm.in.some((value) => value === said) ? 'revoked' : 'failed';
}

type Confirm = Extract<Oauth2Method['revoke'], { kind: 'request' }>['confirm'];

function clientHeaders(client: ClientCredential): Record<string, string> | null {
  if (client.clientSecret === null) return null;
  return { Authorization: basicAuthorization(client.clientId, reveal(client.clientSecret)) };
}
