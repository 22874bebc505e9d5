/** The options page's models over a real store in memory and a background that tests play. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import messages from '../../public/_locales/en/messages.json' with { type: 'json' };
import { databaseOnDemand } from '../../lib/store/on-demand.ts';
import { createOptionsModel, type OptionsModel } from '../../lib/client/options-model.ts';
import type { ProviderSummary } from '../../lib/client/options-providers.ts';
import { installMessages } from '../../lib/client/translate.ts';
import type { Authorization } from '../../lib/domain/authorization.ts';
import type { CheckRecord } from '../../lib/domain/check-record.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import type { Change, ChangedKind } from '../../lib/rpc/changes.ts';
import type { call as rpcCall } from '../../lib/rpc/client.ts';
import type { Input, Output, ProcedureName } from '../../lib/rpc/procedures.ts';
import { commit } from '../../lib/store/commit.ts';
import type { Database } from '../../lib/store/database.ts';
import { NOW, provider } from './connections.ts';

export type Answers = {
  [N in ProcedureName]?: (input: Input<N>) => Output<N> | Promise<Output<N>>;
};

export interface Called {
  readonly procedure: ProcedureName;
  readonly input: unknown;
}

export interface World {
  readonly model: OptionsModel;
  /** What the background was asked, in order. */
  readonly calls: Called[];
  /** What happened in which order, permissions and calls alike. */
  readonly order: string[];
  readonly answers: Answers;
  readonly copied: string[];
  readonly database: () => Promise<Database>;
  /** The address bar. */
  readonly hash: { value: string };
  /** Addresses that took the place of the one before, in order. */
  readonly replaced: readonly string[];
  /** As if the person had typed an address, or gone back. */
  readonly visit: (hash: string) => void;
  /** Whether the person allows hosts. */
  readonly permission: { isGiven: boolean };
  readonly announce: (...kinds: ChangedKind[]) => void;
  /** As if the background had announced it. */
  readonly hear: (change: Change) => void;
  readonly store: (what: Stored) => Promise<void>;
  readonly texts: () => string[];
  /** For how long each message stays, in order. */
  readonly stays: readonly number[];
}

export interface Stored {
  readonly connections?: readonly Connection[];
  readonly authorization?: Authorization;
  readonly checks?: readonly CheckRecord[];
}

const NOTHING = {};

/** @param hash where the page is opened */
export function openWorld(hash = '', providers: readonly ProviderSummary[] = [provider()]): World {
  globalThis.indexedDB = new IDBFactory();
  installMessages(english, 'en-GB');
  const listeners = new Set<(change: Change) => void>();
  const stays: number[] = [];
  const hashListeners = new Set<() => void>();
  const calls: Called[] = [];
  const order: string[] = [];
  const copied: string[] = [];
  const place = { value: hash };
  const replaced: string[] = [];
  const permission = { isGiven: true };
  const database = databaseOnDemand();
  const answers: Answers = { listProviders: () => ({ providers: [...providers] }) };
  const call = async (procedure: ProcedureName, input: unknown): Promise<unknown> => {
    calls.push({ procedure, input });
    order.push(procedure);
    const answer = answers[procedure] as ((input: unknown) => unknown) | undefined;
    return answer?.(input) ?? NOTHING;
  };
  const hear = (change: Change): void => {
    for (const listener of listeners) listener(change);
  };
  const announce = (...kinds: ChangedKind[]): void => hear({ kinds, checking: null });
  const model = createOptionsModel({
    database,
    call: call as typeof rpcCall,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    powers: {
      requestOrigins(origins) {
        order.push(`ask for ${origins.join(' ')}`);
        return Promise.resolve(permission.isGiven);
      },
      copyText(text) {
        copied.push(text);
        return Promise.resolve();
      },
    },
    bar: {
      hash: () => place.value,
      push: (next) => {
        place.value = next;
      },
      replace: (next) => {
        replaced.push(next);
        place.value = next;
      },
      onChange: (listener) => hashListeners.add(listener),
    },
    now: () => NOW,
    after: (_, ms) => void stays.push(ms),
  });
  return {
    model,
    calls,
    order,
    answers,
    copied,
    database,
    hash: place,
    replaced,
    permission,
    announce,
    hear,
    visit(next) {
      place.value = next;
      for (const listener of hashListeners) listener();
    },
    async store({ connections = [], authorization, checks = [] }) {
      await commit(await database(), {
        connections: new Map(connections.map((one) => [one.id, () => one])),
        checks,
        ...(authorization !== undefined && { putAuthorization: authorization }),
      });
      announce('connections', 'authorizations');
      await model.records.load();
    },
    texts: () => model.messages.list.value.map(({ text }) => text),
    stays,
  };
}

interface EnglishMessage {
  readonly message: string;
  readonly placeholders?: Readonly<Record<string, { readonly content: string }>>;
}

/** `i18n.getMessage` as browsers have it, over the English catalogue. */
export function english(key: string, substitutions: string[]): string {
  const entry = (messages as Record<string, EnglishMessage>)[key];
  if (entry === undefined) return '';
  return entry.message.replace(/\$(\w+)\$/g, (_, name: string) => {
    const content = entry.placeholders?.[name.toLowerCase()]?.content ?? '';
    return content.replace(/\$(\d)/g, (_all, at: string) => substitutions[Number(at) - 1] ?? '');
  });
}
