import type { ClientCredential } from '../domain/credential.ts';
import { secret } from '../domain/credential.ts';
import { PatchbayError } from '../domain/errors.ts';
import type { Method, Provider } from '../providers/schema.ts';
import type { TypedClient } from '../rpc/procedures.ts';
import type { Commit } from '../store/commit.ts';
import type { WriteTransaction } from '../store/database.ts';
import { secretId } from '../store/vault.ts';
import type { Ports } from './ports.ts';

type Params = Readonly<Record<string, string>>;

/** The key of a client that the person brought: it belongs to one server alone. */
export function clientKey(providerId: string, params: Params): string {
  const own = Object.entries(params)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`);
  return [providerId, ...own].join('|');
}

/** Where the vault keeps one of the clients of a server: a person may bring several over time. */
function entryOf(key: string, clientId: string): string {
  return `${key}#${clientId}`;
}

/**
 * The OAuth client of an attempt: the catalogue's, the one typed in now, or the one kept from before.
 * @param clientId the client that tokens were issued to, which alone can renew and revoke them
 * (RFC 6749 §6); `null` for the one that was brought last
 * @returns `null` for methods without a client
 * @throws PatchbayError `client-missing` or `client-secret-missing`
 */
export async function clientFor(
  ports: Pick<Ports, 'vault' | 'database'>,
  provider: Provider,
  method: Method,
  params: Params,
  typed: TypedClient | null,
  clientId: string | null = null,
): Promise<ClientCredential | null> {
  if (method.kind !== 'oauth2') return null;
  if (method.client.kind === 'bundled') return { clientId: method.client.id, clientSecret: null };
  const client =
    typed === null
      ? await keptClient(ports, clientKey(provider.id, params), clientId)
      : {
          clientId: typed.clientId,
          clientSecret: typed.clientSecret === null ? null : secret(typed.clientSecret),
        };
  if (client === null) throw new PatchbayError('client-missing');
  if (method.client.secret === 'required' && client.clientSecret === null)
    throw new PatchbayError('client-secret-missing');
  return client;
}

async function keptClient(
  ports: Pick<Ports, 'vault' | 'database'>,
  key: string,
  clientId: string | null,
): Promise<ClientCredential | null> {
  const id = clientId ?? (await (await ports.database()).get('clients', key))?.clientId;
  return id === undefined ? null : ports.vault.open('client', entryOf(key, id));
}

/** What keeps a client that has worked, as parts of a commit: it is the one brought last from now on. */
export async function keepClient(
  ports: Pick<Ports, 'vault'>,
  providerId: string,
  params: Params,
  client: ClientCredential,
): Promise<Required<Pick<Commit, 'putSecrets' | 'also'>>> {
  const key = clientKey(providerId, params);
  const { clientId } = client;
  return {
    putSecrets: [await ports.vault.seal('client', entryOf(key, clientId), client)],
    also: async (tx) => {
      await tx.objectStore('clients').put({ id: key, clientId });
    },
  };
}

/** Destroys every client of a provider. */
export async function forgetClients(tx: WriteTransaction, providerId: string): Promise<void> {
  const below = (prefix: string): IDBKeyRange => IDBKeyRange.bound(prefix, `${prefix}\uffff`);
  const clients = tx.objectStore('clients');
  const secrets = tx.objectStore('secrets');
  const name = secretId('client', providerId);
  await Promise.all([
    clients.delete(providerId),
    clients.delete(below(`${providerId}|`)),
    secrets.delete(below(`${name}#`)),
    secrets.delete(below(`${name}|`)),
  ]);
}
