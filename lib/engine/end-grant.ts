import type { Connection } from '../domain/connection.ts';
import { moveHealth } from '../domain/health.ts';
import type { Output, ParsedInput } from '../rpc/procedures.ts';
import { commit } from '../store/commit.ts';
import { readConnection } from '../store/connections.ts';
import { readKept } from '../store/read.ts';
import { secretId } from '../store/vault.ts';
import type { Engine } from './engine.ts';
import { finishDeletions, revokeOne } from './finish-deletions.ts';
import { drawBadge } from './tell.ts';

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
  const over = (stored: Connection | null): Connection | null =>
    stored && {
      ...stored,
      health: moveHealth(stored.health, { kind: 'rejected', reason: 'revoked' }, engine.now()),
      nextCheckAt: null,
      refreshStartedAt: null,
    };
  // Not beside a renewal, which would bring a token that nobody revokes; and said before a sign-in
  // that waits brings another one, which lives.
  const isEnded = await engine.keepAwake(() =>
    engine.lock(secretId('credential', id), async () => {
      const outcome = await revokeOne(engine, connection).catch(() => null);
      if (outcome?.kind !== 'revoked') return false;
      await commit(db, { connections: new Map([[id, over]]) });
      return true;
    }),
  );
  if (!isEnded) return { left: [connection.name] };
  engine.announce({ kinds: ['connections'], checking: null });
  await drawBadge(engine);
  return { left: [] };
}
