/** A browser opens six connections to a host; more lanes would only wait in its queue. */
const LANES = { total: 12, perKey: () => 6 };

export interface LaneLimits {
  readonly total: number;
  /** Asked before each start: a key may widen or narrow while tasks run. */
  readonly perKey: (key: string) => number;
}

/** The usual limits, but one at a time for some keys. */
export function oneAtATime(isNarrow: (key: string) => boolean): LaneLimits {
  return { ...LANES, perKey: (key) => (isNarrow(key) ? 1 : LANES.perKey()) };
}

/**
 * Runs tasks side by side: so many in all, and so many of one key (a host) at most, so that one slow
 * provider cannot hold up the others.
 * @param tasks in order of urgency; a task whose key is full lets the next one pass
 * @param isStopped asked before each start; what runs is finished
 */
export function runInLanes<T>(
  tasks: readonly T[],
  keyOf: (task: T) => string,
  run: (task: T) => Promise<void>,
  isStopped: () => boolean,
  limits: LaneLimits = LANES,
): Promise<void> {
  const waiting = new Map<string, T[]>();
  for (const task of tasks) {
    const key = keyOf(task);
    const queue = waiting.get(key);
    if (queue === undefined) waiting.set(key, [task]);
    else queue.push(task);
  }
  // Queues are taken from the end: cheap, and the order within a key is kept.
  for (const queue of waiting.values()) queue.reverse();
  const running = new Map<string, number>();
  let inFlight = 0;
  let failure: { thrown: unknown } | null = null;

  return new Promise((resolve, reject) => {
    const start = (key: string, task: T): void => {
      inFlight += 1;
      running.set(key, (running.get(key) ?? 0) + 1);
      run(task)
        .catch((thrown: unknown) => {
          failure ??= { thrown };
        })
        .finally(() => {
          inFlight -= 1;
          running.set(key, (running.get(key) ?? 1) - 1);
          fill();
        });
    };
    const fill = (): void => {
      if (isStopped() || failure !== null) waiting.clear();
      // One from each key in turn: hosts share the lanes.
      let found = true;
      while (found && inFlight < limits.total) {
        found = false;
        for (const [key, queue] of waiting) {
          if (inFlight >= limits.total) break;
          if ((running.get(key) ?? 0) >= limits.perKey(key)) continue;
          const task = queue.pop();
          if (queue.length === 0) waiting.delete(key);
          if (task === undefined) continue;
          found = true;
          start(key, task);
        }
      }
      if (inFlight > 0) return;
      if (failure === null) resolve();
      else reject(failure.thrown);
    };
    fill();
  });
}
