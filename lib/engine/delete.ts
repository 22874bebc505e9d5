import type { Connection } from '../domain/connection.ts';
import { goingFrom, UNDO_MS, type Deletion } from '../domain/deletion.ts';
import { PatchbayError } from '../domain/errors.ts';
import type { Output, ParsedInput } from '../rpc/procedures.ts';
import { commit } from '../store/commit.ts';
import { endOfBatch } from '../store/deletions.ts';
import { failpoint } from '../store/failpoint.ts';
import type { Engine } from './engine.ts';
import { tell } from './tell.ts';
import { planWake } from './wake.ts';

/**
 * Takes connections out of everything that lists, counts or checks them. Secrets and evidence are
 * destroyed, and grants ended where asked to, once the deletion cannot be undone any more.
 * @throws PatchbayError `changed-meanwhile` for a piece of a batch that was undone, or is over
 */
export async function deleteConnections(
  engine: Engine,
  input: ParsedInput<'deleteConnections'>,
): Promise<Output<'deleteConnections'>> {
  const { batchId = engine.newId() } = input;
  const now = engine.now();
  let begunAt = now;
  const going: Connection[] = [];
  const missing: string[] = [];
  await commit(await engine.database(), {
    connections: async (tx) => {
      if (input.batchId !== undefined) {
        const endsAt = await endOfBatch(tx, batchId, now);
        if (endsAt === null) throw new PatchbayError('changed-meanwhile');
        // All of it is undone, and finished, at once.
        begunAt = endsAt - UNDO_MS;
      }
      return new Map(
        input.ids.map((id) => [
          id,
          (stored) => {
            if (stored === null) missing.push(id);
            else going.push(stored);
            return null;
          },
        ]),
      );
    },
    also: async (tx) => {
      const store = tx.objectStore('deletions');
      await Promise.all(
        going.map((one) => store.put(goingFrom(one, batchId, input.revoke, begunAt))),
      );
    },
    at: now,
  });
  await failpoint('delete-written');
  await told(engine);
  await failpoint('delete-told');
  return { deleted: going.length, batchId, missing };
}

/**
 * Puts back what was deleted together, as it was.
 * @returns how many came back; none when it was too late
 */
export async function undoDeletion(
  engine: Engine,
  { batchId }: ParsedInput<'undoDeletion'>,
): Promise<Output<'undoDeletion'>> {
  let batch: readonly Deletion[] = [];
  await commit(await engine.database(), {
    // Read where it is written: what has begun to end is in no batch any more.
    connections: async (tx) => {
      const store = tx.objectStore('deletions');
      batch = (await store.getAll()).filter((deletion) => deletion.batchId === batchId);
      await Promise.all(batch.map(({ id }) => store.delete(id)));
      return new Map(batch.map(({ id, connection }) => [id, (stored) => stored ?? connection]));
    },
    at: engine.now(),
    isUndo: true,
  });
  await told(engine);
  return { restored: batch.length };
}

async function told(engine: Engine): Promise<void> {
  engine.announce({ kinds: ['connections', 'providers', 'deletions'], checking: null });
  await Promise.all([tell(engine), planWake(engine)]);
}
