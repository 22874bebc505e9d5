import { PatchbayError } from '../domain/errors.ts';

/**
 * Lets an Undo go on only over what this page has made: what somebody chose since is theirs.
 * @param current what stands there now
 * @throws PatchbayError `changed-meanwhile`
 */
export function expectAsMade(current: unknown, made: unknown): void {
  if (JSON.stringify(current) !== JSON.stringify(made))
    throw new PatchbayError('changed-meanwhile');
}
