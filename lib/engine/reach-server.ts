import type { ClientCredential } from '../domain/credential.ts';
import { originPattern } from '../domain/url-template.ts';
import { serverOf, type Server } from '../oauth/server.ts';
import type { Oauth2Method } from '../providers/schema.ts';
import type { Ports } from './ports.ts';

/**
 * A provider's authorization server, ready to be asked: where it refuses an extension's `Origin`, the
 * rule that takes the header off is in force. The browser forgets such rules when it closes, so each
 * use makes sure.
 * @throws PatchbayError as {@link serverOf}
 */
export async function reachServer(
  ports: Pick<Ports, 'stripOrigin'>,
  method: Oauth2Method,
  params: Readonly<Record<string, string>>,
  client: ClientCredential,
): Promise<Server> {
  const server = serverOf(method, params, client);
  const { token_endpoint: token, revocation_endpoint: revocation } = server.as;
  const addresses = [token, revocation].flatMap((url) => (url === undefined ? [] : [url]));
  if (method.origin === 'strip') await ports.stripOrigin(addresses.map(originPattern));
  return server;
}
