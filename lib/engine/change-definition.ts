/** Changes of provider definitions, where the only connections left are on their way out. */
import { codeOf } from '../domain/errors.ts';
import { parseDefinition } from '../providers/registry.ts';
import type { ParsedInput } from '../rpc/procedures.ts';
import type { Engine } from './engine.ts';
import { finishDeletions } from './finish-deletions.ts';
import { usersOf } from './provider-use.ts';

/** Keeps a definition. @throws PatchbayError as `Providers.keep` does */
export function importDefinition(
  engine: Engine,
  { text }: ParsedInput<'importProvider'>,
): Promise<{ id: string }> {
  const parsed = parseDefinition(text);
  const id = parsed.kind === 'good' ? parsed.provider.id : null;
  return withoutGoing(engine, id, () => engine.providers.keep(text));
}

/** Removes a definition. @throws PatchbayError as `Providers.remove` does */
export function removeDefinition(
  engine: Engine,
  input: ParsedInput<'removeProvider'>,
): Promise<void> {
  return withoutGoing(engine, input.id, () => engine.providers.remove(input));
}

/**
 * Makes a change that connections stand in the way of. Those that were deleted are no reason to
 * refuse it: they are gone for good then, their grants ended while the definition still says how.
 */
async function withoutGoing<T>(
  engine: Engine,
  id: string | null,
  change: () => Promise<T>,
): Promise<T> {
  try {
    return await change();
  } catch (thrown) {
    const isInUse = id !== null && codeOf(thrown) === 'provider-in-use';
    if (!isInUse || (await usersOf(await engine.database(), id)) > 0) throw thrown;
    await finishDeletions(engine, ({ connection }) => connection.providerId === id);
    return change();
  }
}
