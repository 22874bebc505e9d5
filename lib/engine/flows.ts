/** The person's register of flows. Each change is one transaction, with all that it looks at. */
import { PatchbayError } from '../domain/errors.ts';
import { mustFit, rewired, type Flow } from '../domain/flow.ts';
import type { flowProcedures } from '../rpc/flow-procedures.ts';
import type { Handlers, Output, ParsedInput } from '../rpc/procedures.ts';
import { commit } from '../store/commit.ts';
import type { WriteTransaction } from '../store/database.ts';
import type { Ports } from './ports.ts';

/** What each procedure about flows does. */
export function flowHandlers(ports: Ports): Pick<Handlers, keyof typeof flowProcedures> {
  return {
    addFlow: (input) => addFlow(ports, input),
    editFlow: (input) => editFlow(ports, input).then(() => ({})),
    attachFlow: (input) => attachFlow(ports, input).then(() => ({})),
    detachFlow: (input) => detachFlow(ports, input).then(() => ({})),
    removeFlow: (input) => removeFlow(ports, input),
    restoreFlow: (input) => restoreFlow(ports, input).then(() => ({})),
  };
}

/**
 * Writes a flow down, with those of its connections that there are.
 * @throws PatchbayError `flow-name-taken`, `flows-full`
 */
export async function addFlow(
  ports: Ports,
  input: ParsedInput<'addFlow'>,
): Promise<Output<'addFlow'>> {
  const id = ports.newId();
  await add(ports, { ...input, id, createdAt: ports.now(), revision: 1 });
  return { id };
}

/**
 * Changes a flow.
 * @throws PatchbayError `not-found`, `changed-meanwhile`, `flow-name-taken`, `flow-connections-full`
 */
export function editFlow(ports: Ports, input: ParsedInput<'editFlow'>): Promise<void> {
  const { id, revision, name, address, note, attach, detach } = input;
  return change(ports, async (tx) => {
    const flow = await found(tx, id);
    if (flow.revision !== revision) throw new PatchbayError('changed-meanwhile');
    const others = (await tx.objectStore('flows').getAll()).filter((one) => one.id !== id);
    mustFit(others, name);
    const next = { ...flow, name, address, note, revision: revision + 1 };
    await put(tx, rewired(next, await present(tx, attach), detach));
  });
}

/** @throws PatchbayError `not-found` where either is gone, `flow-connections-full` */
export function attachFlow(ports: Ports, input: ParsedInput<'attachFlow'>): Promise<void> {
  return change(ports, async (tx) => {
    const flow = await found(tx, input.id);
    const ids = await present(tx, [input.connectionId]);
    if (ids.length === 0) throw new PatchbayError('not-found');
    await put(tx, rewired(flow, ids));
  });
}

/** @throws PatchbayError `not-found` where there is no such flow any more */
export function detachFlow(ports: Ports, input: ParsedInput<'detachFlow'>): Promise<void> {
  return change(ports, async (tx) => {
    await put(tx, rewired(await found(tx, input.id), [], [input.connectionId]));
  });
}

/** Forgets a flow. @returns what {@link restoreFlow} needs to bring it back */
export async function removeFlow(
  ports: Ports,
  { id }: ParsedInput<'removeFlow'>,
): Promise<Output<'removeFlow'>> {
  let removed: Flow | undefined;
  await change(ports, async (tx) => {
    removed = await tx.objectStore('flows').get(id);
    await tx.objectStore('flows').delete(id);
  });
  return {
    removed:
      removed === undefined ? null : { ...removed, connectionIds: [...removed.connectionIds] },
  };
}

/**
 * Brings a removed flow back; one that is there is left as it is.
 * @throws PatchbayError `flow-name-taken`, `flows-full`
 */
export function restoreFlow(ports: Ports, input: ParsedInput<'restoreFlow'>): Promise<void> {
  return add(ports, input);
}

function add(ports: Ports, flow: Flow): Promise<void> {
  return change(ports, async (tx) => {
    const others = await tx.objectStore('flows').getAll();
    if (others.some(({ id }) => id === flow.id)) return;
    mustFit(others, flow.name);
    const ids = await present(tx, flow.connectionIds);
    await put(tx, rewired({ ...flow, connectionIds: [] }, ids));
  });
}

async function change(ports: Ports, write: (tx: WriteTransaction) => Promise<void>): Promise<void> {
  await commit(await ports.database(), { also: write });
  ports.announce({ kinds: ['flows'], checking: null });
}

async function found(tx: WriteTransaction, id: string): Promise<Flow> {
  const flow = await tx.objectStore('flows').get(id);
  if (flow === undefined) throw new PatchbayError('not-found');
  return flow;
}

async function put(tx: WriteTransaction, flow: Flow): Promise<void> {
  await tx.objectStore('flows').put(flow);
}

/** Those of some connections that there are, or that Undo may bring back. */
async function present(tx: WriteTransaction, ids: readonly string[]): Promise<string[]> {
  const isThere = await Promise.all(
    ids.map(async (id) => {
      const keys = await Promise.all([
        tx.objectStore('connections').getKey(id),
        tx.objectStore('deletions').getKey(id),
      ]);
      return keys.some((key) => key !== undefined);
    }),
  );
  return ids.filter((_, at) => isThere[at]);
}
