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
  /** How often the provider was not there to end the grant; absent: it was never asked in vain. */
  readonly tries?: number;
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

/** How often a provider that is not there is asked to end a grant, and how long after the first time. */
const TRIES_MAX = 5;
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
export function isOver({ batchId, endsAt, tries }: Deletion, now: number): boolean {
  return endsAt <= now || (batchId === ENDING && tries === undefined);
}

/**
 * The same after its provider was not there: asked again after 5, 20, 80 and 320 minutes, or when it
 * wants to be (RFC 7009 §2.2.1).
 * @param retryAt epoch ms; `null` where asking again would not help
 * @returns `null` when it is not asked again
 */
export function endingLater(
  deletion: Deletion,
  retryAt: number | null,
  now: number,
): Deletion | null {
  const tries = (deletion.tries ?? 0) + 1;
  if (retryAt === null || tries >= TRIES_MAX) return null;
  const endsAt = Math.max(retryAt, now + TRY_AGAIN_MS * 4 ** (tries - 1));
  return { ...deletion, tries, endsAt };
}

/** The same once its grant is about to be ended. */
export function ending(deletion: Deletion, now: number): Deletion {
  return { ...deletion, batchId: ENDING, endsAt: now + ENDING_MS };
}
