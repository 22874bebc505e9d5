/**
 * What is due, or what a person named: one pass after another, and what each of them says.
 */
import type { Connection } from '../domain/connection.ts';
import { codeOf } from '../domain/errors.ts';
import { isSuspect } from '../domain/health.ts';
import { CONFIRM_AFTER_MS } from '../domain/schedule.ts';
import { readConnections } from '../store/connections.ts';
import { dueIds } from './due.ts';
import type { Engine } from './engine.ts';
import { pass, type Found } from './pass.ts';
import { lacksPermission, withoutPermission } from './permissions.ts';
import { drawFullBadge, tell } from './tell.ts';
import { planWake } from './wake.ts';

export interface SweepTally {
  readonly checked: number;
  readonly reconnect: number;
  readonly unverified: number;
  /** Who was not asked about: it was stopped, nothing could be reached, or there is nothing to ask with. */
  readonly left: string[];
}

/** Passes run one after another; a person's wish joins the queue. */
export interface Sweeper {
  /** Checks what is due. */
  readonly sweep: () => Promise<void>;
  /** Checks these, due or not. */
  readonly check: (ids: readonly string[]) => Promise<SweepTally>;
  /** Asks again about the connections that a missing permission kept from being asked about. */
  readonly checkPermitted: () => Promise<void>;
  /** Finds the connections whose hosts may not be reached any more; nothing is sent. */
  readonly checkWithdrawn: () => Promise<void>;
  /** Runs something while no pass does. */
  readonly alone: <T>(run: () => Promise<T>) => Promise<T>;
  /**
   * Ends a running {@link check} early: what was begun is finished and kept. Where none runs, pages
   * that still show one are told so.
   */
  readonly stop: () => void;
}

export function openSweeper(engine: Engine): Sweeper {
  let last: Promise<unknown> = Promise.resolve();
  let sweeping: Promise<void> | null = null;
  let generation = 0;
  let checks = 0;
  const queue = <T>(run: () => Promise<T>): Promise<T> => {
    const next = last.then(run, run);
    last = next.catch(() => undefined);
    return next;
  };
  return {
    sweep() {
      // An alarm that comes while one runs finds everything in hand.
      sweeping ??= queue(() => engine.keepAwake(() => sweepDue(engine))).finally(() => {
        sweeping = null;
      });
      return sweeping;
    },
    check(ids) {
      const mine = generation;
      checks += 1;
      return queue(() => checkThese(engine, [...new Set(ids)], () => generation !== mine)).finally(
        () => {
          checks -= 1;
        },
      );
    },
    checkPermitted: () => queue(() => engine.keepAwake(() => sweepPermitted(engine))),
    checkWithdrawn: () => queue(() => engine.keepAwake(() => sweepWithdrawn(engine))),
    alone: queue,
    stop() {
      generation += 1;
      if (checks === 0) announceNoCheck(engine);
    },
  };
}

/** How long nothing is asked after nothing could be written: providers would be asked in vain. */
const FULL_DISK_PAUSE_MS = 5 * 60_000;

async function sweepDue(engine: Engine): Promise<void> {
  let isFull = false;
  try {
    const ids = (await engine.vault.isLocked()) ? [] : await dueIds(engine);
    if (ids.length > 0) {
      const found = await pass(engine, ids, 'sweep', () => false, null);
      await confirmSuspects(engine, found, 'sweep');
      await tell(engine);
    }
  } catch (thrown) {
    // Locked in the middle: what was found until then is told, the rest waits.
    if (codeOf(thrown) === 'vault-locked') {
      await tell(engine);
      return;
    }
    isFull = codeOf(thrown) === 'storage-full';
    if (isFull) await drawFullBadge(engine);
    throw thrown;
  } finally {
    await (isFull ? engine.wakeAt(engine.now() + FULL_DISK_PAUSE_MS) : planWake(engine));
  }
}

async function sweepPermitted(engine: Engine): Promise<void> {
  const all = await readConnections(await engine.database(), null);
  await sweepThese(engine, all.filter(lacksPermission));
}

async function sweepWithdrawn(engine: Engine): Promise<void> {
  const all = await readConnections(await engine.database(), null);
  const working = all.filter((one) => !lacksPermission(one));
  await sweepThese(engine, await withoutPermission(engine, working));
}

async function sweepThese(engine: Engine, connections: readonly Connection[]): Promise<void> {
  if (connections.length === 0 || (await engine.vault.isLocked())) return;
  const ids = connections.map(({ id }) => id);
  await pass(engine, ids, 'sweep', () => false, null);
  await Promise.all([tell(engine), planWake(engine)]);
}

/** Pages no longer show a check that runs. */
export function announceNoCheck({ announce }: Pick<Engine, 'announce'>): void {
  announce({ kinds: ['checking'], checking: null });
}

async function checkThese(
  engine: Engine,
  ids: readonly string[],
  isStopped: () => boolean,
): Promise<SweepTally> {
  const progress = (done: number): void =>
    engine.announce({ kinds: ['checking'], checking: { done, total: ids.length } });
  try {
    progress(0);
    const found = await passes(engine, ids, isStopped, progress);
    if (!isStopped()) await engine.keepAwake(() => confirmSuspects(engine, found, 'person'));
    await tell(engine);
    return tallyOf(ids, found);
  } finally {
    announceNoCheck(engine);
    await planWake(engine);
  }
}

function tallyOf(ids: readonly string[], found: Found): SweepTally {
  const tally = { checked: 0, reconnect: 0, unverified: 0 };
  for (const health of found.values()) {
    tally.checked += 1;
    if (health.kind === 'reconnect') tally.reconnect += 1;
    if (health.kind === 'unverified') tally.unverified += 1;
  }
  return { ...tally, left: ids.filter((id) => !found.has(id)) };
}

/** One pass after another until all were asked: each is bounded, and keeps the worker for itself. */
async function passes(
  engine: Engine,
  ids: readonly string[],
  isStopped: () => boolean,
  progress: (done: number) => void,
): Promise<Found> {
  const all: Found = new Map();
  let left = ids;
  while (left.length > 0 && !isStopped()) {
    const before = all.size;
    const found = await engine.keepAwake(() =>
      pass(engine, left, 'person', isStopped, (done) => progress(before + done)),
    );
    if (found.size === 0) break;
    for (const [id, health] of found) all.set(id, health);
    left = left.filter((id) => !all.has(id));
  }
  return all;
}

/** A key that was refused once is asked about again before the pass ends, so that the truth is not late. */
async function confirmSuspects(
  engine: Engine,
  found: Found,
  trigger: 'sweep' | 'person',
): Promise<void> {
  const suspects = [...found].flatMap(([id, health]) => (isSuspect(health) ? [id] : []));
  if (suspects.length === 0) return;
  // Should the worker die in this pause, the alarm asks again.
  await planWake(engine);
  await engine.pause(CONFIRM_AFTER_MS);
  const confirmed = await pass(engine, suspects, trigger, () => false, null);
  for (const [id, health] of confirmed) found.set(id, health);
}
