/** The popup: what is stored, what of it is shown, what can be done. */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { isRunning, type Authorization } from '../domain/authorization.ts';
import { countsOf, totalOf, type Connection, type HealthCounts } from '../domain/connection.ts';
import { matchesText } from '../domain/query.ts';
import { createClock } from './clock.ts';
import { countsWhileLocked } from '../domain/vault-lock.ts';
import { createDamage, type Damage } from './damage.ts';
import { createDeletions, type Deletions } from './deletions.ts';
import { environmentNameOf } from './environments.ts';
import { createMessages, type MessagesModel } from './messages.ts';
import { createPopupActions, type PopupActions } from './popup-actions.ts';
import { createVaultUnlock, type VaultUnlock } from './vault-lock.ts';
import type { PopupDeps } from './popup-deps.ts';
import { createPopupRecords, type PopupRecords } from './popup-records.ts';

export interface PopupModel {
  readonly records: PopupRecords;
  readonly actions: PopupActions;
  readonly messages: MessagesModel;
  readonly deletions: Deletions;
  readonly damage: Damage;
  readonly vault: VaultUnlock;
  /** What stands in the search field. */
  readonly text: Signal<string>;
  readonly counts: ReadonlySignal<HealthCounts>;
  /** How many there are in the chosen environment. */
  readonly total: ReadonlySignal<number>;
  readonly isSearching: ReadonlySignal<boolean>;
  /** What passes the search, in order. While {@link total} is greater, the rest has not been read. */
  readonly rows: ReadonlySignal<readonly Connection[]>;
  /** How long the list is, read or not. */
  readonly length: ReadonlySignal<number>;
  /** The attempt that runs for a connection, by the connection's id. */
  readonly running: ReadonlySignal<ReadonlyMap<string, Authorization>>;
  /** Attempts that no row shows: those that ended badly, and new connections. */
  readonly attempts: ReadonlySignal<readonly Authorization[]>;
  readonly search: (text: string) => void;
  /** Where one stands, as its row says it; `null` while no other environment is shown. */
  readonly environmentOf: (connection: Connection) => string | null;
  /** Epoch ms; moves while the popup is open. */
  readonly now: ReadonlySignal<number>;
}

export function createPopupModel(deps: PopupDeps): PopupModel {
  const records = createPopupRecords(deps);
  const messages = createMessages(deps.after);
  const actions = createPopupActions(deps, records, messages);
  const text = signal('');
  const counts = computed(() => {
    const kept = countsOf(records.totals.value, records.settings.value.environmentId);
    return records.vaultLock.value.kind === 'locked' ? countsWhileLocked(kept) : kept;
  });
  const total = computed(() => totalOf(counts.value));
  const isSearching = computed(() => text.value.trim() !== '');
  const rows = computed(() =>
    isSearching.value
      ? records.connections.value.filter((connection) => matchesText(connection, text.value))
      : records.connections.value,
  );
  const running = computed(() => {
    const byConnection = new Map<string, Authorization>();
    for (const authorization of records.authorizations.value)
      if (authorization.purpose.kind === 'reconnect' && isRunning(authorization.state))
        byConnection.set(authorization.purpose.connectionId, authorization);
    return byConnection;
  });
  return {
    records,
    messages,
    isSearching,
    deletions: createDeletions({ ...deps, messages }),
    damage: createDamage(deps),
    // The browser's dialog takes the focus, with which a popup may close: a page of its own does not.
    vault: createVaultUnlock(deps.call, messages, async () => {
      actions.open('#/connections');
      return null;
    }),
    actions,
    text,
    counts,
    total,
    rows,
    length: computed(() =>
      isSearching.value || records.isWhole.value
        ? rows.value.length
        : Math.max(total.value, rows.value.length),
    ),
    running,
    attempts: computed(() =>
      records.authorizations.value.filter(
        ({ purpose, state }) =>
          state.kind !== 'done' && !(purpose.kind === 'reconnect' && isRunning(state)),
      ),
    ),
    search(wanted) {
      text.value = wanted;
      if (wanted.trim() !== '') records.wantAll();
    },
    environmentOf: ({ environmentId }) =>
      records.settings.value.environmentId === null &&
      Object.keys(records.totals.value.byEnvironment).length > 1
        ? environmentNameOf(records.environments.value, environmentId)
        : null,
    now: createClock(deps),
  };
}
