/** When something that was kept is damaged or gone: the rest goes on, and nothing is destroyed unasked. */
import type { Handlers } from '../rpc/procedures.ts';
import type { recoveryProcedures } from '../rpc/recovery-procedures.ts';
import { checksRange } from '../store/checks.ts';
import { commit } from '../store/commit.ts';
import type { StoredConnection, WriteTransaction } from '../store/database.ts';
import * as quarantine from '../store/quarantine.ts';
import { secretId } from '../store/vault.ts';
import { announceEverything } from './announce-everything.ts';
import type { Engine } from './engine.ts';
import type { Ports } from './ports.ts';
import { drawBadge } from './tell.ts';

export function recoveryHandlers(engine: Engine): Pick<Handlers, keyof typeof recoveryProcedures> {
  return {
    async setAsideUnreadable() {
      return { found: await setAsideUnreadable(engine) };
    },
    async destroySetAside({ ids }) {
      await commit(await engine.database(), { also: (tx) => destroy(tx, ids) });
      announceEverything(engine);
      return {};
    },
    async startAnew() {
      await engine.marker.write(0, engine.now());
      await drawBadge(engine);
      announceEverything(engine);
      return {};
    },
  };
}

/** What a start looks at: whether everything can be read, and what was set aside again. */
export async function mendStore(ports: Ports): Promise<void> {
  const db = await ports.database();
  if (await quarantine.looksDamaged(db)) await setAsideUnreadable(ports);
  if ((await db.count('quarantine')) > 0) await bringBack(ports);
}

/** Takes everything that cannot be read out of the way. @returns how many records */
export async function setAsideUnreadable(ports: Ports): Promise<number> {
  let found = 0;
  await commit(await ports.database(), {
    also: async (tx) => {
      found = await quarantine.setAsideUnreadable(tx, ports.now());
    },
  });
  await drawBadge(ports);
  announceEverything(ports);
  return found;
}

/** A version that knows more reads what an earlier one could not. */
async function bringBack(ports: Ports): Promise<void> {
  const back: StoredConnection[] = [];
  await commit(await ports.database(), {
    connections: async (tx) => {
      for (const { id, store, key, record } of await quarantine.readableAgain(tx)) {
        await tx.objectStore('quarantine').delete(id);
        if (store === 'connections') back.push(record as StoredConnection);
        else if (store === 'kept') await tx.objectStore(store).put(record as never, key as never);
        else await tx.objectStore(store).put(record as never);
      }
      return new Map(back.map((one) => [one.id, (stored) => stored ?? one]));
    },
  });
}

async function destroy(tx: WriteTransaction, ids: readonly string[]): Promise<void> {
  const store = tx.objectStore('quarantine');
  for (const id of ids) {
    const found = await store.get(id);
    await store.delete(id);
    if (found === undefined) continue;
    const key = String(found.key);
    if (found.store === 'authorizations')
      await tx.objectStore('secrets').delete(secretId('authorization', key));
    if (found.store !== 'connections' && found.store !== 'deletions') continue;
    // One of the same id that is well keeps what is its own.
    const isThere = (await tx.objectStore('connections').getKey(key)) !== undefined;
    if (isThere) continue;
    await tx.objectStore('secrets').delete(secretId('credential', key));
    await tx.objectStore('checks').delete(checksRange(key));
  }
}
