import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import type { ViewOnlyDialog as Model } from '../../lib/client/options-view-only.ts';
import { plural, t } from '../../lib/client/translate.ts';
import { PASSPHRASE_MIN } from '../../lib/domain/view-only.ts';
import { Modal } from './Modal.tsx';
import { ProblemNote } from './ProblemNote.tsx';
import { SecretField } from './SecretField.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly dialog: Model;
}

/** Locks changes under a passphrase, or asks for it to unlock them. */
export function ViewOnlyDialog({ model, dialog }: Props): VNode {
  const { close } = model.viewOnlyDialogs;
  const { passphrase, problem, isBusy } = dialog;
  const isLocking = dialog.kind === 'lock';
  const isEmpty = passphrase.value === '' || (isLocking && dialog.again.value === '');
  const isWaiting = !isLocking && dialog.waitS.value > 0;
  return (
    <Modal name={isLocking ? t('dialog_lock_changes') : t('dialog_unlock_changes')} onClose={close}>
      <form
        class="modal-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isWaiting) void dialog.submit();
        }}
      >
        <div class="modal-body">
          {isLocking && <p>{t('view_only_explained')}</p>}
          <SecretField label={t('field_passphrase')} value={passphrase} />
          {isLocking && <NewPassphrase again={dialog.again} />}
          {problem.value !== null && (
            <ProblemNote problem={{ code: problem.value, detail: null }} />
          )}
          {/* Not said with each second that passes. */}
          {isWaiting && (
            <p class="hint" role="timer">
              {plural('passphrase_wait', dialog.waitS.value)}
            </p>
          )}
        </div>
        <footer class="modal-footer">
          <button type="button" class="button" onClick={close}>
            {t('action_go_back')}
          </button>
          <button
            type="submit"
            class="button button-main"
            disabled={isBusy.value || isEmpty || isWaiting}
          >
            {isLocking ? t('action_lock_changes') : t('action_unlock_changes')}
          </button>
        </footer>
      </form>
    </Modal>
  );
}

function NewPassphrase({
  again,
}: {
  readonly again: Extract<Model, { kind: 'lock' }>['again'];
}): VNode {
  return (
    <>
      <p class="hint">{plural('passphrase_hint', PASSPHRASE_MIN)}</p>
      <SecretField label={t('field_passphrase_again')} value={again} />
      <p class="hint">{t('lock_forgotten')}</p>
      <p class="hint">{t('view_only_role')}</p>
    </>
  );
}
