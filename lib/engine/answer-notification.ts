import { readKept, readConnection } from '../store/read.ts';
import { reconnect } from './authorize.ts';
import type { Engine } from './engine.ts';
import { viewOnly } from './view-only.ts';

/**
 * What a click on a notification does: one broken connection is mended at once where a sign-in
 * window is enough, anything else is shown. Under view only everything is.
 */
export async function answerNotification(
  engine: Engine,
  notificationId: string,
  openOptions: (hash: string) => Promise<void>,
): Promise<void> {
  await engine.notifier.withdraw(notificationId);
  const db = await engine.database();
  const members = ((await readKept(db, 'notifications')) ?? {})[notificationId] ?? [];
  const [first] = members;
  const connection = first === undefined ? undefined : await readConnection(db, first);
  if (members.length !== 1 || connection === undefined) {
    await openOptions('#/connections?status=reconnect');
    return;
  }
  if ((await viewOnly(engine)).kind !== 'off') {
    await openOptions(`#/connections/${connection.id}`);
    return;
  }
  if (connection.methodKind === 'oauth2') {
    const wish = { connectionId: connection.id, credential: null, client: null };
    const hasBegun = await reconnect(engine, { ...wish, chooseAccount: false }).then(
      () => true,
      () => false,
    );
    if (hasBegun) return;
  }
  await openOptions(`#/connections/${connection.id}?reconnect=1`);
}
