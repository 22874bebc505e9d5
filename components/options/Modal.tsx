import type { ComponentChildren, VNode } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../../lib/client/translate.ts';
import { Icon } from '../Icon.tsx';

interface Props {
  /** What the dialog is called. */
  readonly name: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
  readonly isWide?: boolean;
}

/** A dialog over the page. It is open as long as it is there; Esc and the corner ask to close it. */
export function Modal({ name, onClose, children, isWide = false }: Props): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // What stands in the first field is there to be replaced.
    if (document.activeElement instanceof HTMLInputElement) document.activeElement.select();
    // Closing gives the focus back to where it came from; taking it away alone does not.
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      class={isWide ? 'modal modal-wide' : 'modal'}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header class="modal-header">
        <h2 id={titleId} dir="auto">
          {name}
        </h2>
      </header>
      {children}
      {/* Last, so that the focus goes to the first field when the dialog opens. */}
      <button
        type="button"
        class="button button-icon modal-close"
        aria-label={t('action_close')}
        onClick={onClose}
      >
        <Icon name="close" />
      </button>
    </dialog>
  );
}
