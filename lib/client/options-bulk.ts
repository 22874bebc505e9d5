/** One action for several connections: with progress, to be stopped, undone, and told for each. */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { Connection } from '../domain/connection.ts';
import { UNDO_MS } from '../domain/deletion.ts';
import { codeOf, type ErrorCode } from '../domain/errors.ts';
import { hearingChange, type HearingChoice } from '../domain/snooze.ts';
import { errorWords, healthWords } from '../domain/words.ts';
import {
  doneText,
  isMeantBy,
  isSoAlready,
  requestChange,
  takingBack,
  type BulkChange,
  type BulkStep,
} from './bulk-change.ts';
import type { Checking } from './options-checking.ts';
import type { Shared } from './options-deps.ts';
import type { MessageAction, MessageStay } from './messages.ts';
import { undoAction } from './offer-undo.ts';
import { plural, t, tell } from './translate.ts';

/** What an action came to for one connection. */
export interface BulkOutcome {
  readonly connection: Connection;
  readonly text: string;
  readonly isBad: boolean;
}

export interface Bulk {
  /** Of a running change; `null` when there is none. */
  readonly progress: ReadonlySignal<{ readonly done: number; readonly total: number } | null>;
  /** Ends a running change; what is done stays done, and can be undone. */
  readonly stop: () => void;
  readonly change: (connections: readonly Connection[], change: BulkChange) => Promise<void>;
  /** Mute and snooze, as for one connection. */
  readonly hear: (connections: readonly Connection[], choice: HearingChoice) => Promise<void>;
  readonly check: (connections: readonly Connection[]) => Promise<void>;
  /** What the person asked to see, those that went wrong first; `null` when closed. */
  readonly outcomes: ReadonlySignal<readonly BulkOutcome[] | null>;
  readonly closeOutcomes: () => void;
}

/** How many are changed in one transaction: a fraction of a second, so that "Stop" is heard. */
const CHUNK = 500;

interface Result {
  readonly connection: Connection;
  readonly change: BulkChange;
  /** `null`: it is as it was asked for. */
  readonly error: ErrorCode | null;
}

export function createBulk(shared: Shared, { checkNow }: Pick<Checking, 'checkNow'>): Bulk {
  const { call, messages, records, now } = shared;
  const progress = signal<{ done: number; total: number } | null>(null);
  const outcomes = signal<readonly BulkOutcome[] | null>(null);
  const stopped = { value: false };

  const show = (make: () => readonly BulkOutcome[]): MessageAction => ({
    label: t('bulk_show_each'),
    run: () => {
      outcomes.value = make().toSorted((a, b) => Number(b.isBad) - Number(a.isBad));
    },
  });

  /** One after the other: an Undo may be asked for while something else is under way. */
  let last: Promise<unknown> = Promise.resolve();
  const run = (steps: readonly BulkStep[]): Promise<readonly Result[]> => {
    const running = last.then(() => runNow(steps));
    last = running;
    return running;
  };

  const runNow = async (steps: readonly BulkStep[]): Promise<readonly Result[]> => {
    const results: Result[] = [];
    const total = steps.reduce((sum, { connections }) => sum + connections.length, 0);
    stopped.value = false;
    for (const { change, connections } of steps)
      for (let at = 0; at < connections.length && !stopped.value; at += CHUNK) {
        progress.value = { done: results.length, total };
        results.push(...(await changeSome(call, connections.slice(at, at + CHUNK), change)));
      }
    progress.value = null;
    return results;
  };

  const say = (
    results: readonly Result[],
    asked: number,
    undo: MessageAction | null,
    leftAlone: readonly BulkOutcome[] = [],
  ): void => {
    const done = results.filter(({ error }) => error === null);
    const failed = results.length - done.length;
    const left = asked - results.length;
    const parts = [...doneTexts(done), ...(left > 0 ? [plural('bulk_left', left)] : [])];
    if (parts.length > 0) messages.say(parts.join(' · '), 'good', undo, stayOf(undo));
    const each = show(() => [...results.map(outcomeOf), ...leftAlone]);
    // A sentence of its own: it stays until it is read, and what did change can be undone beside it.
    if (failed > 0) messages.say(plural('bulk_failed', failed), 'bad', each);
    const other = failed > 0 ? null : each;
    if (leftAlone.length > 0)
      messages.say(plural('bulk_not_snoozed', leftAlone.length), 'plain', other, stayOf(other));
  };

  const change = async (connections: readonly Connection[], wanted: BulkChange): Promise<void> => {
    if (connections.length === 0) return;
    const meant = connections.filter((one) => isMeantBy(wanted, one));
    const leftAlone = connections.flatMap((connection) =>
      isMeantBy(wanted, connection)
        ? []
        : [{ connection, text: plural('bulk_not_snoozed', 1), isBad: false }],
    );
    const results = await run([{ change: wanted, connections: meant }]);
    // Those that were so before are not touched by taking it back.
    const changed = results.flatMap(({ connection, error }) =>
      error === null && !isSoAlready(connection, wanted) ? [connection] : [],
    );
    const undo = undoAction(
      () =>
        void run(takingBack(wanted, changed, now())).then((undone) =>
          say(undone, changed.length, null),
        ),
    );
    say(results, meant.length, changed.length > 0 ? undo : null, leftAlone);
  };

  return {
    progress,
    outcomes,
    closeOutcomes() {
      outcomes.value = null;
    },
    stop() {
      stopped.value = true;
    },
    change,
    hear: (connections, choice) => change(connections, hearingChange(choice, now())),
    async check(connections) {
      // Asking about none would mean all of them.
      if (connections.length === 0) return;
      const ids = connections.map(({ id }) => id);
      await checkNow(ids, ({ left }) =>
        show(() => {
          const notAsked = new Set(left);
          return [...left, ...ids.filter((id) => !notAsked.has(id))].flatMap((id) => {
            const connection = records.find(id);
            if (connection === undefined) return [];
            const { health } = connection;
            const words = healthWords(health, now()).map(tell);
            const text = [...(notAsked.has(id) ? [t('bulk_not_asked')] : []), ...words].join(' · ');
            return [{ connection, text, isBad: health.kind === 'reconnect' }];
          });
        }),
      );
    },
  };
}

/** What offers something stays as long as every Undo: it can still be taken after a look at the rest. */
function stayOf(action: MessageAction | null): MessageStay {
  return action === null ? {} : { forMs: UNDO_MS };
}

async function changeSome(
  call: Shared['call'],
  connections: readonly Connection[],
  change: BulkChange,
): Promise<readonly Result[]> {
  try {
    const ids = connections.map(({ id }) => id);
    const { outcomes } = await requestChange(call, ids, change);
    const errors = new Map(outcomes.map(({ id, error }) => [id, error]));
    return connections.map((connection) => ({
      connection,
      change,
      error: errors.get(connection.id) ?? null,
    }));
  } catch (thrown) {
    return connections.map((connection) => ({ connection, change, error: codeOf(thrown) }));
  }
}

/** One part for each kind of change; taking snoozes back is of two kinds. */
function doneTexts(done: readonly Result[]): string[] {
  const counts = new Map<BulkChange['kind'], { change: BulkChange; count: number }>();
  for (const { change } of done) {
    const known = counts.get(change.kind);
    if (known === undefined) counts.set(change.kind, { change, count: 1 });
    else known.count += 1;
  }
  return [...counts.values()].map(({ change, count }) => doneText(change, count));
}

function outcomeOf({ connection, change, error }: Result): BulkOutcome {
  const text = error === null ? doneText(change, 1) : tell(errorWords(error));
  return { connection, text, isBad: error !== null };
}
