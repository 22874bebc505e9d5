/** Everything that the options page holds. */
import { computed, effect, untracked, type ReadonlySignal } from '@preact/signals';
import type { Connection } from '../domain/connection.ts';
import { createClock } from './clock.ts';
import { createDamageDialogs, type DamageDialogs } from './options-damage.ts';
import { createDeletions, type Deletions } from './deletions.ts';
import { withFewUndos } from './few-undos.ts';
import { createFlowRegister } from './flow-register.ts';
import { createMessages, type MessagesModel } from './messages.ts';
import { createActions, type Actions } from './options-actions.ts';
import { createActivityExport, type ActivityExport } from './options-activity-export.ts';
import { createActivity, type ActivityLog } from './options-activity.ts';
import { createBulk, type Bulk } from './options-bulk.ts';
import { createColumns, type Columns } from './options-columns.ts';
import { createSelection, type ListSelection } from './options-selection.ts';
import { createAttempts, type Attempts } from './options-attempts.ts';
import { createChecks, type ChecksById } from './options-checks.ts';
import { createEnvironmentChoice, type EnvironmentChoice } from './environment-choice.ts';
import { createEnvironmentDialogs, type EnvironmentDialogs } from './options-environments.ts';
import type { OptionsDeps, Shared } from './options-deps.ts';
import { createDialogs, type Dialogs } from './options-dialogs.ts';
import { createFlows, type Flows } from './options-flows.ts';
import { createInPlace, type InPlace } from './options-in-place.ts';
import { createList, type ConnectionList } from './options-list.ts';
import { createOutcomes, type Outcomes } from './options-outcomes.ts';
import { createProviders, type OptionsProviders } from './options-providers.ts';
import { createRecords, type Records } from './options-records.ts';
import { createTagDialogs, type TagDialogs } from './options-tag-dialogs.ts';
import { createRepairQueue, type RepairQueue } from './options-repair.ts';
import { createViews, type SavedViews } from './options-views.ts';
import { createTransfer, type Transfer } from './options-transfer.ts';
import { createVaultDialogs, type VaultDialogs } from './options-vault.ts';
import { createViewOnlyDialogs, type ViewOnlyDialogs } from './options-view-only.ts';
import { createRouter, type Router } from './route.ts';
import { followTags } from './follow-tags.ts';
import { createTagColors, type TagColors } from './tag-colors.ts';

export interface OptionsModel {
  readonly router: Router;
  readonly records: Records;
  readonly providers: OptionsProviders;
  readonly flows: Flows;
  readonly activity: ActivityLog;
  readonly activityExport: ActivityExport;
  readonly list: ConnectionList;
  readonly environment: EnvironmentChoice;
  readonly views: SavedViews;
  readonly attempts: Attempts;
  readonly repair: RepairQueue;
  readonly dialogs: Dialogs;
  readonly actions: Actions;
  readonly inPlace: InPlace;
  readonly selection: ListSelection;
  readonly bulk: Bulk;
  readonly outcomes: Outcomes;
  readonly columns: Columns;
  readonly deletions: Deletions;
  readonly damage: DamageDialogs;
  readonly environmentDialogs: EnvironmentDialogs;
  readonly transfer: Transfer;
  readonly tagColors: TagColors;
  readonly tagDialogs: TagDialogs;
  readonly viewOnlyDialogs: ViewOnlyDialogs;
  readonly vault: VaultDialogs;
  readonly messages: MessagesModel;
  /**
   * The connection whose details are open; `undefined` when the address names one that is not here, or
   * was not read yet.
   */
  readonly opened: ReadonlySignal<Connection | null | undefined>;
  readonly openedChecks: ReadonlySignal<ChecksById>;
  /** Epoch ms, moved along so that "4 minutes ago" stays true. */
  readonly now: ReadonlySignal<number>;
  /** Shows the first screen, then reads the rest. */
  readonly open: () => Promise<void>;
  readonly load: () => Promise<void>;
}

/** The first screen has been painted by then. */
const REST_AFTER_MS = 250;

export function createOptionsModel(deps: OptionsDeps): OptionsModel {
  const router = createRouter(deps.bar);
  const messages = withFewUndos(createMessages(deps.after));
  const records = createRecords(deps);
  const providers = createProviders(deps);
  const { call, powers, now } = deps;
  const shared: Shared = { call, powers, now, records, providers, messages, said: new Set() };
  const outcomes = createOutcomes();
  const deletions = createDeletions({ ...deps, messages });
  const dialogs = createDialogs(shared, router, { deletions, outcomes });
  const damage = createDamageDialogs(deps, messages);
  const openedId = computed(() => router.list.value.opened?.id ?? null);
  const opened = computed(() => (openedId.value === null ? null : records.find(openedId.value)));
  const views = createViews(deps, messages, router);
  const tagColors = createTagColors(deps);
  const flowRegister = createFlowRegister(deps);
  const list = createList(records, router, flowRegister, deps.afterPaint);
  followTags(deps, router);
  followAddress(router, records, dialogs, opened, list);
  const actions = createActions(shared);
  const attempts = createAttempts(shared, dialogs);
  const activity = createActivity(deps, router, records, openedId);
  return {
    router,
    records,
    providers,
    flows: createFlows(shared, router, flowRegister),
    activity,
    activityExport: createActivityExport(shared, activity.filter),
    list,
    environment: createEnvironmentChoice(shared, router),
    views,
    attempts,
    repair: createRepairQueue(deps, shared, router, attempts),
    dialogs,
    actions,
    inPlace: createInPlace(shared),
    bulk: createBulk(shared, outcomes, actions),
    outcomes,
    selection: createSelection(records, list),
    columns: createColumns(shared),
    deletions,
    damage,
    environmentDialogs: createEnvironmentDialogs(shared, router),
    transfer: createTransfer(shared, router),
    tagColors,
    tagDialogs: createTagDialogs(shared, tagColors),
    vault: createVaultDialogs(shared, deps.passkeys),
    viewOnlyDialogs: createViewOnlyDialogs(shared, deps.after),
    messages,
    opened,
    openedChecks: createChecks(
      records,
      computed(() => (openedId.value === null ? [] : [openedId.value])),
    ),
    now: createClock(deps),
    async open() {
      await records.loadFirst();
      const load = (): void => {
        void records.load();
        void providers.load();
        void flowRegister.load();
        void views.load();
        void tagColors.load();
        void deletions.load();
        void damage.load();
      };
      // Reading all of it would be felt in the first frames; nothing that is asked for waits for that.
      const isThere = list.isLoaded.value && opened.value !== undefined;
      if (isThere && router.route.value.kind === 'connections') deps.after(load, REST_AFTER_MS);
      else load();
      effect(() => {
        if (!list.isLoaded.value) load();
      });
    },
    async load() {
      await Promise.all([records.load(), providers.load(), deletions.load(), views.load()]);
      await Promise.all([tagColors.load(), flowRegister.load(), damage.load()]);
    },
  };
}

/** Dialogs that have an address open when it is gone to, and close when it is left. */
function followAddress(
  router: Router,
  records: Records,
  dialogs: Dialogs,
  opened: ReadonlySignal<Connection | null | undefined>,
  list: Pick<ConnectionList, 'environmentId'>,
): void {
  const wanted = computed(() => {
    const route = router.route.value;
    // Before the settings were read, nobody knows where a new connection would stand.
    const isReady = records.areSettingsRead.value || records.trouble.value !== null;
    if (route.kind === 'new') return isReady ? 'new' : null;
    const isReconnecting = route.kind === 'connections' && route.opened?.isReconnecting === true;
    return isReconnecting && opened.value != null ? `reconnect ${opened.value.id}` : null;
  });
  const openNew = (): void => {
    const route = router.route.value;
    const providerId = route.kind === 'new' ? route.providerId : null;
    const environmentId = list.environmentId.value;
    dialogs.connect({
      ...(providerId !== null && { providerId }),
      ...(environmentId !== null && { environmentId }),
    });
  };
  const openReconnect = (): void => {
    if (opened.value != null) dialogs.reconnect(opened.value, false);
  };
  const closeRouted = (): void => {
    const kind = dialogs.open.value?.kind;
    if (kind === 'new' || kind === 'reconnect') dialogs.close();
  };
  let shown: string | null = null;
  effect(() => {
    const next = wanted.value;
    if (next === shown) return;
    const last = shown;
    shown = next;
    untracked(() => {
      if (next === 'new') openNew();
      else if (next !== null) openReconnect();
      else if (last !== null) closeRouted();
    });
  });
}
