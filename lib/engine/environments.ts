/** The person's own environments: shelves beside those that come with Patchbay. */
import { touched, type Connection } from '../domain/connection.ts';
import {
  BUILT_IN_ENVIRONMENTS,
  isNameTaken,
  OWN_ENVIRONMENTS_MAX,
  type Environment,
} from '../domain/environment.ts';
import { PatchbayError } from '../domain/errors.ts';
import { moveViews } from '../domain/saved-view.ts';
import type { Output, ParsedInput } from '../rpc/procedures.ts';
import { commit } from '../store/commit.ts';
import { environmentRange } from '../store/connections.ts';
import type { WriteTransaction } from '../store/database.ts';
import { editKept, keptIn } from '../store/kept.ts';
import type { Ports } from './ports.ts';
import { drawBadge } from './tell.ts';

/** @throws PatchbayError `environment-taken` when another one has this name; `environments-full` */
export async function addEnvironment(
  ports: Ports,
  { name }: ParsedInput<'addEnvironment'>,
): Promise<Output<'addEnvironment'>> {
  const id = ports.newId();
  await change(ports, (own) => {
    if (own.length >= OWN_ENVIRONMENTS_MAX) throw new PatchbayError('environments-full');
    if (isNameTaken(own, name, id)) throw new PatchbayError('environment-taken');
    return [...own, { id, name }];
  });
  return { id };
}

/**
 * @throws PatchbayError `environment-taken`; `not-found`, also for those that come along;
 * `changed-meanwhile` when it is not called any more as the person saw it
 */
export function renameEnvironment(
  ports: Ports,
  { id, name, seenName }: ParsedInput<'renameEnvironment'>,
): Promise<void> {
  return change(ports, (own) => {
    const known = own.find((one) => one.id === id);
    if (known === undefined) throw new PatchbayError('not-found');
    if (known.name !== seenName) throw new PatchbayError('changed-meanwhile');
    if (isNameTaken(own, name, id)) throw new PatchbayError('environment-taken');
    return own.map((one) => (one.id === id ? { id, name } : one));
  });
}

/**
 * Removes an environment. Its connections, those that Undo may bring back, saved views of it and the
 * choice of what lists show go to another one in the same transaction.
 * @throws PatchbayError `not-found`, also for those that come along; `invalid-request` where the
 * other one does not exist
 */
export async function removeEnvironment(
  ports: Ports,
  { id, moveTo }: ParsedInput<'removeEnvironment'>,
): Promise<void> {
  const now = ports.now();
  const moved = (connection: Connection): Connection =>
    touched({ ...connection, environmentId: moveTo }, now);
  await commit(await ports.database(), {
    connections: async (tx) => {
      const own = await ownEnvironments(tx);
      const left = own.filter((one) => one.id !== id);
      if (left.length === own.length) throw new PatchbayError('not-found');
      if (![...BUILT_IN_ENVIRONMENTS, ...left].some((one) => one.id === moveTo))
        throw new PatchbayError('invalid-request', 'moveTo');
      await editKept(tx, 'environments', () => left);
      const index = tx.objectStore('connections').index('byEnvironment');
      const ids = await index.getAllKeys(environmentRange(id));
      return new Map(ids.map((one) => [one, (stored) => stored && moved(stored)]));
    },
    also: async (tx) => {
      await moveGoing(tx, id, moved);
      await moveChoice(tx, id, moveTo);
      await editKept(tx, 'views', (views = []) => moveViews(views, id, moveTo));
    },
  });
  announce(ports);
  await drawBadge(ports);
}

async function moveGoing(
  tx: WriteTransaction,
  id: string,
  moved: (connection: Connection) => Connection,
): Promise<void> {
  const store = tx.objectStore('deletions');
  const going = (await store.getAll()).filter((one) => one.connection.environmentId === id);
  await Promise.all(going.map((one) => store.put({ ...one, connection: moved(one.connection) })));
}

async function moveChoice(tx: WriteTransaction, id: string, moveTo: string): Promise<void> {
  const settings = await keptIn(tx, 'settings');
  if (settings?.environmentId === id)
    await editKept(tx, 'settings', () => ({ ...settings, environmentId: moveTo }));
}

/** The environment that is meant, or the usual one where it was removed meanwhile. */
export async function standingEnvironment(
  tx: WriteTransaction,
  id: string,
  otherwise: string,
): Promise<string> {
  return (await isStanding(tx, id)) ? id : otherwise;
}

/** @throws PatchbayError `invalid-request` for an environment that does not exist */
export async function demandEnvironment(tx: WriteTransaction, id: string): Promise<void> {
  if (!(await isStanding(tx, id))) throw new PatchbayError('invalid-request', 'environmentId');
}

async function isStanding(tx: WriteTransaction, id: string): Promise<boolean> {
  const all = [...BUILT_IN_ENVIRONMENTS, ...(await ownEnvironments(tx))];
  return all.some((one) => one.id === id);
}

async function change(
  ports: Ports,
  edit: (own: readonly Environment[]) => readonly Environment[],
): Promise<void> {
  await commit(await ports.database(), {
    also: (tx) => editKept(tx, 'environments', (own = []) => edit(own)),
  });
  announce(ports);
}

async function ownEnvironments(tx: WriteTransaction): Promise<readonly Environment[]> {
  return (await keptIn(tx, 'environments')) ?? [];
}

function announce(ports: Ports): void {
  ports.announce({ kinds: ['settings', 'connections', 'views'], checking: null });
}
