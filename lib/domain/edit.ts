/** What a person may change about a connection by hand. Pure. */
import type { Connection } from './connection.ts';
import { PatchbayError } from './errors.ts';
import { restated } from './health.ts';
import { carried } from './tag.ts';

/** What is named is changed; the rest stays. */
export interface ConnectionChanges {
  readonly name?: string | undefined;
  readonly environmentId?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly notes?: string | undefined;
  /** Epoch ms; `null`: not known any more. */
  readonly statedEndAt?: number | null | undefined;
}

/**
 * A connection after a person's changes.
 * @throws PatchbayError `invalid-request` for a stated end of a grant, whose end its provider knows;
 * `tags-carried-full`
 */
export function edited(stored: Connection, changes: ConnectionChanges, now: number): Connection {
  const { name, environmentId, tags, notes, statedEndAt } = changes;
  const next: Connection = {
    ...stored,
    ...(name !== undefined && { name }),
    ...(environmentId !== undefined && { environmentId }),
    ...(tags !== undefined && { tags: carried(tags) }),
    ...(notes !== undefined && { notes }),
  };
  return statedEndAt === undefined ? next : withStatedEnd(next, statedEndAt, now);
}

/** Whether changes stand as they were made: to make them again would change nothing. */
export function areMade(stored: Connection, changes: ConnectionChanges, now: number): boolean {
  return JSON.stringify(edited(stored, changes, now)) === JSON.stringify(stored);
}

function withStatedEnd(stored: Connection, statedEndAt: number | null, now: number): Connection {
  if (stored.methodKind === 'oauth2') throw new PatchbayError('invalid-request', 'statedEndAt');
  const { statedEndAt: _before, ...rest } = stored;
  const health = restated(rest.health, statedEndAt ?? undefined, now);
  return { ...rest, health, ...(statedEndAt !== null && { statedEndAt }) };
}
