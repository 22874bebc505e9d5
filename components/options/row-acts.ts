import type { Signal } from '@preact/signals';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import type { RowMenuAt } from './RowMenu.tsx';
import { mendAction } from './mend-action.ts';
import type { RowAct } from './RowCells.tsx';

/** Does what a click somewhere in the rows is for: one listener for all of them. */
export function actOn(
  model: OptionsModel,
  menu: Signal<RowMenuAt | null>,
  event: MouseEvent,
): void {
  const clicked = event.target instanceof Element ? event.target : null;
  const control = clicked?.closest<HTMLButtonElement>('[data-act]');
  const id = control?.closest('tr')?.dataset['id'];
  const connection =
    id === undefined ? undefined : model.list.rows.value.find((one) => one.id === id);
  if (control == null || connection === undefined) return;
  const { dialogs, list, selection } = model;
  switch (control.dataset['act'] as RowAct) {
    case 'select':
      if (event.shiftKey) selection.extendTo(connection.id);
      else selection.toggle(connection.id);
      return;
    case 'expand':
      list.toggle(connection.id);
      return;
    case 'mend':
      mend(model, connection);
      return;
    case 'rename':
      dialogs.rename(connection);
      return;
    case 'remove':
      dialogs.remove([connection]);
      return;
    case 'more':
      menu.value = menu.value?.button === control ? null : { id: connection.id, button: control };
  }
}

function mend({ actions, dialogs }: OptionsModel, connection: Connection): void {
  switch (mendAction(connection)?.kind) {
    case 'reconnect':
      dialogs.reconnect(connection, true);
      return;
    case 'allow':
      actions.allowHosts(connection);
      return;
    case 'check':
      void actions.checkNow([connection.id]);
      return;
    case undefined:
  }
}
