/** Which dialog is open. Each has its own model, made when it opens. */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { Connection } from '../domain/connection.ts';
import { createConnectForm, type ConnectForm, type Prefill } from './options-connect.ts';
import type { Shared } from './options-deps.ts';
import { createDeleteForm, type DeleteDeps, type DeleteForm } from './options-delete.ts';
import { createRenameForm, type RenameForm } from './options-edit.ts';
import { createEditForm, type EditForm } from './options-edit-form.ts';
import { createImportForm, type ImportForm } from './options-import.ts';
import { createReconnectForm, type ReconnectForm } from './options-reconnect.ts';
import { offerUndo } from './offer-undo.ts';
import type { Router } from './route.ts';
import { t } from './translate.ts';

export type Dialog =
  | { readonly kind: 'new'; readonly form: ConnectForm }
  | { readonly kind: 'reconnect'; readonly form: ReconnectForm }
  | { readonly kind: 'edit'; readonly form: EditForm }
  | { readonly kind: 'rename'; readonly form: RenameForm }
  | { readonly kind: 'delete'; readonly form: DeleteForm }
  | { readonly kind: 'import'; readonly form: ImportForm };

export interface Dialogs {
  readonly open: ReadonlySignal<Dialog | null>;
  readonly connect: (prefill: Prefill) => void;
  /** @param starts at once where a sign-in window is all that it takes; only in a click */
  readonly reconnect: (connection: Connection, starts: boolean) => void;
  readonly edit: (connection: Connection) => void;
  readonly rename: (connection: Connection) => void;
  readonly remove: (connections: readonly Connection[]) => void;
  readonly importProvider: () => void;
  readonly close: () => void;
}

export function createDialogs(shared: Shared, router: Router, deleteDeps: DeleteDeps): Dialogs {
  const open = signal<Dialog | null>(null);
  const { call, messages } = shared;

  const close = (): void => {
    const dialog = open.value;
    open.value = null;
    if (dialog !== null && 'attempt' in dialog.form) dialog.form.leave();
    leaveRoute(router);
  };
  /** Whoever did not wait for it may be at another dialog by now. @returns whether it was open still */
  const closeOwn = (form: Dialog['form']): boolean => {
    const isOpen = open.value?.form === form;
    if (isOpen) close();
    return isOpen;
  };

  return {
    open,
    close,
    connect(prefill) {
      const form = createConnectForm(shared, prefill, (connectionId) => {
        const providerName = form.provider.value?.name ?? '';
        const isOpen = closeOwn(form);
        messages.say(t('authorization_done', providerName), 'good');
        const opened = { id: connectionId, tab: 'overview', isReconnecting: false } as const;
        if (isOpen) router.go({ ...router.list.value, opened });
      });
      open.value = { kind: 'new', form };
    },
    reconnect(connection, starts) {
      const form = createReconnectForm(shared, connection, () => {
        closeOwn(form);
        messages.say(t('message_reconnected', connection.name), 'good');
      });
      if (starts && connection.methodKind === 'oauth2') form.submit();
      open.value = { kind: 'reconnect', form };
    },
    edit(connection) {
      const form = createEditForm(shared, connection, (name) => {
        closeOwn(form);
        messages.say(t('message_edited', name), 'good');
      });
      open.value = { kind: 'edit', form };
    },
    rename(connection) {
      const form = createRenameForm(shared, connection, (name) => {
        const before = form.shown.value;
        closeOwn(form);
        offerUndo(
          messages,
          t('message_renamed', name),
          () => call('undoEdit', { id: before.id, made: { name }, before: { name: before.name } }),
          t('message_renamed', before.name),
        );
      });
      open.value = { kind: 'rename', form };
    },
    remove(connections) {
      const ids = new Set(connections.map(({ id }) => id));
      const form = createDeleteForm(shared, deleteDeps, connections, () => {
        closeOwn(form);
        const { opened } = router.list.value;
        const isList = router.route.value.kind === 'connections';
        if (isList && opened !== null && ids.has(opened.id))
          router.replace({ ...router.list.value, opened: null });
      });
      open.value = { kind: 'delete', form };
    },
    importProvider() {
      const form = createImportForm(shared, ({ name }) => {
        closeOwn(form);
        messages.say(t('message_imported', name), 'good');
      });
      open.value = { kind: 'import', form };
    },
  };
}

/** A dialog that has an address gives it up when it closes. */
function leaveRoute(router: Router): void {
  const route = router.route.value;
  if (route.kind === 'new') router.go(router.list.value);
  if (route.kind === 'connections' && route.opened?.isReconnecting === true)
    router.replace({ ...route, opened: { ...route.opened, isReconnecting: false } });
}
