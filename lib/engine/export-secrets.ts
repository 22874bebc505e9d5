import type { Connection } from '../domain/connection.ts';
import { reveal, type Credential } from '../domain/credential.ts';
import { PatchbayError } from '../domain/errors.ts';
import { carried, openFile } from '../domain/transfer/carry.ts';
import type { CarriedCredential, SecretFile } from '../domain/transfer/connection-file.ts';
import { isTooLarge } from '../domain/transfer/file-limits.ts';
import { parseSecretFile } from '../domain/transfer/parse-file.ts';
import { unreadableIn } from '../domain/transfer/unreadable.ts';
import type { Output, ParsedInput } from '../rpc/procedures.ts';
import { readConnections } from '../store/connections.ts';
import { readFlows } from '../store/flows.ts';
import { readBelongings } from '../store/read.ts';
import { sealFile } from '../store/vault-passphrase.ts';
import type { Ports } from './ports.ts';

/**
 * Every connection, with its key or password, sealed under a passphrase. Tokens of a sign-in stay
 * here: where they rotate, two browsers that hold one grant end it for each other. What no import
 * would take is not exported.
 * @throws PatchbayError `transfer-not-readable` for more than fits into a file
 */
export function exportSecrets(
  ports: Ports,
  { passphrase }: ParsedInput<'exportSecrets'>,
): Promise<Output<'exportSecrets'>> {
  return ports.keepAwake(async () => {
    const db = await ports.database();
    const [connections, belongings, flows] = await Promise.all([
      readConnections(db, null),
      readBelongings(db),
      readFlows(db),
    ]);
    const credentials = await ports.vault.openAll(
      'credential',
      connections.map(({ id }) => id),
    );
    const now = ports.now();
    const file: SecretFile = {
      ...openFile(connections, belongings, now, flows),
      connections: connections.map((connection, at) => ({
        ...carried(connection),
        credential: carriedCredential(connection, credentials[at] ?? null),
      })),
    };
    const inside = JSON.stringify(file);
    const read = parseSecretFile(inside);
    if (read.kind === 'bad') {
      const unreadable = unreadableIn(file, read);
      if (unreadable === null) throw new PatchbayError('transfer-not-readable');
      return { kind: 'unreadable', ...unreadable };
    }
    const text = JSON.stringify(await sealFile(inside, passphrase, now, file.version));
    if (isTooLarge(text)) throw new PatchbayError('transfer-not-readable');
    return {
      kind: 'sealed',
      text,
      connections: connections.length,
      withSecret: file.connections.filter(({ credential }) => credential !== null).length,
    };
  });
}

function carriedCredential(
  { health }: Connection,
  credential: Credential | null,
): CarriedCredential | null {
  if (health.kind === 'unauthorized') return null;
  switch (credential?.kind) {
    case 'key':
      return { kind: 'key', key: reveal(credential.key) };
    case 'bearer':
      return { kind: 'bearer', token: reveal(credential.token) };
    case 'basic':
      return {
        kind: 'basic',
        user: credential.user,
        password: reveal(credential.password),
      };
    default:
      return null;
  }
}
