/** The popup's models over a real store in memory and a background that tests play. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { databaseOnDemand } from '../../lib/store/on-demand.ts';
import { createPopupModel, type PopupModel } from '../../lib/client/popup-model.ts';
import { readPopup } from '../../lib/client/popup-records.ts';
import { installMessages } from '../../lib/client/translate.ts';
import type { Authorization } from '../../lib/domain/authorization.ts';
import type { CheckRecord } from '../../lib/domain/check-record.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import type { Settings } from '../../lib/domain/settings.ts';
import type { Change } from '../../lib/rpc/changes.ts';
import type { call as rpcCall } from '../../lib/rpc/client.ts';
import type { ProcedureName } from '../../lib/rpc/procedures.ts';
import { commit } from '../../lib/store/commit.ts';
import type { Database } from '../../lib/store/database.ts';
import { NOW } from './connections.ts';
import { english, type Answers, type Called } from './options-world.ts';

export interface PopupWorld {
  readonly model: PopupModel;
  /** What the background was asked, in order. */
  readonly calls: Called[];
  readonly answers: Answers;
  /** Which routes of the options page were shown, and whether the popup closed after them. */
  readonly opened: string[];
  readonly copied: string[];
  /** Whether the browser lets the popup copy. */
  readonly copying: { isAllowed: boolean };
  readonly database: () => Promise<Database>;
  readonly announce: (change: Change) => void;
  readonly store: (what: Stored) => Promise<void>;
  /** Reads as the entry point does. */
  readonly start: () => Promise<void>;
  /** Lets so many milliseconds pass for whatever waits. */
  readonly pass: (ms: number) => void;
  readonly texts: () => string[];
  /** Resolves once a condition holds; the test's own time limit ends it otherwise. */
  readonly until: (holds: () => boolean) => Promise<void>;
}

export interface Stored {
  readonly connections?: readonly Connection[];
  readonly authorization?: Authorization;
  readonly checks?: readonly CheckRecord[];
  readonly settings?: Partial<Settings>;
}

interface Waiting {
  readonly at: number;
  readonly run: () => void;
}

export function openPopupWorld(): PopupWorld {
  globalThis.indexedDB = new IDBFactory();
  installMessages(english, 'en-GB');
  const listeners = new Set<(change: Change) => void>();
  const calls: Called[] = [];
  const opened: string[] = [];
  const copied: string[] = [];
  const copying = { isAllowed: true };
  const answers: Answers = {};
  const database = databaseOnDemand();
  let now = NOW;
  let waiting: Waiting[] = [];
  const call = async (procedure: ProcedureName, input: unknown): Promise<unknown> => {
    calls.push({ procedure, input });
    const answer = answers[procedure] as ((input: unknown) => unknown) | undefined;
    return answer?.(input) ?? {};
  };
  const model = createPopupModel({
    database,
    call: call as typeof rpcCall,
    onChange: (listener) => listeners.add(listener),
    powers: {
      async openOptions(hash) {
        opened.push(hash);
      },
      closeWindow: () => opened.push('closed'),
      async copyText(text) {
        if (!copying.isAllowed) throw new DOMException('Not focused', 'NotAllowedError');
        copied.push(text);
      },
    },
    now: () => now,
    after: (run, ms) => waiting.push({ at: now + ms, run }),
  });
  return {
    model,
    calls,
    answers,
    opened,
    copied,
    copying,
    database,
    announce(change) {
      for (const listener of listeners) listener(change);
    },
    async store({ connections = [], authorization, checks = [], settings }) {
      const db = await database();
      await commit(db, {
        connections: new Map(connections.map((one) => [one.id, () => one])),
        checks,
        ...(authorization !== undefined && { putAuthorization: authorization }),
      });
      if (settings !== undefined) await db.put('kept', settings as Settings, 'settings');
    },
    async start() {
      const first = database().then((db) => readPopup(db));
      await Promise.all([model.records.begin(first), first.then(model.damage.begin)]);
      model.records.follow();
      await model.damage.load();
    },
    pass(ms) {
      now += ms;
      const due = waiting.filter(({ at }) => at <= now);
      waiting = waiting.filter(({ at }) => at > now);
      for (const { run } of due) run();
    },
    texts: () => model.messages.list.value.map(({ text }) => text),
    async until(holds) {
      while (!holds()) await new Promise((resolve) => setTimeout(resolve, 1));
    },
  };
}

/** A change as the background announces it. */
export function changed(...kinds: Change['kinds']): Change {
  return { kinds, checking: null };
}
