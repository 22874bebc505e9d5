import type { Connection } from '../domain/connection.ts';
import { PatchbayError } from '../domain/errors.ts';
import { expectAsMade } from './expect-as-made.ts';
import type { Shared } from './options-deps.ts';

/** What of a connection is edited in one step. */
export type Edited = 'name' | 'tags' | 'environmentId';

/**
 * Takes back the edit of one field of a connection, as long as nobody has edited that field since.
 * @param before as it was
 * @param made what was made of the field
 * @throws PatchbayError `changed-meanwhile`, `not-found`
 */
export async function undoEdit<F extends Edited>(
  { call, records }: Pick<Shared, 'call' | 'records'>,
  before: Connection,
  field: F,
  made: Connection[F],
): Promise<void> {
  const { id } = before;
  await records.load();
  const current = records.find(id);
  if (current === undefined) throw new PatchbayError('not-found');
  expectAsMade(current[field], made);
  await call('editConnection', { id, revision: current.revision, [field]: before[field] });
}
