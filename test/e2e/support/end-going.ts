import type { World } from './world.ts';

/**
 * Finishes the deletion of a practice service's connections at once, as the background does when
 * their definition is removed; the definition is put back.
 */
export async function endGoing(world: World, providerId: string): Promise<void> {
  const definition = Object.values(world.practice.definitions).find(({ id }) => id === providerId);
  if (definition === undefined) throw new Error(`${providerId} is no practice service.`);
  await world.call('removeProvider', { id: providerId });
  await world.call('importProvider', { text: JSON.stringify(definition) });
}
