import type { Connection } from './connection.ts';
import { WAIT_MAX_MS } from './server-pace.ts';

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
  /** Since when the grant could not be ended, epoch ms; absent: it was never asked for in vain. */
  readonly waitsSince?: number;
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
  /** `in-use`: another connection may live on the same grant. `waiting`: the provider is asked again. */
  readonly reason: 'failed' | 'in-use' | 'waiting';
}

/** How long a deletion can be undone. Long enough for an alarm of the browser to end it in time. */
export const UNDO_MS = 30_000;

/** The batch of those whose grant is being ended: from there is no way back. */
export const ENDING = '';

/** A worker that died while it asked a provider is given this long before another one asks. */
const ENDING_MS = 60_000;

/** When a provider that was not there is asked to end a grant for the second time. */
const TRY_AGAIN_MS = 5 * 60_000;

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

/** Whether it is time to finish it. Whoever began to end one and is gone left it to the next. */
export function isOver({ batchId, endsAt, waitsSince }: Deletion, now: number): boolean {
  if (endsAt <= now) return true;
  // What is longer away than anything waits was planned by a clock that was set back since.
  return batchId === ENDING && (waitsSince === undefined || endsAt - now > WAIT_MAX_MS);
}

/**
 * The same after its provider was not there: asked again after 5 minutes, then each time after three
 * times as long as it has waited already, or when it wants to be (RFC 7009 §2.2.1); for a day at most.
 * @param retryAt epoch ms; `null` where asking again would not help
 * @returns `null` when it is not asked again
 */
export function endingLater(
  deletion: Deletion,
  retryAt: number | null,
  now: number,
): Deletion | null {
  if (retryAt === null) return null;
  const waitsSince = Math.min(deletion.waitsSince ?? now, now);
  const endsAt = Math.max(retryAt, now + Math.max(TRY_AGAIN_MS, 3 * (now - waitsSince)));
  return endsAt - waitsSince > WAIT_MAX_MS ? null : { ...deletion, waitsSince, endsAt };
}

/** The same once its grant is about to be ended. */
export function ending(deletion: Deletion, now: number): Deletion {
  return { ...deletion, batchId: ENDING, endsAt: now + ENDING_MS };
}
