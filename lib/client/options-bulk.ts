/** One action for several connections: with progress, to be stopped, undone, and told for each. */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { Connection } from '../domain/connection.ts';
import { codeOf, type ErrorCode } from '../domain/errors.ts';
import { HEALTH_ORDER } from '../domain/health.ts';
import { hearingChange, type HearingChoice } from '../domain/snooze.ts';
import { errorWords, healthKindWords, healthWords } from '../domain/words.ts';
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
import type { MessageAction } from './messages.ts';
import {
  outcomeGroup,
  outcomeGroups,
  saying,
  stayOf,
  type OutcomeGroup,
  type Outcomes,
} from './options-outcomes.ts';
import { CHUNK, type Progress } from './options-pieces.ts';
import { undoAction } from './offer-undo.ts';
import { plural, t, tell } from './translate.ts';

export interface Bulk {
  /** Of a running change; `null` when there is none. */
  readonly progress: ReadonlySignal<Progress | null>;
  /** Ends a running change; what is done stays done, and can be undone. */
  readonly stop: () => void;
  readonly change: (connections: readonly Connection[], change: BulkChange) => Promise<void>;
  /** Mute and snooze, as for one connection. */
  readonly hear: (connections: readonly Connection[], choice: HearingChoice) => Promise<void>;
  readonly check: (connections: readonly Connection[]) => Promise<void>;
}

interface Result {
  readonly connection: Connection;
  readonly change: BulkChange;
  /** `null`: it is as it was asked for. */
  readonly error: ErrorCode | null;
}

/** What a run came to. */
interface Run {
  readonly results: readonly Result[];
  /** Those that it was stopped before. */
  readonly notReached: readonly Connection[];
}

export function createBulk(
  shared: Shared,
  outcomes: Outcomes,
  { checkNow }: Pick<Checking, 'checkNow'>,
): Bulk {
  const { call, messages, records, now } = shared;
  const progress = signal<Progress | null>(null);
  const stopped = { value: false };

  /** One after the other: an Undo may be asked for while something else is under way. */
  let last: Promise<unknown> = Promise.resolve();
  const run = (steps: readonly BulkStep[]): Promise<Run> => {
    const running = last.then(() => runNow(steps));
    last = running;
    return running;
  };

  const runNow = async (steps: readonly BulkStep[]): Promise<Run> => {
    const results: Result[] = [];
    const all = steps.flatMap(({ connections }) => connections);
    stopped.value = false;
    for (const { change, connections } of steps)
      for (let at = 0; at < connections.length && !stopped.value; at += CHUNK) {
        progress.value = { done: results.length, total: all.length };
        results.push(...(await changeSome(call, connections.slice(at, at + CHUNK), change)));
      }
    progress.value = null;
    return { results, notReached: all.slice(results.length) };
  };

  const nameOf = (change: BulkChange, count: number): string =>
    doneText(change, count, records.environments.value);

  const say = (
    { results, notReached }: Run,
    undo: MessageAction | null,
    notMeant: readonly Connection[] = [],
  ): void => {
    const done = results.filter(({ error }) => error === null);
    const failed = results.flatMap(({ connection, error }) =>
      error === null ? [] : [{ connection, text: tell(errorWords(error)) }],
    );
    const each = outcomes.look(() =>
      outcomeGroups(
        failed,
        [
          ...saying(notReached, t('bulk_not_reached')),
          ...saying(notMeant, plural('bulk_not_snoozed', 1)),
        ],
        done.map(({ connection, change }) => ({ connection, text: nameOf(change, 1) })),
      ),
    );
    // Offered once: where something went wrong it stays until it is read, and what did change can be
    // undone beside it.
    const isOfDone = failed.length + notMeant.length === 0;
    const also = isOfDone && results.length + notReached.length > 1 ? each : null;
    const parts = partsOf(done, nameOf);
    if (notReached.length > 0) parts.push(plural('bulk_left', notReached.length));
    if (parts.length > 0)
      messages.say(parts.join(' · '), 'good', undo, { ...stayOf(undo, also), also });
    if (failed.length > 0) messages.say(plural('bulk_failed', failed.length), 'bad', each);
    const other = failed.length > 0 ? null : each;
    if (notMeant.length > 0)
      messages.say(plural('bulk_not_snoozed', notMeant.length), 'plain', other, stayOf(other));
  };

  const change = async (connections: readonly Connection[], wanted: BulkChange): Promise<void> => {
    if (connections.length === 0) return;
    const meant = connections.filter((one) => isMeantBy(wanted, one));
    const notMeant = connections.filter((one) => !isMeantBy(wanted, one));
    const came = await run([{ change: wanted, connections: meant }]);
    // Those that were so before are not touched by taking it back.
    const changed = came.results.flatMap(({ connection, error }) =>
      error === null && !isSoAlready(connection, wanted) ? [connection] : [],
    );
    const undo = undoAction(
      () => void run(takingBack(wanted, changed, now())).then((undone) => say(undone, null)),
    );
    say(came, changed.length > 0 ? undo : null, notMeant);
  };

  /** What is known of each by now, those that are broken first and those that were not asked next. */
  const checkedGroups = (ids: readonly string[], left: ReadonlySet<string>): OutcomeGroup[] => {
    const byId = new Map((records.connections.value ?? []).map((one) => [one.id, one]));
    const known = ids.flatMap((id) => byId.get(id) ?? []);
    const groupOf = (name: string, some: readonly Connection[], isBad = false) =>
      outcomeGroup(
        name,
        some.map((connection) => ({
          connection,
          text: healthWords(connection.health, now()).map(tell).join(' · '),
        })),
        isBad,
      );
    const [broken = [], ...others] = HEALTH_ORDER.map((kind) =>
      groupOf(
        tell(healthKindWords(kind)),
        known.filter(({ id, health }) => health.kind === kind && !left.has(id)),
        kind === 'reconnect',
      ),
    );
    const notAsked = groupOf(
      t('bulk_not_asked'),
      known.filter(({ id }) => left.has(id)),
    );
    return [...broken, ...notAsked, ...others.flat()];
  };

  return {
    progress,
    stop() {
      stopped.value = true;
    },
    change,
    hear: (connections, choice) => change(connections, hearingChange(choice, now())),
    async check(connections) {
      // Asking about none would mean all of them.
      if (connections.length === 0) return;
      const ids = connections.map(({ id }) => id);
      await checkNow(ids, ({ left }) => outcomes.look(() => checkedGroups(ids, new Set(left))));
    },
  };
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

/** One part for each change; taking snoozes or moves back is of several. */
function partsOf(
  done: readonly Result[],
  nameOf: (change: BulkChange, count: number) => string,
): string[] {
  const counts = new Map<string, { change: BulkChange; count: number }>();
  for (const { change } of done) {
    const key = change.kind === 'move' ? `move ${change.environmentId}` : change.kind;
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { change, count: 1 });
    else known.count += 1;
  }
  return [...counts.values()].map(({ change, count }) => nameOf(change, count));
}
