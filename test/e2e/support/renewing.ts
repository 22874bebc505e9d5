/** What can be seen of the renewal of a token. */
import { expect } from 'vitest';
import { connection } from './connect.ts';
import { eventually } from './eventually.ts';
import type { World } from './world.ts';

/** The requests for one that have come so far. */
export function renewals({ practice }: World) {
  return practice.requests
    .to('authorisation', '/token')
    .filter(({ grantType }) => grantType === 'refresh_token');
}

/** Waits until a connection says that it was cut short, and the person has to reconnect. */
export async function saysInterrupted(world: World, id: string): Promise<void> {
  const lost = { kind: 'reconnect', reason: 'interrupted' };
  await eventually(async () => expect((await connection(world, id)).health).toMatchObject(lost));
}
