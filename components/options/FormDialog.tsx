import type { ComponentChildren, VNode } from 'preact';
import type { Submission } from '../../lib/client/submission.ts';
import { t } from '../../lib/client/translate.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import { Modal } from './Modal.tsx';
import { ProblemNote } from './ProblemNote.tsx';

interface Props {
  /** What the dialog is called. */
  readonly name: string;
  readonly submission: Submission;
  readonly submitLabel: string;
  /** Whether what was typed can be submitted as it stands. */
  readonly canSubmit?: boolean;
  readonly isDanger?: boolean;
  /** `false` where submitting is possible while changes are locked. */
  readonly isChange?: boolean;
  readonly onClose: () => void;
  /** Where "Go back" leads, unless out of the dialog. */
  readonly onBack?: () => void;
  readonly isWide?: boolean;
  /** The fields. */
  readonly children: ComponentChildren;
  /** What is said below a problem. */
  readonly note?: ComponentChildren;
  /** What stands before the buttons. */
  readonly status?: ComponentChildren;
}

/** A dialog that is filled in and submitted; what went wrong is said under its fields. */
export function FormDialog({
  name,
  submission: { problem, isBusy, submit },
  submitLabel,
  canSubmit = true,
  isDanger = false,
  isChange = true,
  onClose,
  onBack = onClose,
  isWide = false,
  children,
  note,
  status,
}: Props): VNode {
  return (
    <Modal name={name} onClose={onClose} isWide={isWide}>
      <form
        class="modal-form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div class="modal-body">
          {children}
          {problem.value !== null && (
            <ProblemNote problem={{ code: problem.value, detail: null }} />
          )}
          {note}
        </div>
        <footer class="modal-footer">
          {status}
          <button type="button" class="button" onClick={onBack}>
            {t('action_go_back')}
          </button>
          <ChangeButton
            type="submit"
            class={isDanger ? 'button button-danger' : 'button button-main'}
            disabled={isBusy.value || !canSubmit}
            isChange={isChange}
          >
            {submitLabel}
          </ChangeButton>
        </footer>
      </form>
    </Modal>
  );
}
