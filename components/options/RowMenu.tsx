import type { Signal } from '@preact/signals';
import type { VNode } from 'preact';
import { useLayoutEffect, useMemo } from 'preact/hooks';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t } from '../../lib/client/translate.ts';
import { canExtract } from '../../lib/domain/account-choice.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { hearingChoices } from '../../lib/domain/snooze.ts';
import { hearingItems } from '../hearing-items.ts';
import { OpenMenu, type MenuItem } from '../Menu.tsx';

/** The connection whose menu is open, and the button that opened it. */
export interface RowMenuAt {
  readonly id: string;
  readonly button: HTMLButtonElement;
}

interface Props {
  readonly model: OptionsModel;
  readonly at: Signal<RowMenuAt | null>;
}

/** What else can be done with a connection: one menu for all rows. */
export function RowMenu({ model, at }: Props): VNode | null {
  const open = at.value;
  const button = open?.button;
  const connection =
    open === null ? undefined : model.list.rows.value.find(({ id }) => id === open.id);
  // The same as long as the button is: the menu opens anew with another.
  const anchor = useMemo(() => ({ current: button ?? null }), [button]);
  const close = (): void => {
    at.value = null;
  };
  const isGone = open !== null && connection === undefined;
  useLayoutEffect(() => {
    if (isGone) at.value = null;
  }, [at, isGone]);
  useLayoutEffect(() => {
    button?.setAttribute('aria-expanded', 'true');
    return () => button?.setAttribute('aria-expanded', 'false');
  }, [button]);
  if (connection === undefined) return null;
  return (
    <OpenMenu
      label={t('more_named', connection.name)}
      items={rowMenuItems(model, connection)}
      anchor={anchor}
      onClose={close}
    />
  );
}

/** What the menu of a row holds. */
export function rowMenuItems(model: OptionsModel, connection: Connection): readonly MenuItem[] {
  const { actions, dialogs, environmentDialogs, flows, router } = model;
  const { id, sync } = connection;
  const isPaused = sync.kind === 'paused';
  const opened = { id, tab: 'overview', isReconnecting: false } as const;
  return [
    {
      id: 'details',
      label: t('action_open_details'),
      run: () => router.go({ ...router.list.value, opened }),
    },
    {
      id: 'edit',
      isChange: true,
      label: t('action_edit'),
      run: () => dialogs.edit(connection),
    },
    ...(canExtract(connection)
      ? [
          {
            id: 'extract',
            isChange: true,
            label: t('action_set_up_extraction'),
            run: () => flows.add(connection),
          },
        ]
      : []),
    { id: 'check', label: t('action_check_now'), run: () => void actions.checkNow([id]) },
    {
      id: 'reconnect',
      isChange: true,
      label: t('action_reconnect'),
      run: () => dialogs.reconnect(connection, true),
    },
    {
      id: 'sync',
      isChange: true,
      label: isPaused ? t('action_resume_sync') : t('action_pause_sync'),
      run: () => void actions.setSync(connection, isPaused ? 'on' : 'paused'),
    },
    ...hearingItems(hearingChoices(connection), (choice) => actions.hear(connection, choice)),
    {
      id: 'copy-to',
      isChange: true,
      label: t('action_copy_to_environment'),
      run: () => environmentDialogs.copy(connection),
    },
    {
      id: 'copy',
      label: t('action_copy_evidence'),
      run: () => void actions.copyEvidence(connection),
    },
  ];
}
