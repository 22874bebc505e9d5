import * as oauth from 'oauth4webapi';
import { reveal, type ClientCredential } from '../domain/credential.ts';
import { PatchbayError } from '../domain/errors.ts';
import { expandUrl, isLoopbackHost } from '../domain/url-template.ts';
import { basicAuthorization } from '../providers/credential-headers.ts';
import type { Oauth2Method } from '../providers/schema.ts';

/** A provider's authorization server as `oauth4webapi` wants it, with our client at it. */
export interface Server {
  readonly as: oauth.AuthorizationServer;
  readonly client: oauth.Client;
  readonly auth: oauth.ClientAuth;
  readonly method: Oauth2Method;
  /** Whether the definition names an issuer to compare `iss` with. */
  readonly hasIssuer: boolean;
  readonly isInsecure: boolean;
  /** The client's secret, in every way that it is sent. */
  readonly secrets: readonly string[];
}

/**
 * Puts a method, the person's parameters and a client together.
 * @throws PatchbayError `parameter-invalid` when an address cannot be made, `client-secret-missing`
 * when the provider asks for a secret that is not there
 */
export function serverOf(
  method: Oauth2Method,
  params: Readonly<Record<string, string>>,
  client: ClientCredential,
): Server {
  const given = { ...params, clientId: client.clientId };
  const address = (template: string): string => {
    const url = expandUrl(template, given);
    if (url === null) throw new PatchbayError('parameter-invalid', template);
    return url;
  };
  const token = address(method.token);
  const revoke = method.revoke?.kind === 'rfc7009' ? address(method.revoke.url) : undefined;
  return {
    as: {
      // Where a provider names no issuer, its token address stands in: `iss` is then not compared.
      issuer: method.issuer === undefined ? token : address(method.issuer),
      authorization_endpoint: address(method.authorize),
      token_endpoint: token,
      ...(revoke === undefined ? {} : { revocation_endpoint: revoke }),
      authorization_response_iss_parameter_supported: method.issRequired,
    },
    client: { client_id: client.clientId },
    auth: clientAuth(method, client),
    method,
    hasIssuer: method.issuer !== undefined,
    isInsecure: new URL(token).protocol === 'http:' && isLoopbackHost(new URL(token).hostname),
    secrets: secretsOf(client),
  };
}

function clientAuth(method: Oauth2Method, client: ClientCredential): oauth.ClientAuth {
  if (method.tokenAuth === 'none' || (client.clientSecret === null && !isSecretRequired(method)))
    return oauth.None();
  if (client.clientSecret === null) throw new PatchbayError('client-secret-missing');
  const clientSecret = reveal(client.clientSecret);
  switch (method.tokenAuth) {
    case 'post':
      return oauth.ClientSecretPost(clientSecret);
    case 'basic':
      return oauth.ClientSecretBasic(clientSecret);
    case 'basic-plain':
      return (_server, { client_id }, _body, headers) =>
        headers.set('authorization', basicAuthorization(client_id, clientSecret));
  }
}

function secretsOf({ clientId, clientSecret }: ClientCredential): string[] {
  if (clientSecret === null) return [];
  const text = reveal(clientSecret);
  // Basic sends both in one: plainly, or each as forms write it (RFC 6749 §2.3.1).
  return [
    text,
    `${clientId}:${text}`,
    [clientId, text].map((one) => encodeURIComponent(one.toWellFormed())).join(':'),
  ];
}

function isSecretRequired(method: Oauth2Method): boolean {
  return method.client.kind === 'own' && method.client.secret === 'required';
}
