import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { hashOf, type DetailsTab } from '../../lib/client/route.ts';
import { t } from '../../lib/client/translate.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import type { MessageKey } from '../../lib/domain/words.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import { EmptyState } from '../EmptyState.tsx';
import { Icon } from '../Icon.tsx';
import { ProviderMark } from '../ProviderMark.tsx';
import { AccountsTab } from './AccountsTab.tsx';
import { ActivityTab } from './ActivityTab.tsx';
import { DayStrip } from './DayStrip.tsx';
import { FlowsTab } from './FlowsTab.tsx';
import { OverviewTab } from './OverviewTab.tsx';

interface Props {
  readonly model: OptionsModel;
}

const TABS: readonly { readonly id: DetailsTab; readonly label: MessageKey }[] = [
  { id: 'overview', label: 'tab_overview' },
  { id: 'accounts', label: 'tab_accounts' },
  { id: 'flows', label: 'flows' },
  { id: 'activity', label: 'tab_activity' },
];

/** The configuration of one connection, beside the list. */
export function DetailsPanel({ model }: Props): VNode {
  const connection = model.opened.value;
  if (connection != null) return <Panel model={model} connection={connection} />;
  if (model.records.connections.value === null)
    return (
      <section class="panel" aria-label={t('details_reading')}>
        <p class="quiet">{t('details_reading')}</p>
      </section>
    );
  return (
    <section class="panel" aria-label={t('details_missing')}>
      <EmptyState title={t('details_missing')} text={t('details_missing_text')}>
        <a class="button" href={hashOf({ ...model.router.list.value, opened: null })}>
          {t('details_close')}
        </a>
      </EmptyState>
    </section>
  );
}

function Panel({ model, connection }: Props & { readonly connection: Connection }): VNode {
  const route = model.router.list.value;
  return (
    <section class="panel" aria-label={t('details_named', connection.name)}>
      <header class="panel-header">
        <ProviderMark mark={connection.provider} />
        <div class="panel-title">
          <h2 class="one-line" dir="auto" title={connection.name}>
            {connection.name}
          </h2>
          <p class="one-line quiet">
            <bdi>{connection.provider.name}</bdi>
          </p>
        </div>
        <a
          class="button button-icon"
          href={hashOf({ ...route, opened: null })}
          aria-label={t('details_close')}
        >
          <Icon name="close" />
        </a>
      </header>
      <PanelActions model={model} connection={connection} />
      <Tabs model={model} connection={connection} key={connection.id} />
    </section>
  );
}

function PanelActions({ model, connection }: Props & { readonly connection: Connection }): VNode {
  const { actions, dialogs, environmentDialogs } = model;
  const { health, id } = connection;
  return (
    <div class="panel-actions">
      {health.kind === 'unverified' && health.doubt === 'permission-missing' && (
        <ChangeButton class="button button-main" onClick={() => actions.allowHosts(connection)}>
          {t('action_allow')}
        </ChangeButton>
      )}
      <button
        type="button"
        class="button"
        disabled={actions.checking.value.has(id)}
        onClick={() => void actions.checkNow([id])}
      >
        {t('action_check_now')}
      </button>
      <ChangeButton
        class={health.kind === 'reconnect' ? 'button button-main' : 'button'}
        onClick={() => dialogs.reconnect(connection, true)}
      >
        {health.kind === 'unauthorized' ? t('action_authorise') : t('action_reconnect')}
      </ChangeButton>
      <ChangeButton class="button" onClick={() => dialogs.edit(connection)}>
        {t('action_edit')}
      </ChangeButton>
      <ChangeButton class="button" onClick={() => dialogs.rename(connection)}>
        {t('action_rename')}
      </ChangeButton>
      <ChangeButton class="button" onClick={() => environmentDialogs.copy(connection)}>
        {t('action_copy_to_environment')}
      </ChangeButton>
      <ChangeButton class="button button-danger" onClick={() => dialogs.remove([connection])}>
        {t('action_delete')}
      </ChangeButton>
    </div>
  );
}

function Tabs({ model, connection }: Props & { readonly connection: Connection }): VNode {
  const route = model.router.list.value;
  const chosen = route.opened?.tab ?? 'overview';
  const baseId = useId();
  const choose = (tab: DetailsTab): void => {
    const opened = { id: connection.id, tab, isReconnecting: false };
    model.router.replace({ ...route, opened });
  };
  const move = (event: KeyboardEvent): void => {
    const at = TABS.findIndex(({ id }) => id === chosen);
    const [onward, back] =
      document.dir === 'rtl' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowRight', 'ArrowLeft'];
    const step = { [onward]: 1, [back]: TABS.length - 1 }[event.key];
    const next = step === undefined ? undefined : TABS[(at + step) % TABS.length];
    if (next === undefined) return;
    event.preventDefault();
    choose(next.id);
    document.getElementById(`${baseId}-${next.id}`)?.focus();
  };
  return (
    <>
      <div class="tabs" role="tablist" aria-label={t('details_named', connection.name)}>
        {TABS.map(({ id, label }) => (
          <button
            key={id}
            type="button"
            class="tab"
            role="tab"
            id={`${baseId}-${id}`}
            aria-selected={id === chosen}
            aria-controls={`${baseId}-panel`}
            tabIndex={id === chosen ? 0 : -1}
            onClick={() => choose(id)}
            onKeyDown={move}
          >
            {t(label)}
          </button>
        ))}
      </div>
      <div
        class="tab-panel"
        role="tabpanel"
        id={`${baseId}-panel`}
        aria-labelledby={`${baseId}-${chosen}`}
        tabIndex={0}
      >
        <TabContent model={model} connection={connection} tab={chosen} />
      </div>
    </>
  );
}

function TabContent({
  model,
  connection,
  tab,
}: Props & { readonly connection: Connection; readonly tab: DetailsTab }): VNode {
  const checks = model.openedChecks.value.get(connection.id);
  switch (tab) {
    case 'overview':
      return <OverviewTab model={model} connection={connection} />;
    case 'accounts':
      return <AccountsTab model={model} connection={connection} />;
    case 'flows':
      return <FlowsTab model={model} connection={connection} />;
    case 'activity':
      return (
        <>
          <DayStrip model={model} connection={connection} />
          <ActivityTab model={model} connection={connection} checks={checks} />
        </>
      );
  }
}
