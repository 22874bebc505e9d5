import type { Connection } from './connection.ts';

/**
 * A connection that was deleted and can still be brought back. Its secrets and its evidence stand
 * where they were until the deletion is finished; nothing that lists, counts or checks connections
 * reads it here.
 */
export interface Deletion {
  /** The connection's own. */
  readonly id: string;
  /** What was deleted together is undone together; {@link ENDING} once it cannot be undone. */
  readonly batchId: string;
  /** As it was; what a renewal that was under way learnt is added, so that Undo loses nothing. */
  readonly connection: Connection;
  /** Whether the provider shall be asked to end the grant. */
  readonly revokes: boolean;
  /** When it is finished; for one that is {@link ENDING}: when it is tried again. */
  readonly endsAt: number;
}

/** What can be undone by one click. */
export interface DeletionBatch {
  readonly id: string;
  readonly count: number;
  readonly revokes: boolean;
  readonly endsAt: number;
}

/** A grant that lives on at the provider although the person wanted it ended. */
export interface NotRevoked {
  readonly id: string;
  readonly name: string;
  /** `in-use`: another connection may live on the same grant. */
  readonly reason: 'failed' | 'in-use';
}

/** How long a deletion can be undone. Long enough for an alarm of the browser to end it in time. */
export const UNDO_MS = 30_000;

/** The batch of those whose grant is being ended: from there is no way back. */
export const ENDING = '';

/** A worker that died while it asked a provider is given this long before another one asks. */
const ENDING_MS = 60_000;

/** A connection as it goes. */
export function goingFrom(
  connection: Connection,
  batchId: string,
  revokes: boolean,
  now: number,
): Deletion {
  const { id } = connection;
  return { id, batchId, connection, revokes, endsAt: now + UNDO_MS };
}

/** The same once its grant is about to be ended. */
export function ending(deletion: Deletion, now: number): Deletion {
  return { ...deletion, batchId: ENDING, endsAt: now + ENDING_MS };
}
