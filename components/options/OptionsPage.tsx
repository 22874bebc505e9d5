import type { VNode } from 'preact';
import type { Dialog } from '../../lib/client/options-dialogs.ts';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { hashOf, type Route } from '../../lib/client/route.ts';
import { t } from '../../lib/client/translate.ts';
import { ALL_ACTIVITY } from '../../lib/domain/activity.ts';
import { LockedNote } from '../LockedNote.tsx';
import { Messages } from '../Messages.tsx';
import { ViewOnlyContext } from '../use-change.ts';
import { useUndoKey } from '../use-undo-key.ts';
import { ActivitySection } from './ActivitySection.tsx';
import { BulkOutcomesDialog } from './BulkOutcomesDialog.tsx';
import { ViewOnlyNote } from '../ViewOnlyNote.tsx';
import { NARROW_MAX } from './columns.ts';
import { ConnectionsSection } from './ConnectionsSection.tsx';
import { DeleteDialog } from './DeleteDialog.tsx';
import { EditDialog } from './EditDialog.tsx';
import { EnvironmentDialog } from './EnvironmentDialog.tsx';
import { FlowDialog } from './FlowDialog.tsx';
import { FlowsSection } from './FlowsSection.tsx';
import { ImportDialog } from './ImportDialog.tsx';
import { NewConnectionDialog } from './NewConnectionDialog.tsx';
import { ProvidersSection } from './ProvidersSection.tsx';
import { ReconnectDialog } from './ReconnectDialog.tsx';
import { RenameDialog } from './RenameDialog.tsx';
import { RepairSection } from './RepairSection.tsx';
import { SettingsSection } from './SettingsSection.tsx';
import { TagsDialog } from './TagsDialog.tsx';
import { TagStepDialog } from './TagStepDialog.tsx';
import { UnreadableDialog } from './UnreadableDialog.tsx';
import { useMedia } from './use-media.ts';
import { PasskeyDialog } from './PasskeyDialog.tsx';
import { VaultDialog } from './VaultDialog.tsx';
import { ViewOnlyDialog } from './ViewOnlyDialog.tsx';

interface Props {
  readonly model: OptionsModel;
}

/** The whole page: where one is, and the dialog over it. */
export function OptionsPage({ model }: Props): VNode {
  const route = model.router.route.value;
  const isNarrow = useMedia(`(max-width: ${NARROW_MAX}px)`);
  const dialog = model.dialogs.open.value;
  const outcomes = model.outcomes.groups.value;
  const environmentDialog = model.environmentDialogs.open.value;
  const viewOnlyDialog = model.viewOnlyDialogs.open.value;
  const flowForm = model.flows.form.value;
  const vaultLock = model.records.vaultLock.value;
  useUndoKey(model);
  return (
    <ViewOnlyContext.Provider value={model.records.viewOnly.value}>
      <Header model={model} />
      {route.kind === 'flows' ? (
        <FlowsSection model={model} />
      ) : route.kind === 'activity' ? (
        <ActivitySection model={model} />
      ) : route.kind === 'providers' ? (
        <ProvidersSection model={model} />
      ) : route.kind === 'settings' ? (
        <SettingsSection model={model} />
      ) : route.kind === 'repair' ? (
        <RepairSection model={model} />
      ) : (
        <ConnectionsSection model={model} isNarrow={isNarrow} />
      )}
      {/* Below: it comes with the first read, and nothing that was painted before it may move. */}
      <ViewOnlyNote>
        <button type="button" class="button" onClick={model.viewOnlyDialogs.unlock}>
          {t('action_unlock_changes')}
        </button>
      </ViewOnlyNote>
      <LockedNote
        lock={vaultLock}
        model={model.vault}
        passkeysWork={vaultLock.kind === 'locked' ? model.vault.passkeys.work.value : null}
      />
      {model.vault.open.value !== null && (
        <VaultDialog model={model} dialog={model.vault.open.value} />
      )}
      {model.vault.passkeys.open.value !== null && (
        <PasskeyDialog passkeys={model.vault.passkeys} dialog={model.vault.passkeys.open.value} />
      )}
      {dialog !== null && <OpenDialog model={model} dialog={dialog} />}
      {environmentDialog !== null && <EnvironmentDialog model={model} dialog={environmentDialog} />}
      {outcomes !== null && <BulkOutcomesDialog outcomes={model.outcomes} groups={outcomes} />}
      {viewOnlyDialog !== null && <ViewOnlyDialog model={model} dialog={viewOnlyDialog} />}
      {flowForm !== null && <FlowDialog model={model} form={flowForm} />}
      {model.damage.isOpen.value && (
        <UnreadableDialog damage={model.damage} messages={model.messages} now={model.now.value} />
      )}
      <TagDialogs model={model} />
    </ViewOnlyContext.Provider>
  );
}

/** The dialog of tags and the step over it; it takes the messages in as long as it is open. */
function TagDialogs({ model }: Props): VNode {
  const tags = model.tagDialogs.tags.value;
  const step = model.tagDialogs.step.value;
  if (tags === null) return model.damage.isOpen.value ? <></> : <Messages model={model.messages} />;
  return (
    <>
      <TagsDialog model={model} tags={tags} />
      {step !== null && <TagStepDialog model={model} step={step} />}
    </>
  );
}

function Header({ model }: Props): VNode {
  const route = model.router.route.value;
  const isList = ['connections', 'new', 'repair'].includes(route.kind);
  const link = (to: Route, name: string, isHere: boolean): VNode => (
    <li>
      <a class="section" href={hashOf(to)} aria-current={isHere ? 'page' : undefined}>
        {name}
      </a>
    </li>
  );
  return (
    <header class="top">
      <span class="brand">{t('extension_name')}</span>
      <nav aria-label={t('sections')}>
        <ul class="sections">
          {link({ ...model.router.list.value, opened: null }, t('connections'), isList)}
          {link({ kind: 'flows', connectionId: null }, t('flows'), route.kind === 'flows')}
          {link({ kind: 'providers' }, t('providers'), route.kind === 'providers')}
          {link(
            { kind: 'activity', filter: ALL_ACTIVITY },
            t('activity'),
            route.kind === 'activity',
          )}
          {link({ kind: 'settings' }, t('settings'), route.kind === 'settings')}
        </ul>
      </nav>
    </header>
  );
}

function OpenDialog({ model, dialog }: Props & { readonly dialog: Dialog }): VNode {
  switch (dialog.kind) {
    case 'new':
      return <NewConnectionDialog model={model} form={dialog.form} />;
    case 'reconnect':
      return <ReconnectDialog model={model} form={dialog.form} />;
    case 'edit':
      return <EditDialog model={model} form={dialog.form} />;
    case 'rename':
      return <RenameDialog model={model} form={dialog.form} />;
    case 'delete':
      return <DeleteDialog model={model} form={dialog.form} />;
    case 'import':
      return <ImportDialog model={model} form={dialog.form} />;
  }
}
