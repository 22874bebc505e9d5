/**
 * One pass over connections: side by side, in lanes a host, read ahead and written in batches.
 */
import type { Connection } from '../domain/connection.ts';
import type { Credential } from '../domain/credential.ts';
import type { Health } from '../domain/health.ts';
import { placeOf } from '../domain/network.ts';
import type { Provider } from '../providers/schema.ts';
import { commit, type ConnectionEdit } from '../store/commit.ts';
import { failpoint } from '../store/failpoint.ts';
import { editKept } from '../store/kept.ts';
import { readKept, readSettings } from '../store/read.ts';
import { isReadable } from '../store/readable.ts';
import { openBreaker, type Breaker } from './breaker.ts';
import { checkConnection, type Checked } from './check-connection.ts';
import type { Engine } from './engine.ts';
import { oneAtATime, runInLanes } from './lanes.ts';
import { watchNetwork } from './network-watch.ts';
import { setAsideUnreadable } from './recovery.ts';
import { paceOf } from './pace.ts';
import { drawBadge } from './tell.ts';

/** One transaction a result costs a third of the pace; one for this many costs nothing. */
const BATCH = 50;
/** Results are not held back longer than this for a fuller batch. */
const BATCH_WAIT_MS = 400;
/** How many connections are read ahead at a time. */
const CHUNK = 250;

/** A pass ends after this long: browsers end a worker whose event takes five minutes. */
const PASS_MS = 4 * 60_000;

/** What each connection that was asked about came to, as it was written; by id. */
export type Found = Map<string, Health>;

/**
 * Asks about connections and writes what comes back, for at most four minutes: who was not reached
 * is due as before. A sweep puts off those whose provider has a bad day; a person's wish does not wait.
 * @param isStopped asked before each check; what was begun is finished and kept
 * @param progress told how many are written
 */
export async function pass(
  engine: Engine,
  ids: readonly string[],
  trigger: 'sweep' | 'person',
  isStopped: () => boolean,
  progress: ((done: number) => void) | null,
): Promise<Found> {
  const found: Found = new Map();
  const settings = await readSettings(await engine.database());
  const pace = (provider: Provider | null) => paceOf(engine, settings, provider);
  const db = await engine.database();
  const breaker = openBreaker((await readKept(db, 'hostTroubles')) ?? {}, engine.now);
  const batch = openBatch(engine, found, progress);
  const later = new Map<string, number>();
  const network = await watchNetwork(engine, batch.add, settings.periodMinutes * 60_000);
  const begunAt = engine.now();
  // A clock that was set back would make the pass endless.
  const isOver = (): boolean =>
    isStopped() || network.isDown() || engine.now() - begunAt > PASS_MS || engine.now() < begunAt;
  const waitsUntil = (connection: Connection): number | null =>
    trigger === 'sweep' ? breaker.putOff(placeOf(connection), pace(null)) : null;
  const putOff = (task: Task): boolean => {
    const until = waitsUntil(task.connection);
    if (until !== null) later.set(task.connection.id, until);
    return until !== null;
  };
  const readAhead = (at: number): Promise<Task[]> => {
    const loading = load(engine, ids.slice(at, at + CHUNK));
    // Its failure is met where it is awaited, which a stop may keep from happening.
    loading.catch(() => undefined);
    return loading;
  };
  try {
    let ahead = readAhead(0);
    for (let at = 0; at < ids.length && !isOver(); at += CHUNK) {
      const tasks = await ahead;
      // While the network works.
      ahead = readAhead(at + CHUNK);
      const asked = tasks.map(({ connection }) => connection);
      network.expect(asked.filter((one) => waitsUntil(one) === null));
      await runInLanes(
        // Where one tries for all, let it be one that was well: another may be ill by itself.
        tasks.toSorted((a, b) => illness(a, breaker) - illness(b, breaker)),
        ({ connection }) => placeOf(connection),
        async (task) => {
          if (putOff(task)) return;
          const { connection, credential } = task;
          const checked = await checkConnection(engine, connection, credential, trigger, pace);
          breaker.heard(placeOf(connection), checked.verdict, pace(null));
          network.add(connection, checked);
        },
        isOver,
        oneAtATime((host) => trigger === 'sweep' && breaker.isTrying(host)),
      );
    }
  } finally {
    try {
      // What this machine's network did is no provider's trouble, and nobody is put off for it.
      if (await network.end()) breaker.forget();
      else for (const [id, until] of later) batch.putOff(id, until);
    } finally {
      // Whatever ends the pass, what has been heard is kept.
      await batch.end();
    }
    if (breaker.hasChanged())
      await commit(db, { also: (tx) => editKept(tx, 'hostTroubles', breaker.after) });
  }
  return found;
}

interface Task {
  readonly connection: Connection;
  readonly credential: Credential | null;
}

function illness(task: Task, breaker: Breaker): number {
  return breaker.isTrying(placeOf(task.connection)) ? task.connection.troubles : 0;
}

async function load(engine: Engine, ids: readonly string[]): Promise<Task[]> {
  if (ids.length === 0) return [];
  const store = (await engine.database()).transaction('connections').store;
  const stored = await Promise.all(ids.map((id) => store.get(id)));
  const found = stored.filter((one) => one !== undefined);
  const good = found.filter((one) => isReadable('connections', one));
  // Left where it is, it would be due for ever.
  if (good.length < found.length) await setAsideUnreadable(engine);
  const connections = good.filter(({ health }) => health.kind !== 'unauthorized');
  const credentials = await engine.vault.openAll(
    'credential',
    connections.map(({ id }) => id),
  );
  return connections.map((connection, index) => ({
    connection,
    credential: credentials[index] ?? null,
  }));
}

/** Collects results and writes them together; draws the badge once a batch. */
function openBatch(
  engine: Engine,
  found: Found,
  progress: ((done: number) => void) | null,
): {
  add: (checked: Checked) => void;
  putOff: (id: string, until: number) => void;
  end: () => Promise<void>;
} {
  let waiting: Checked[] = [];
  let later = new Map<string, ConnectionEdit>();
  let done = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let writing: Promise<void> = Promise.resolve();

  const flush = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (waiting.length + later.size === 0) return;
    const results = waiting;
    const putOff = later;
    waiting = [];
    later = new Map();
    done += results.length;
    const sofar = done;
    writing = writing.then(async () => {
      for (const [id, health] of await write(engine, results, putOff)) found.set(id, health);
      progress?.(sofar);
    });
  };
  return {
    add(checked) {
      waiting.push(checked);
      if (waiting.length >= BATCH) flush();
      else timer ??= setTimeout(flush, BATCH_WAIT_MS);
    },
    putOff(id, until) {
      later.set(id, (stored) => askedLater(stored, until));
      if (later.size >= BATCH) flush();
      else timer ??= setTimeout(flush, BATCH_WAIT_MS);
    },
    end() {
      flush();
      return writing;
    },
  };
}

/** A connection that is not asked about yet; one that waits longer already stays as it is. */
function askedLater(stored: Connection | null, until: number): Connection | null {
  const at = stored?.nextCheckAt ?? null;
  return stored === null || at === null || at >= until ? stored : { ...stored, nextCheckAt: until };
}

async function write(
  engine: Engine,
  results: readonly Checked[],
  putOff: ReadonlyMap<string, ConnectionEdit>,
): Promise<Found> {
  await failpoint('check-to-be-written');
  const changes = await commit(await engine.database(), {
    connections: new Map([...putOff, ...results.map(({ id, edit }) => [id, edit] as const)]),
    checks: results.map(({ record, health }) => record(health.kind)),
    also: (tx) => editKept(tx, 'lastAwakeAt', () => engine.now()),
  });
  await failpoint('check-written');
  engine.announce({ kinds: ['connections'], checking: null, ids: results.map(({ id }) => id) });
  const hasMoved = changes.some(({ before, after }) => before?.health.kind !== after?.health.kind);
  if (hasMoved) await drawBadge(engine);
  return new Map(
    changes.flatMap(({ after }) =>
      after === null || putOff.has(after.id) ? [] : [[after.id, after.health]],
    ),
  );
}
