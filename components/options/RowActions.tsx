import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t } from '../../lib/client/translate.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import type { ChangeAttributes } from '../use-change.ts';
import { optionIcon } from './OptionIcon.tsx';
import { rowMenu } from './RowMenu.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly connection: Connection;
  /** What each button carries that changes something. */
  readonly change: ChangeAttributes;
}

/** What a row offers: mending first, where it is needed. A plain function for `ConnectionRow`. */
export function rowActions({ model, connection, change }: Props): VNode {
  const { dialogs } = model;
  const { health, name } = connection;
  return (
    <div class="row-actions">
      {offersReconnect(connection) && (
        <button
          type="button"
          {...change}
          class={health.kind === 'reconnect' ? 'button button-main' : 'button'}
          aria-label={
            health.kind === 'unauthorized' ? t('authorise_named', name) : t('reconnect_named', name)
          }
          onClick={() => dialogs.reconnect(connection, true)}
        >
          {health.kind === 'unauthorized' ? t('action_authorise') : t('action_reconnect')}
        </button>
      )}
      {health.kind === 'unverified' &&
        health.doubt !== 'locked' &&
        doubted({ model, connection, change })}
      <button
        type="button"
        {...change}
        class="button button-icon"
        aria-label={t('rename_named', name)}
        onClick={() => dialogs.rename(connection)}
      >
        {optionIcon('rename')}
      </button>
      <button
        type="button"
        {...change}
        class="button button-icon"
        aria-label={t('delete_named', name)}
        onClick={() => dialogs.remove([connection])}
      >
        {optionIcon('delete')}
      </button>
      {rowMenu({ model, connection })}
    </div>
  );
}

/** What may settle a doubt: the missing permission, or another question to the provider. */
function doubted({ model: { actions }, connection, change }: Props): VNode {
  const { id, name, health } = connection;
  const isMissing = health.kind === 'unverified' && health.doubt === 'permission-missing';
  if (isMissing)
    return (
      <button
        type="button"
        {...change}
        class="button"
        aria-label={t('allow_named', name)}
        onClick={() => actions.allowHosts(connection)}
      >
        {t('action_allow')}
      </button>
    );
  return (
    <button
      type="button"
      class="button"
      aria-label={t('check_named', name)}
      disabled={actions.checking.value.has(id)}
      onClick={() => void actions.checkNow([id])}
    >
      {t('action_check_now')}
    </button>
  );
}

/** Reconnecting an active connection is possible too, from its menu. */
function offersReconnect({ health }: Connection): boolean {
  return ['reconnect', 'expiring', 'unauthorized'].includes(health.kind);
}
