import { createContext, Script } from 'node:vm';

/** Far more than any one of our own readers takes, on any machine. */
const PATIENCE_MS = 20_000;

/**
 * Runs something that does not wait, and interrupts it when it does not come to an end: a pattern
 * that tries every way there is would hold up the whole run without a word.
 * @throws Error when it had to be interrupted
 */
export function inTime<T>(run: () => T, patienceMs = PATIENCE_MS): T {
  const room: { run: () => void; result?: T } = {
    run() {
      room.result = run();
    },
  };
  new Script('run()').runInContext(createContext(room), { timeout: patienceMs });
  return room.result as T;
}
