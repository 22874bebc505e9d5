/** One action for several connections: with progress, to be stopped, undone, and told for each. */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { Connection } from '../domain/connection.ts';
import { hasTag } from '../domain/tag.ts';
import { codeOf, type ErrorCode } from '../domain/errors.ts';
import { errorWords, healthWords } from '../domain/words.ts';
import type { Output } from '../rpc/procedures.ts';
import type { Checking } from './options-checking.ts';
import type { Shared } from './options-deps.ts';
import type { MessageAction } from './messages.ts';
import { undoAction } from './offer-undo.ts';
import { plural, t, tell } from './translate.ts';

/** What is changed in each of the connections. */
export type BulkChange =
  | { readonly kind: 'pause' | 'resume' }
  | { readonly kind: 'add-tag' | 'remove-tag'; readonly tag: string };

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
  readonly check: (connections: readonly Connection[]) => Promise<void>;
  /** What the person asked to see, those that went wrong first; `null` when closed. */
  readonly outcomes: ReadonlySignal<readonly BulkOutcome[] | null>;
  readonly closeOutcomes: () => void;
}

/** How many are changed in one transaction: a fraction of a second, so that "Stop" is heard. */
const CHUNK = 500;

interface Result {
  readonly connection: Connection;
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
  const run = (
    connections: readonly Connection[],
    change: BulkChange,
  ): Promise<readonly Result[]> => {
    const running = last.then(() => runNow(connections, change));
    last = running;
    return running;
  };

  const runNow = async (
    connections: readonly Connection[],
    change: BulkChange,
  ): Promise<readonly Result[]> => {
    const results: Result[] = [];
    stopped.value = false;
    for (let at = 0; at < connections.length && !stopped.value; at += CHUNK) {
      progress.value = { done: at, total: connections.length };
      const some = connections.slice(at, at + CHUNK);
      results.push(...(await changeSome(call, some, change)));
    }
    progress.value = null;
    return results;
  };

  const say = (
    change: BulkChange,
    results: readonly Result[],
    asked: number,
    undo: MessageAction | null,
  ): void => {
    const failed = results.filter(({ error }) => error !== null).length;
    const left = asked - results.length;
    const parts = [
      ...(failed < results.length ? [doneText(change, results.length - failed)] : []),
      ...(left > 0 ? [plural('bulk_left', left)] : []),
    ];
    if (parts.length > 0) messages.say(parts.join(' · '), 'good', undo);
    // A sentence of its own: it stays until it is read, and what did change can be undone beside it.
    if (failed > 0)
      messages.say(
        plural('bulk_failed', failed),
        'bad',
        show(() => results.map((one) => outcomeOf(one, change))),
      );
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
    async change(connections, change) {
      if (connections.length === 0) return;
      const results = await run(connections, change);
      // Those that were so before are not touched by taking it back.
      const changed = results.flatMap(({ connection, error }) =>
        error === null && !isSoAlready(connection, change) ? [connection] : [],
      );
      const back = inverse(change);
      const undo = undoAction(
        () => void run(changed, back).then((undone) => say(back, undone, changed.length, null)),
      );
      say(change, results, connections.length, changed.length > 0 ? undo : null);
    },
    async check(connections) {
      // Asking about none would mean all of them.
      if (connections.length === 0) return;
      const ids = connections.map(({ id }) => id);
      const each = (): readonly BulkOutcome[] =>
        ids.flatMap((id) => {
          const connection = records.find(id);
          if (connection === undefined) return [];
          const { health } = connection;
          const text = healthWords(health, now()).map(tell).join(' · ');
          return [{ connection, text, isBad: health.kind === 'reconnect' }];
        });
      await checkNow(ids, show(each));
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
    const { outcomes } = await request(call, ids, change);
    const errors = new Map(outcomes.map(({ id, error }) => [id, error]));
    return connections.map((connection) => ({
      connection,
      error: errors.get(connection.id) ?? null,
    }));
  } catch (thrown) {
    return connections.map((connection) => ({ connection, error: codeOf(thrown) }));
  }
}

function request(
  call: Shared['call'],
  ids: string[],
  change: BulkChange,
): Promise<Output<'pauseSync'>> {
  switch (change.kind) {
    case 'pause':
      return call('pauseSync', { ids });
    case 'resume':
      return call('resumeSync', { ids });
    case 'add-tag':
      return call('tagConnections', { ids, tag: change.tag });
    case 'remove-tag':
      return call('untagConnections', { ids, tag: change.tag });
  }
}

function inverse(change: BulkChange): BulkChange {
  switch (change.kind) {
    case 'pause':
      return { kind: 'resume' };
    case 'resume':
      return { kind: 'pause' };
    case 'add-tag':
      return { kind: 'remove-tag', tag: change.tag };
    case 'remove-tag':
      return { kind: 'add-tag', tag: change.tag };
  }
}

function isSoAlready({ sync, tags }: Connection, change: BulkChange): boolean {
  switch (change.kind) {
    case 'pause':
      return sync.kind === 'paused';
    case 'resume':
      return sync.kind === 'on';
    case 'add-tag':
      return hasTag(tags, change.tag);
    case 'remove-tag':
      return !hasTag(tags, change.tag);
  }
}

function doneText(change: BulkChange, count: number): string {
  switch (change.kind) {
    case 'pause':
      return plural('bulk_paused', count);
    case 'resume':
      return plural('bulk_resumed', count);
    case 'add-tag':
      return plural('bulk_tagged', count, change.tag);
    case 'remove-tag':
      return plural('bulk_untagged', count, change.tag);
  }
}

function outcomeOf({ connection, error }: Result, change: BulkChange): BulkOutcome {
  const text = error === null ? doneText(change, 1) : tell(errorWords(error));
  return { connection, text, isBad: error !== null };
}
