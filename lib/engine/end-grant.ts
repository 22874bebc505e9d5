import { moveHealth } from '../domain/health.ts';
import type { Output, ParsedInput } from '../rpc/procedures.ts';
import { commit } from '../store/commit.ts';
import { readConnection, readKept } from '../store/read.ts';
import { secretId } from '../store/vault.ts';
import type { Engine } from './engine.ts';
import { finishDeletions, revokeOne } from './finish-deletions.ts';

/**
 * Ends grants at their provider and deletes nothing, so that a person knows what lives on before they
 * delete what could end it. Asking twice does no harm (RFC 7009 §2.2).
 */
export async function endGrant(
  engine: Engine,
  { id }: ParsedInput<'endGrant'>,
): Promise<Output<'endGrant'>> {
  const db = await engine.database();
  if (id === null) {
    await finishDeletions(engine, () => true);
    return { left: ((await readKept(db, 'notRevoked')) ?? []).map(({ name }) => name) };
  }
  const connection = await readConnection(db, id);
  if (connection === undefined) return { left: [] };
  // Not beside a renewal, which would bring a token that nobody revokes.
  const ask = (): Promise<boolean> => revokeOne(engine, connection);
  const isEnded = await engine
    .keepAwake(() => engine.lock(secretId('credential', id), ask))
    .catch(() => false);
  if (!isEnded) return { left: [connection.name] };
  const verdict = { kind: 'rejected', reason: 'revoked' } as const;
  await commit(db, {
    connections: new Map([
      [
        id,
        (stored) =>
          stored && {
            ...stored,
            health: moveHealth(stored.health, verdict, engine.now()),
            nextCheckAt: null,
            refreshStartedAt: null,
          },
      ],
    ]),
  });
  engine.announce({ kinds: ['connections'], checking: null });
  return { left: [] };
}
