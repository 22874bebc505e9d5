/** The kept checks of the connections whose evidence is shown. */
import { effect, signal, type ReadonlySignal } from '@preact/signals';
import type { CheckRecord } from '../domain/check-record.ts';
import { readChecks } from '../store/checks.ts';
import { oneAtATime } from './one-at-a-time.ts';
import type { Records } from './options-records.ts';

/** By connection, newest first; a connection that is missing is still being read. */
export type ChecksById = ReadonlyMap<string, readonly CheckRecord[]>;

/** @param ids which connections are looked at; their checks follow every commit */
export function createChecks(
  records: Pick<Records, 'connections' | 'database'>,
  ids: ReadonlySignal<readonly string[]>,
): ReadonlySignal<ChecksById> {
  const checks = signal<ChecksById>(new Map());
  const read = oneAtATime(async () => {
    const wanted = ids.peek();
    if (wanted.length === 0) {
      checks.value = new Map();
      return;
    }
    const db = await records.database();
    const found = await Promise.all(
      wanted.map(async (id) => [id, await readChecks(db, id)] as const),
    );
    checks.value = new Map(found);
  });
  effect(() => {
    // A commit that brought a check has changed its connection too.
    void records.connections.value;
    void ids.value;
    // What cannot be read is said by the records, which read the same database.
    void read().catch(() => undefined);
  });
  return checks;
}
