/**
 * One pass over connections: side by side, in lanes a host, read ahead and written in batches.
 */
import type { Connection } from '../domain/connection.ts';
import type { Credential } from '../domain/credential.ts';
import type { Health } from '../domain/health.ts';
import { placeOf } from '../domain/network.ts';
import type { Provider } from '../providers/schema.ts';
import { commit } from '../store/commit.ts';
import { readSettings } from '../store/read.ts';
import { checkConnection, type Checked } from './check-connection.ts';
import type { Engine } from './engine.ts';
import { runInLanes } from './lanes.ts';
import { watchNetwork } from './network-watch.ts';
import { paceOf } from './pace.ts';
import { drawBadge } from './tell.ts';

/** One transaction a result costs a third of the pace; one for this many costs nothing. */
const BATCH = 50;
/** Results are not held back longer than this for a fuller batch. */
const BATCH_WAIT_MS = 400;
/** How many connections are read ahead at a time. */
const CHUNK = 250;

/** What each connection that was asked about came to, as it was written; by id. */
export type Found = Map<string, Health>;

/**
 * Asks about connections and writes what comes back.
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
  const batch = openBatch(engine, found, progress);
  const network = await watchNetwork(engine, batch.add);
  const isOver = (): boolean => isStopped() || network.isDown();
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
      network.expect(tasks.map(({ connection }) => connection));
      await runInLanes(
        tasks,
        ({ connection }) => placeOf(connection),
        async ({ connection, credential }) =>
          network.add(
            connection,
            await checkConnection(engine, connection, credential, trigger, pace),
          ),
        isOver,
      );
    }
  } finally {
    await network.end();
    // Whatever ends the pass, what has been heard is kept.
    await batch.end();
  }
  return found;
}

interface Task {
  readonly connection: Connection;
  readonly credential: Credential | null;
}

async function load(engine: Engine, ids: readonly string[]): Promise<Task[]> {
  if (ids.length === 0) return [];
  const store = (await engine.database()).transaction('connections').store;
  const stored = await Promise.all(ids.map((id) => store.get(id)));
  const connections = stored.flatMap((one) =>
    one === undefined || one.health.kind === 'unauthorized' ? [] : [one],
  );
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
      for (const [id, health] of await write(engine, results)) found.set(id, health);
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

async function write(engine: Engine, results: readonly Checked[]): Promise<Found> {
  const changes = await commit(await engine.database(), {
    connections: new Map(results.map(({ id, edit }) => [id, edit])),
    checks: results.map(({ record, health }) => record(health.kind)),
  });
  engine.announce({ kinds: ['connections'], checking: null, ids: results.map(({ id }) => id) });
  const hasMoved = changes.some(({ before, after }) => before?.health.kind !== after?.health.kind);
  if (hasMoved) await drawBadge(engine);
  return new Map(
    changes.flatMap(({ after }) => (after === null ? [] : [[after.id, after.health]])),
  );
}
