/**
 * One pass over the connections that are due, or over those that a person named: side by side, in
 * lanes a host, written in batches.
 */
import type { Connection } from '../domain/connection.ts';
import { CONFIRM_AFTER_MS } from '../domain/schedule.ts';
import type { Provider } from '../providers/schema.ts';
import { commit } from '../store/commit.ts';
import { readConnections, readSettings } from '../store/read.ts';
import { checkConnection, type Checked } from './check-connection.ts';
import type { Engine } from './engine.ts';
import { runInLanes } from './lanes.ts';
import { paceOf } from './pace.ts';
import { drawBadge, tell } from './tell.ts';
import { planWake } from './wake.ts';

/** A browser opens six connections to a host; more lanes would only wait in its queue. */
const LANES = { total: 12, perKey: 6 };
/** One transaction a result costs a third of the pace; one for this many costs nothing. */
const BATCH = 50;
/** Results are not held back longer than this for a fuller batch. */
const BATCH_WAIT_MS = 400;
/** How many connections are read ahead at a time. */
const CHUNK = 250;

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
      return queue(() => checkThese(engine, ids, () => generation !== mine));
    },
    checkPermitted: () => queue(() => sweepPermitted(engine)),
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
      await pass(engine, ids, 'sweep', () => false, null);
      await confirmSuspects(engine, ids, 'sweep');
      await tell(engine);
    }
  } finally {
    await planWake(engine);
  }
}

async function sweepPermitted(engine: Engine): Promise<void> {
  const all = await readConnections(await engine.database(), null);
  const waiting = all.filter(
    ({ health }) => health.kind === 'unverified' && health.doubt === 'permission-missing',
  );
  if (waiting.length === 0) return;
  await pass(
    engine,
    waiting.map(({ id }) => id),
    'sweep',
    () => false,
    null,
  );
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
    await pass(engine, ids, 'person', isStopped, progress);
    if (!isStopped()) await confirmSuspects(engine, ids, 'person');
    const store = (await engine.database()).transaction('connections').store;
    for (const connection of await Promise.all(ids.map((id) => store.get(id)))) {
      if (connection === undefined) continue;
      tally.checked += 1;
      if (connection.health.kind === 'reconnect') tally.reconnect += 1;
      if (connection.health.kind === 'unverified') tally.unverified += 1;
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
  ids: readonly string[],
  trigger: 'sweep' | 'person',
): Promise<void> {
  const db = await engine.database();
  const store = db.transaction('connections').store;
  const found = await Promise.all(ids.map((id) => store.get(id)));
  const suspects = found.flatMap((one) =>
    one?.health.kind === 'unverified' && one.health.doubt === 'suspect' ? [one.id] : [],
  );
  if (suspects.length === 0) return;
  // Should the worker die in this pause, the alarm asks again.
  await planWake(engine);
  await engine.pause(CONFIRM_AFTER_MS);
  await pass(engine, suspects, trigger, () => false, null);
}

async function pass(
  engine: Engine,
  ids: readonly string[],
  trigger: 'sweep' | 'person',
  isStopped: () => boolean,
  progress: ((done: number) => void) | null,
): Promise<void> {
  const settings = await readSettings(await engine.database());
  const pace = (provider: Provider | null) => paceOf(engine, settings, provider);
  const batch = openBatch(engine, progress);
  for (let at = 0; at < ids.length && !isStopped(); at += CHUNK) {
    const chunk = await load(engine, ids.slice(at, at + CHUNK));
    const credentials = await engine.vault.openAll(
      'credential',
      chunk.map(({ id }) => id),
    );
    const tasks = chunk.map((connection, index) => ({
      connection,
      credential: credentials[index] ?? null,
    }));
    await runInLanes(
      tasks,
      LANES,
      ({ connection }) => connection.providerId + (connection.params['site'] ?? ''),
      async ({ connection, credential }) =>
        batch.add(await checkConnection(engine, connection, credential, trigger, pace)),
      isStopped,
    );
  }
  await batch.end();
}

async function load(engine: Engine, ids: readonly string[]): Promise<Connection[]> {
  const store = (await engine.database()).transaction('connections').store;
  const found = await Promise.all(ids.map((id) => store.get(id)));
  return found.flatMap((one) =>
    one === undefined || one.health.kind === 'unauthorized' ? [] : [one],
  );
}

/** Collects results and writes them together; draws the badge once a batch. */
function openBatch(
  engine: Engine,
  progress: ((done: number) => void) | null,
): { add: (checked: Checked) => void; end: () => Promise<void> } {
  let waiting: Checked[] = [];
  let done = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let writing: Promise<void> = Promise.resolve();

  const flush = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (waiting.length === 0) return;
    const results = waiting;
    waiting = [];
    done += results.length;
    const sofar = done;
    writing = writing.then(async () => {
      await write(engine, results);
      progress?.(sofar);
    });
  };
  return {
    add(checked) {
      waiting.push(checked);
      if (waiting.length >= BATCH) flush();
      else timer ??= setTimeout(flush, BATCH_WAIT_MS);
    },
    end() {
      flush();
      return writing;
    },
  };
}

async function write(engine: Engine, results: readonly Checked[]): Promise<void> {
  const changes = await commit(await engine.database(), {
    connections: new Map(results.map(({ id, edit }) => [id, edit])),
    checks: results.map(({ record, health }) => record(health.kind)),
  });
  engine.announce({ kinds: ['connections'], checking: null });
  const hasMoved = changes.some(({ before, after }) => before?.health.kind !== after?.health.kind);
  if (hasMoved) await drawBadge(engine);
}

async function dueIds(engine: Engine, now: number): Promise<string[]> {
  return (await engine.database()).getAllKeysFromIndex(
    'connections',
    'byDue',
    IDBKeyRange.upperBound(now),
  );
}
