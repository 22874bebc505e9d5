/**
 * What the popup shows of the store: one screen at first, everything once it is asked for. Follows
 * every commit.
 */
import { batch, signal, type ReadonlySignal } from '@preact/signals';
import type { Authorization } from '../domain/authorization.ts';
import type { Connection, Totals } from '../domain/connection.ts';
import { BUILT_IN_ENVIRONMENTS, type Environment } from '../domain/environment.ts';
import { currentSiteFirst, sitesCovering } from '../domain/current-site.ts';
import { codeOf, type ErrorCode } from '../domain/errors.ts';
import { NOTHING_WRONG, type NetworkTruth } from '../domain/network.ts';
import { DEFAULT_SETTINGS, type Settings } from '../domain/settings.ts';
import { NO_VAULT_LOCK, whileLocked, type VaultLock } from '../domain/vault-lock.ts';
import { NOT_VIEW_ONLY, type ViewOnly } from '../domain/view-only.ts';
import type { ChangedKind, CheckingProgress } from '../rpc/changes.ts';
import { readConnections, readConnectionsAt, readMostUrgentAt } from '../store/connections.ts';
import type { Database } from '../store/database.ts';
import { type FirstScreen, readFirstScreen } from '../store/first-screen.ts';
import { NO_TOTALS } from '../store/read.ts';
import { oneAtATime } from './one-at-a-time.ts';
import type { PageDeps } from './page-deps.ts';

/** How many rows are read to begin with. */
export const FIRST_ROWS = 40;

/** What the popup shows of all that changes. */
const SHOWN: readonly ChangedKind[] = ['connections', 'authorizations', 'settings', 'network'];

/** So many of one site are read whole; beyond, finding the first of them by their keys is faster. */
const AT_SITE_MAX = 200;

/** Everything that the first frame needs. */
export interface PopupFirst extends FirstScreen {
  /** What the person is looking at: connections of this host come first within their health. */
  readonly host: string | null;
  /** Whether there are no others. */
  readonly isWhole: boolean;
}

export interface PopupRecords {
  /** `false` until the first read, well or badly, is over. */
  readonly isRead: ReadonlySignal<boolean>;
  /** Why nothing could be read; `null` when it could. */
  readonly trouble: ReadonlySignal<ErrorCode | null>;
  readonly settings: ReadonlySignal<Settings>;
  /** Whether changes are locked. */
  readonly viewOnly: ReadonlySignal<ViewOnly>;
  /** What is known of the network beside the connections. */
  readonly network: ReadonlySignal<NetworkTruth>;
  /** Whether secrets can be opened; while they cannot, nothing is shown as if it were known. */
  readonly vaultLock: ReadonlySignal<VaultLock>;
  readonly totals: ReadonlySignal<Totals>;
  readonly environments: ReadonlySignal<readonly Environment[]>;
  readonly authorizations: ReadonlySignal<readonly Authorization[]>;
  /** The most urgent ones, or all of the chosen environment when {@link isWhole}. */
  readonly connections: ReadonlySignal<readonly Connection[]>;
  readonly isWhole: ReadonlySignal<boolean>;
  /** A running check of many; `null` when there is none. */
  readonly checking: ReadonlySignal<CheckingProgress | null>;
  readonly database: () => Promise<Database>;
  /** Takes what was read ahead. */
  readonly begin: (first: Promise<PopupFirst>) => Promise<void>;
  /** Follows commits from now on. */
  readonly follow: () => void;
  /**
   * Tells what the person is looking at, where that was found out late. Rows move by it, so it counts
   * only while nobody has scrolled or searched.
   */
  readonly lookAt: (host: string | null) => void;
  /** Reads all connections of the environment, once. */
  readonly wantAll: () => void;
  readonly readAgain: () => Promise<void>;
}

/**
 * The reads of the first frame.
 * @param host of the page that the person is looking at, where it is known
 */
export async function readPopup(db: Database, host: string | null = null): Promise<PopupFirst> {
  const sites = host === null ? [] : sitesCovering(host);
  const [screen, atSite] = await Promise.all([
    readFirstScreen(db, FIRST_ROWS),
    host === null ? [] : readConnectionsAt(db, sites, AT_SITE_MAX),
  ]);
  const { environmentId } = screen.settings;
  const isWhole = screen.connections.length < FIRST_ROWS;
  const here = isWhole
    ? []
    : (atSite?.filter((one) => environmentId === null || one.environmentId === environmentId) ??
      (await readMostUrgentAt(db, sites, environmentId, FIRST_ROWS)));
  return { ...screen, host, isWhole, connections: firstRows(screen.connections, here, host) };
}

/**
 * The first rows in their order: none of them is beyond the first of the store's list and the first
 * of the current site. So nothing moves once all are read.
 * @param here the first of the current site, in the order of the list
 */
function firstRows(
  screen: readonly Connection[],
  here: readonly Connection[],
  host: string | null,
): readonly Connection[] {
  const known = new Set(screen.map(({ id }) => id));
  const candidates = [...screen, ...here.filter(({ id }) => !known.has(id))];
  return currentSiteFirst(candidates, host).slice(0, FIRST_ROWS);
}

export function createPopupRecords({
  database,
  onChange,
}: Pick<PageDeps, 'database' | 'onChange'>): PopupRecords {
  const isRead = signal(false);
  const trouble = signal<ErrorCode | null>(null);
  const settings = signal<Settings>(DEFAULT_SETTINGS);
  const viewOnly = signal(NOT_VIEW_ONLY);
  const network = signal(NOTHING_WRONG);
  const vaultLock = signal(NO_VAULT_LOCK);
  const totals = signal<Totals>(NO_TOTALS);
  const environments = signal<readonly Environment[]>(BUILT_IN_ENVIRONMENTS);
  const authorizations = signal<readonly Authorization[]>([]);
  const connections = signal<readonly Connection[]>([]);
  const isWhole = signal(false);
  const checking = signal<CheckingProgress | null>(null);
  let isAllWanted = false;
  let host: string | null = null;

  const take = (first: PopupFirst, all: readonly Connection[] | null): void =>
    batch(() => {
      host = first.host;
      settings.value = first.settings;
      viewOnly.value = first.viewOnly;
      network.value = first.network;
      vaultLock.value = first.vaultLock;
      totals.value = first.totals;
      environments.value = first.environments;
      authorizations.value = first.authorizations;
      const rows = all === null ? first.connections : currentSiteFirst(all, first.host);
      connections.value = first.vaultLock.kind === 'locked' ? rows.map(whileLocked) : rows;
      isWhole.value = all !== null || first.isWhole;
      trouble.value = null;
      isRead.value = true;
    });
  const attempt = async (read: () => Promise<void>): Promise<void> => {
    try {
      await read();
    } catch (thrown) {
      batch(() => {
        trouble.value = codeOf(thrown);
        isRead.value = true;
      });
      // Waits until nobody is in the way.
      if (trouble.value === 'storage-blocked') void readAgain();
    }
  };
  const readAgain: () => Promise<void> = oneAtATime(() =>
    attempt(async () => {
      const db = await database();
      const first = await readPopup(db, host);
      const isMore = isAllWanted && !first.isWhole;
      take(first, isMore ? await readConnections(db, first.settings.environmentId) : null);
    }),
  );

  return {
    isRead,
    trouble,
    settings,
    viewOnly,
    network,
    vaultLock,
    totals,
    environments,
    authorizations,
    connections,
    isWhole,
    checking,
    database,
    readAgain,
    begin: (first) => attempt(async () => take(await first, null)),
    follow() {
      onChange((change) => {
        if (change.kinds.includes('checking')) checking.value = change.checking;
        if (change.kinds.some((kind) => SHOWN.includes(kind))) void readAgain();
      });
    },
    lookAt(late) {
      if (late === host || isAllWanted) return;
      host = late;
      void readAgain();
    },
    wantAll() {
      if (isAllWanted) return;
      isAllWanted = true;
      if (!isWhole.value) void readAgain();
    },
  };
}
