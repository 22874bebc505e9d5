import type { ClientCredential } from '../domain/credential.ts';
import { secret } from '../domain/credential.ts';
import { PatchbayError } from '../domain/errors.ts';
import type { Method, Provider } from '../providers/schema.ts';
import type { TypedClient } from '../rpc/procedures.ts';
import type { Ports } from './ports.ts';
import { clientKey } from './providers.ts';

/**
 * The OAuth client of an attempt: the catalogue's, the one typed in now, or the one kept from before.
 * @returns `null` for methods without a client
 * @throws PatchbayError `client-missing` or `client-secret-missing`
 */
export async function clientFor(
  ports: Pick<Ports, 'vault'>,
  provider: Provider,
  method: Method,
  params: Readonly<Record<string, string>>,
  typed: TypedClient | null,
): Promise<ClientCredential | null> {
  if (method.kind !== 'oauth2') return null;
  if (method.client.kind === 'bundled') return { clientId: method.client.id, clientSecret: null };
  const client =
    typed === null
      ? await ports.vault.open('client', clientKey(provider.id, params))
      : {
          clientId: typed.clientId,
          clientSecret: typed.clientSecret === null ? null : secret(typed.clientSecret),
        };
  if (client === null) throw new PatchbayError('client-missing');
  if (method.client.secret === 'required' && client.clientSecret === null)
    throw new PatchbayError('client-secret-missing');
  return client;
}
