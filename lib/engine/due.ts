/** What is due, by the clock as it is now. */
import type { Connection } from '../domain/connection.ts';
import { byNeed, spreadAfterSleep } from '../domain/schedule.ts';
import { commit, type ConnectionEdits } from '../store/commit.ts';
import { editKept, keptIn } from '../store/kept.ts';
import { readKept, readSettings } from '../store/read.ts';
import { isReadable } from '../store/readable.ts';
import type { Engine } from './engine.ts';
import { setAsideUnreadable } from './recovery.ts';

/** Less than this is no clock that was set back, but one that is being kept right: ends are seen as much later. */
const CLOCK_SLACK_MS = 30_000;

/** The time is noted no more often where nothing else is written. */
const NOTE_EVERY_MS = 2 * 60_000;

/**
 * Which connections are to be asked about now, most in need first. After a sleep most of them are
 * given a moment of their own instead. The order of `nextCheckAt` is the cursor of every sweep:
 * whoever was asked has a later one in the same transaction, so a worker that dies in the middle
 * leaves exactly those who were not asked.
 */
export async function dueIds(engine: Engine): Promise<string[]> {
  await followClock(engine);
  const db = await engine.database();
  const now = engine.now();
  const range = IDBKeyRange.upperBound(now);
  const all = await db.getAllFromIndex('connections', 'byDue', range);
  const due = all.filter((one) => isReadable('connections', one));
  if (due.length < all.length) await setAsideUnreadable(engine);
  due.sort((a, b) => byNeed(a, b, now));
  const { periodMinutes } = await readSettings(db);
  const later = spreadAfterSleep(due, periodMinutes * 60_000, now);
  if (later.size > 0)
    await commit(db, { connections: moved([...later.keys()], (one) => later.get(one) ?? now) });
  return due.filter((one) => !later.has(one)).map(({ id }) => id);
}

/**
 * Where the clock was set back, everything would be due as much too late: all moments move along.
 * Notes the time, so that the next one to look can tell.
 */
export async function followClock(engine: Engine): Promise<void> {
  const db = await engine.database();
  const isBehind = (at: number): boolean => at - engine.now() > CLOCK_SLACK_MS;
  const seenAt = (await readKept(db, 'lastAwakeAt')) ?? 0;
  if (!isBehind(seenAt) && engine.now() - seenAt < NOTE_EVERY_MS) return;
  await commit(db, {
    // Before the note of the time is replaced.
    connections: async (tx) => {
      const now = engine.now();
      const lastAt = (await keptIn(tx, 'lastAwakeAt')) ?? 0;
      if (!isBehind(lastAt)) return new Map();
      // A breaker would stay open for as much longer, and the network be taken for down.
      await editKept(tx, 'hostTroubles', () => undefined);
      await editKept(tx, 'network', (kept) =>
        kept?.down ? { ...kept, down: { ...kept.down, retryAt: now } } : kept,
      );
      const range = IDBKeyRange.lowerBound(now, true);
      const waiting = await tx.objectStore('connections').index('byDue').getAll(range);
      const movedBack = (at: number): number => Math.max(now, at - (lastAt - now));
      return moved(waiting, ({ nextCheckAt }) => movedBack(nextCheckAt ?? now), movedBack);
    },
    also: (tx) => editKept(tx, 'lastAwakeAt', () => engine.now()),
  });
}

function moved<C extends Connection>(
  connections: readonly C[],
  to: (connection: C) => number,
  ofPromise: (promisedUntil: number) => number = (at) => at,
): ConnectionEdits {
  return new Map(
    connections.map((seen) => [
      seen.id,
      (stored) => {
        // Whoever was asked meanwhile has a moment already.
        if (stored === null || stored.nextCheckAt !== seen.nextCheckAt) return stored;
        const { promisedUntil } = stored;
        const promise =
          promisedUntil === undefined ? {} : { promisedUntil: ofPromise(promisedUntil) };
        return { ...stored, nextCheckAt: to(seen), ...promise };
      },
    ]),
  );
}
