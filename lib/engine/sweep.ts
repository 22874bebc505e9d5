/**
 * What is due, or what a person named: one pass after another, and what each of them says.
 */
import type { Connection } from '../domain/connection.ts';
import { CONFIRM_AFTER_MS } from '../domain/schedule.ts';
import { readConnections } from '../store/read.ts';
import type { Engine } from './engine.ts';
import { pass, type Found } from './pass.ts';
import { lacksPermission, withoutPermission } from './permissions.ts';
import { tell } from './tell.ts';
import { planWake } from './wake.ts';

export interface SweepTally {
  readonly checked: number;
  readonly reconnect: number;
  readonly unverified: number;
}

/** Passes run one after another; a person's wish joins the queue. */
export interface Sweeper {
  /** Checks what is due. */
  readonly sweep: () => Promise<void>;
  /** Checks these, due or not. */
  readonly check: (ids: readonly string[]) => Promise<SweepTally>;
  /** Asks again about the connections that a missing permission kept from being asked about. */
  readonly checkPermitted: () => Promise<void>;
  /**
   * Finds the connections whose hosts may not be reached any more, for which nothing is sent, and asks
   * about those that a clock since set back put off.
   */
  readonly checkWithdrawn: () => Promise<void>;
  /** Ends a running {@link check} early: what was begun is finished and kept. */
  readonly stop: () => void;
}

export function openSweeper(engine: Engine): Sweeper {
  let last: Promise<unknown> = Promise.resolve();
  let generation = 0;
  const queue = <T>(run: () => Promise<T>): Promise<T> => {
    const awake = (): Promise<T> => engine.keepAwake(run);
    const next = last.then(awake, awake);
    last = next.catch(() => undefined);
    return next;
  };
  return {
    sweep: () => queue(() => sweepDue(engine)),
    check(ids) {
      const mine = generation;
      return queue(() => checkThese(engine, [...new Set(ids)], () => generation !== mine));
    },
    checkPermitted: () => queue(() => sweepPermitted(engine)),
    checkWithdrawn: () => queue(() => sweepWithdrawn(engine)),
    stop() {
      generation += 1;
    },
  };
}

async function sweepDue(engine: Engine): Promise<void> {
  try {
    const now = engine.now();
    const ids = await dueIds(engine, now);
    if (ids.length > 0) {
      const found = await pass(engine, ids, 'sweep', () => false, null);
      await confirmSuspects(engine, found, 'sweep');
      await tell(engine);
    }
  } finally {
    await planWake(engine);
  }
}

async function sweepPermitted(engine: Engine): Promise<void> {
  const all = await readConnections(await engine.database(), null);
  await sweepThese(engine, all.filter(lacksPermission));
}

async function sweepWithdrawn(engine: Engine): Promise<void> {
  const all = await readConnections(await engine.database(), null);
  const early = all.filter(isAheadOf(engine.now()));
  const rest = all.filter((one) => !lacksPermission(one) && !early.includes(one));
  await sweepThese(engine, [...early, ...(await withoutPermission(engine, rest))]);
}

/** Asked by a clock that was ahead and has been set back since: what it planned is far away. */
function isAheadOf(now: number): (connection: Connection) => boolean {
  return ({ checkedAt }) => (checkedAt ?? 0) > now + CLOCK_LEEWAY_MS;
}

const CLOCK_LEEWAY_MS = 5 * 60_000;

async function sweepThese(engine: Engine, connections: readonly Connection[]): Promise<void> {
  if (connections.length === 0) return;
  const ids = connections.map(({ id }) => id);
  await pass(engine, ids, 'sweep', () => false, null);
  await Promise.all([tell(engine), planWake(engine)]);
}

async function checkThese(
  engine: Engine,
  ids: readonly string[],
  isStopped: () => boolean,
): Promise<SweepTally> {
  const tally = { checked: 0, reconnect: 0, unverified: 0 };
  const progress = (done: number): void =>
    engine.announce({ kinds: ['checking'], checking: { done, total: ids.length } });
  try {
    progress(0);
    const found = await pass(engine, ids, 'person', isStopped, progress);
    if (!isStopped()) await confirmSuspects(engine, found, 'person');
    for (const health of found.values()) {
      tally.checked += 1;
      if (health.kind === 'reconnect') tally.reconnect += 1;
      if (health.kind === 'unverified') tally.unverified += 1;
    }
    await tell(engine);
    return tally;
  } finally {
    engine.announce({ kinds: ['checking'], checking: null });
    await planWake(engine);
  }
}

/** A key that was refused once is asked about again before the pass ends, so that the truth is not late. */
async function confirmSuspects(
  engine: Engine,
  found: Found,
  trigger: 'sweep' | 'person',
): Promise<void> {
  const suspects = [...found].flatMap(([id, health]) =>
    health.kind === 'unverified' && health.doubt === 'suspect' ? [id] : [],
  );
  if (suspects.length === 0) return;
  // Should the worker die in this pause, the alarm asks again.
  await planWake(engine);
  await engine.pause(CONFIRM_AFTER_MS);
  const confirmed = await pass(engine, suspects, trigger, () => false, null);
  for (const [id, health] of confirmed) found.set(id, health);
}

async function dueIds(engine: Engine, now: number): Promise<string[]> {
  return (await engine.database()).getAllKeysFromIndex(
    'connections',
    'byDue',
    IDBKeyRange.upperBound(now),
  );
}
