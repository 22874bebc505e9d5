/**
 * What is stored, as signals that follow every commit: one read of each kind at a time, however many
 * commits come in the meantime.
 */
import { batch, computed, signal, type ReadonlySignal } from '@preact/signals';
import type { Authorization } from '../domain/authorization.ts';
import type { Connection } from '../domain/connection.ts';
import { BUILT_IN_ENVIRONMENTS, type Environment } from '../domain/environment.ts';
import { codeOf, type ErrorCode } from '../domain/errors.ts';
import { NOTHING_WRONG, type NetworkTruth } from '../domain/network.ts';
import { DEFAULT_SETTINGS, type Settings } from '../domain/settings.ts';
import {
  countsWhileLocked,
  NO_VAULT_LOCK,
  whileLocked,
  type VaultLock,
} from '../domain/vault-lock.ts';
import { NOT_VIEW_ONLY, type ViewOnly } from '../domain/view-only.ts';
import type { ChangedKind, CheckingProgress } from '../rpc/changes.ts';
import { readAuthorizations } from '../store/authorizations.ts';
import { readConnections, readSomeConnections } from '../store/connections.ts';
import type { Database, StoredConnection } from '../store/database.ts';
import { type FirstScreen, readFirstScreen } from '../store/first-screen.ts';
import {
  readEnvironments,
  readNetwork,
  readSettings,
  readVaultLock,
  readViewOnly,
} from '../store/read.ts';
import { keep } from './keep.ts';
import { oneAtATime } from './one-at-a-time.ts';
import type { OptionsDeps } from './options-deps.ts';
import { updatedList } from './updated-list.ts';

export interface Records {
  /** Of every environment, most urgent first; `null` until they were read for the first time. */
  readonly connections: ReadonlySignal<readonly Connection[] | null>;
  /** The beginning of the list, which is there long before all of it; `null` until it was read. */
  readonly first: ReadonlySignal<FirstScreen | null>;
  readonly authorizations: ReadonlySignal<readonly Authorization[]>;
  readonly environments: ReadonlySignal<readonly Environment[]>;
  readonly settings: ReadonlySignal<Settings>;
  /** Whether {@link settings} were read; the usual ones stand there until then. */
  readonly areSettingsRead: ReadonlySignal<boolean>;
  /** What is known of the network beside the connections. */
  readonly network: ReadonlySignal<NetworkTruth>;
  /** Whether changes are locked. */
  readonly viewOnly: ReadonlySignal<ViewOnly>;
  /** Whether secrets can be opened; while they cannot, nothing is shown as if it were known. */
  readonly vaultLock: ReadonlySignal<VaultLock>;
  /** A running check of many; `null` when there is none. */
  readonly checking: ReadonlySignal<CheckingProgress | null>;
  /** Why nothing could be read; `null` when it could. */
  readonly trouble: ReadonlySignal<ErrorCode | null>;
  readonly database: () => Promise<Database>;
  /** Until all were read, it looks in the beginning of the list. */
  readonly find: (id: string) => Connection | undefined;
  /** Reads what the first screen shows. */
  readonly loadFirst: () => Promise<void>;
  readonly loadSettings: () => Promise<void>;
  /** Reads everything once. */
  readonly load: () => Promise<void>;
}

/** Beyond so many, reading all of them costs no more. */
const SOME_MAX = 1000;
/** Where nobody says how many the window shows. */
const FIRST_ROWS = 60;

export function createRecords({
  database,
  onChange,
  firstRows = FIRST_ROWS,
}: Pick<OptionsDeps, 'database' | 'onChange' | 'firstRows'>): Records {
  const connections = signal<readonly StoredConnection[] | null>(null);
  const first = signal<FirstScreen | null>(null);
  const authorizations = signal<readonly Authorization[]>([]);
  const environments = signal<readonly Environment[]>(BUILT_IN_ENVIRONMENTS);
  const settings = signal<Settings>(DEFAULT_SETTINGS);
  const areSettingsRead = signal(false);
  const viewOnly = signal(NOT_VIEW_ONLY);
  const network = signal(NOTHING_WRONG);
  const vaultLock = signal(NO_VAULT_LOCK);
  const checking = signal<CheckingProgress | null>(null);
  const trouble = signal<ErrorCode | null>(null);

  const reading = (read: (db: Database) => Promise<void>): (() => Promise<void>) => {
    const run: () => Promise<void> = oneAtATime(async () => {
      try {
        await read(await database());
        trouble.value = null;
      } catch (thrown) {
        trouble.value = codeOf(thrown);
        // Waits until nobody is in the way.
        if (trouble.value === 'storage-blocked') void run();
      }
    });
    return run;
  };
  const readFirst = reading(async (db) => {
    const screen = await readFirstScreen(db, firstRows);
    batch(() => {
      first.value = screen;
      keep(authorizations, screen.authorizations);
      keep(settings, screen.settings);
      areSettingsRead.value = true;
      keep(viewOnly, screen.viewOnly);
      keep(network, screen.network);
      keep(vaultLock, screen.vaultLock);
      keep(environments, screen.environments);
    });
  });
  /** Connections that have changed since they were read; `all`: nobody knows which. */
  let stale: Set<string> | 'all' = 'all';
  const readStale = reading(async (db) => {
    const meant = stale;
    stale = new Set();
    try {
      connections.value =
        meant === 'all' || connections.value === null
          ? await readConnections(db, null)
          : updatedList(connections.value, await readSomeConnections(db, [...meant]));
    } catch (thrown) {
      stale = 'all';
      throw thrown;
    }
  });
  const readAll = (): Promise<void> => {
    stale = 'all';
    return readStale();
  };
  const readSome = (ids: readonly string[] | undefined): Promise<void> => {
    if (ids === undefined || ids.length > SOME_MAX) return readAll();
    if (stale !== 'all') for (const id of ids) stale.add(id);
    return readStale();
  };
  const loadSettings = reading(async (db) => {
    const read = await Promise.all([
      readSettings(db),
      readEnvironments(db),
      readViewOnly(db),
      readVaultLock(db),
    ]);
    batch(() => {
      keep(settings, read[0]);
      areSettingsRead.value = true;
      keep(environments, read[1]);
      keep(viewOnly, read[2]);
      keep(vaultLock, read[3]);
    });
  });
  const readers: Partial<Record<ChangedKind, () => Promise<void>>> = {
    connections: readAll,
    authorizations: reading(async (db) => {
      keep(authorizations, await readAuthorizations(db));
    }),
    settings: loadSettings,
    network: reading(async (db) => {
      keep(network, await readNetwork(db));
    }),
  };
  onChange((change) => {
    if (change.kinds.includes('checking')) checking.value = change.checking;
    // Until all was read, the beginning is what follows.
    if (connections.value === null && change.kinds.includes('connections')) void readFirst();
    for (const kind of change.kinds)
      void (kind === 'connections' ? readSome(change.ids) : readers[kind]?.());
  });
  const isLocked = computed(() => vaultLock.value.kind === 'locked');
  const shown = computed(() =>
    isLocked.value ? (connections.value?.map(whileLocked) ?? null) : connections.value,
  );
  const beginning = computed(() => (isLocked.value ? lockedScreen(first.value) : first.value));
  return {
    connections: shown,
    first: beginning,
    authorizations,
    environments,
    settings,
    areSettingsRead,
    viewOnly,
    network,
    vaultLock,
    checking,
    trouble,
    database,
    find: (id) =>
      (shown.value ?? beginning.value?.connections)?.find((connection) => connection.id === id),
    loadFirst: readFirst,
    loadSettings,
    async load() {
      await Promise.all(Object.values(readers).map((read) => read()));
    },
  };
}

/** The first screen as it may be shown while nothing is checked. */
function lockedScreen(first: FirstScreen | null): FirstScreen | null {
  if (first === null) return null;
  const { byEnvironment } = first.totals;
  const totals = Object.entries(byEnvironment).map(([id, one]) => [id, countsWhileLocked(one)]);
  return {
    ...first,
    connections: first.connections.map(whileLocked),
    totals: { byEnvironment: Object.fromEntries(totals) },
  };
}
