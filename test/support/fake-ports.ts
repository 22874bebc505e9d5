/** The powers of the engine for unit tests: a real store and vault, everything else in our hands. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import type { HealthCounts } from '../../lib/domain/connection.ts';
import type { Answer, OutgoingRequest } from '../../lib/domain/exchange.ts';
import { NO_MARKER, type Marker } from '../../lib/domain/marker.ts';
import type { BadgeFace } from '../../lib/domain/notice.ts';
import type { Engine } from '../../lib/engine/engine.ts';
import type { Ports, WindowOutcome } from '../../lib/engine/ports.ts';
import { openProviders } from '../../lib/engine/providers.ts';
import type { Change } from '../../lib/rpc/changes.ts';
import { catalogue } from '../../lib/providers/catalogue.ts';
import { openDatabase, type Database } from '../../lib/store/database.ts';
import { openVault } from '../../lib/store/vault.ts';
import { keyMemory } from './key-memory.ts';

export interface FakeWorld {
  engine: Engine;
  readonly db: Database;
  /** What is said of the time; moves by hand alone. */
  now: number;
  /** Answers each request; replace it at will. */
  answer: (request: OutgoingRequest) => Promise<Answer> | Answer;
  /** What the sign-in window comes back with. */
  window: (url: string) => Promise<WindowOutcome> | WindowOutcome;
  /** What a tab to sign in in comes back with. */
  tab: (url: string) => Promise<WindowOutcome> | WindowOutcome;
  /** What an address comes to without a window. */
  probe: (url: string) => Promise<WindowOutcome> | WindowOutcome;
  popups: { readonly id: number; readonly url: string | null }[];
  granted: boolean;
  /** What stands in the managed storage, or fails to be read. */
  managed: () => unknown;
  readonly sent: OutgoingRequest[];
  readonly changes: Change[];
  readonly notifications: Map<string, readonly string[]>;
  readonly closedWindows: number[];
  readonly closedTabs: number[];
  badge: { readonly face: BadgeFace; readonly counts: HealthCounts } | null;
  wakesAt: number | null;
  /** What stands outside of the database. */
  marker: Marker;
  /** What the browser remembers of the vault; `null` after it was closed. */
  readonly memory: ReturnType<typeof keyMemory>;
  /** A worker of the same browser that starts afresh: memory gone, store kept. */
  restarted(): Engine;
}

/** An answer of 200 with JSON. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return {
    kind: 'answer',
    status,
    text: typeof body === 'string' ? body : JSON.stringify(body),
    headers: new Map(Object.entries(headers)),
    tookMs: 1,
  };
}

/** A world with an empty database. */
export async function fakeWorld(): Promise<FakeWorld> {
  globalThis.indexedDB = new IDBFactory();
  const db = await openDatabase();
  const locks = new Map<string, Promise<unknown>>();
  let ids = 0;
  const memory = keyMemory();
  const ports: Ports = {
    now: () => world.now,
    chance: () => 0.5,
    newId: () => `id-${++ids}`,
    pause: async () => undefined,
    async send(request) {
      if (!world.granted) return { kind: 'silence', silence: 'permission-missing', tookMs: 0 };
      world.sent.push(request);
      return world.answer(request);
    },
    database: async () => db,
    vault: openVault(async () => db, memory),
    marker: {
      read: async () => world.marker,
      async write(count, at) {
        world.marker = { count, at };
      },
    },
    catalogue: async () => catalogue,
    lock(name, run) {
      const next = (locks.get(name) ?? Promise.resolve()).then(run, run);
      locks.set(
        name,
        next.catch(() => undefined),
      );
      return next;
    },
    authWindow: {
      redirectUrl: (path) => `https://patchbay.example/${path}`,
      async open(url, _signal, onOpened) {
        onOpened(42);
        return world.window(url);
      },
      probe: async (url) => world.probe(url),
      popups: async () => world.popups,
      async closeLeftover(id) {
        world.closedWindows.push(id);
      },
    },
    authTab: {
      redirectUrl: (path) => `https://patchbay.example/${path}`,
      async open(url, _signal, onOpened) {
        onOpened(43);
        return world.tab(url);
      },
      probe: async () => ({ kind: 'failed', code: 'window-failed' }),
      popups: async () => [],
      async closeLeftover(id) {
        world.closedTabs.push(id);
      },
    },
    managed: async () => world.managed(),
    hasOrigins: async () => world.granted,
    async dropOrigins() {
      world.granted = false;
    },
    stripOrigin: async () => undefined,
    async drawBadge(face, counts) {
      world.badge = { face, counts };
    },
    notifier: {
      async show(notice) {
        world.notifications.set(
          notice.id,
          notice.connections.map(({ name }) => name),
        );
      },
      async withdraw(id) {
        world.notifications.delete(id);
      },
    },
    async wakeAt(at) {
      world.wakesAt = at;
    },
    keepAwake: (job) => job(),
    announce: (change) => world.changes.push(change),
  };
  const born = (): Engine => ({
    ...ports,
    vault: openVault(async () => db, memory),
    providers: openProviders(ports),
    attempts: new Map(),
    unsaved: new Map(),
  });
  const world: FakeWorld = {
    engine: born(),
    db,
    now: Date.UTC(2026, 10, 21),
    answer: () => json({ id: 'alice', label: 'alice' }),
    window: () => ({ kind: 'cancelled' }),
    tab: () => ({ kind: 'cancelled' }),
    probe: () => ({ kind: 'failed', code: 'window-needs-person' }),
    popups: [],
    granted: true,
    managed: () => ({}),
    sent: [],
    changes: [],
    notifications: new Map(),
    closedWindows: [],
    closedTabs: [],
    badge: null,
    wakesAt: null,
    marker: NO_MARKER,
    memory,
    restarted: born,
  };
  return world;
}
