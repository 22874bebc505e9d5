import { snoozeEnd } from '../domain/snooze.ts';
import { readConnection } from '../store/connections.ts';
import { readKept } from '../store/read.ts';
import { reconnect } from './authorize.ts';
import type { Engine } from './engine.ts';
import { snoozeConnections } from './hear.ts';
import { viewOnly } from './view-only.ts';

/**
 * What an answer to a notification does. `mend`: one broken connection is mended at once where a
 * sign-in window is enough, anything else is shown. `snooze`: nothing more is heard of them until
 * tomorrow. Under view only everything is shown.
 */
export async function answerNotification(
  engine: Engine,
  notificationId: string,
  openOptions: (hash: string) => Promise<void>,
  answer: 'mend' | 'snooze' = 'mend',
): Promise<void> {
  await engine.notifier.withdraw(notificationId);
  const db = await engine.database();
  const [broke = {}, ends = {}] = await Promise.all([
    readKept(db, 'notifications'),
    readKept(db, 'endNotifications'),
  ]);
  const isEnd = notificationId in ends;
  const members = ends[notificationId] ?? broke[notificationId] ?? [];
  const isLocked = (await viewOnly(engine)).kind !== 'off';
  if (answer === 'snooze' && !isLocked) {
    const until = snoozeEnd('tomorrow', engine.now());
    await snoozeConnections(engine, { ids: [...members], until });
    return;
  }
  const [first] = members;
  const connection = first === undefined ? undefined : await readConnection(db, first);
  if (members.length !== 1 || connection === undefined) {
    await openOptions(`#/connections?status=${isEnd ? 'expiring' : 'reconnect'}`);
    return;
  }
  if (isLocked || (await engine.vault.isLocked())) {
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
