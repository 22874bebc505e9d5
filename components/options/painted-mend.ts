import { t } from '../../lib/client/translate.ts';
import { mendAction, type MendAction } from './mend-action.ts';
import { paintedAttribute, paintedChange, paintedPresence, paintedText } from './painted-part.ts';
import type { Paint } from './row-cell.ts';

/**
 * The button of what mends a connection, there only where something does.
 * @param before what it stands before
 */
export function paintedMend(button: HTMLButtonElement, before: HTMLElement): Paint {
  const isThere = paintedPresence(button, before);
  const text = paintedText(button);
  const name = paintedAttribute(button, 'aria-label');
  const change = paintedChange(button);
  let shown: MendAction | null = null;
  return ({ connection, change: locked, isChecking }) => {
    const action = mendAction(connection);
    isThere(action !== null);
    if (action === null) return;
    if (action !== shown) {
      shown = action;
      button.className = action.isMain ? 'button button-main mend' : 'button mend';
      text(t(action.label));
    }
    name(t(action.name, connection.name));
    change(action.isChange ? locked : { disabled: action.kind === 'check' && isChecking });
  };
}
