/** The person's steps in the queue "Reconnect all"; attempts to sign in move it by themselves. */
import {
  beginRepair,
  beginWithLeft,
  currentOf,
  decideRepair,
  isLeft,
  joinRepair,
  rejoin,
  stopRepair,
  type Repair,
} from '../domain/repair.ts';
import type { ParsedInput } from '../rpc/procedures.ts';
import { commit } from '../store/commit.ts';
import type { WriteTransaction } from '../store/database.ts';
import { editRepair, readBroken, readStanding } from '../store/repair.ts';
import type { Ports } from './ports.ts';

type RepairPorts = Pick<Ports, 'database' | 'announce'>;

/**
 * Makes a queue of everything that asks for it, in place of the one before. What a person selected
 * joins a queue that is under way.
 */
export function startRepair(
  ports: RepairPorts,
  { environmentId, onlyLeft, ids }: ParsedInput<'startRepair'>,
): Promise<void> {
  return edit(ports, async (repair, tx) => {
    if (onlyLeft) {
      const left = repair?.items.filter(isLeft) ?? [];
      return (
        repair &&
        beginWithLeft(
          repair,
          await readStanding(
            tx,
            left.map(({ id }) => id),
          ),
        )
      );
    }
    const wish = { environmentId, continuesByItself: repair?.continuesByItself ?? false };
    if (ids === undefined) return beginRepair(await readBroken(tx), wish);
    const selected = await readStanding(tx, ids);
    return repair !== null && currentOf(repair) !== null
      ? joinRepair(repair, selected)
      : beginRepair(selected, { ...wish, isSelection: true });
  });
}

/** One step of the person; where there is no queue any more, nothing happens. */
export function changeRepair(ports: RepairPorts, step: ParsedInput<'changeRepair'>): Promise<void> {
  return edit(ports, async (repair, tx) => {
    if (repair === null) return null;
    switch (step.kind) {
      case 'decide':
        return decideRepair(repair, step.connectionId, step.decision);
      case 'continue':
        return rejoin(repair, await readBroken(tx));
      case 'stop':
        return stopRepair(repair);
      case 'close':
        return null;
      case 'by-itself':
        return { ...repair, continuesByItself: step.isOn };
    }
  });
}

async function edit(
  ports: RepairPorts,
  change: (repair: Repair | null, tx: WriteTransaction) => Promise<Repair | null>,
): Promise<void> {
  await commit(await ports.database(), {
    also: (tx) => editRepair(tx, (repair) => change(repair, tx)),
  });
  ports.announce({ kinds: ['repair'], checking: null });
}
