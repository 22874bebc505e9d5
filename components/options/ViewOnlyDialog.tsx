import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import type { ViewOnlyDialog as Model } from '../../lib/client/options-view-only.ts';
import { plural, t } from '../../lib/client/translate.ts';
import { LOCK_PASSPHRASE_MIN } from '../../lib/domain/view-only.ts';
import { FormDialog } from './FormDialog.tsx';
import { SecretField } from './SecretField.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly dialog: Model;
}

/** Locks changes under a passphrase, or asks for it to unlock them. */
export function ViewOnlyDialog({ model, dialog }: Props): VNode {
  const { close } = model.viewOnlyDialogs;
  const { passphrase } = dialog;
  const isLocking = dialog.kind === 'lock';
  const isEmpty = passphrase.value === '' || (isLocking && dialog.again.value === '');
  const isWaiting = !isLocking && dialog.waitS.value > 0;
  return (
    <FormDialog
      name={isLocking ? t('dialog_lock_changes') : t('dialog_unlock_changes')}
      submission={dialog}
      submitLabel={isLocking ? t('action_lock_changes') : t('action_unlock_changes')}
      canSubmit={!isEmpty && !isWaiting}
      isChange={isLocking}
      onClose={close}
      note={
        // Not said with each second that passes.
        isWaiting && (
          <p class="hint" role="timer">
            {plural('passphrase_wait', dialog.waitS.value)}
          </p>
        )
      }
    >
      {isLocking && <p>{t('view_only_explained')}</p>}
      <SecretField label={t('field_passphrase')} value={passphrase} />
      {isLocking && <NewPassphrase again={dialog.again} />}
    </FormDialog>
  );
}

function NewPassphrase({
  again,
}: {
  readonly again: Extract<Model, { kind: 'lock' }>['again'];
}): VNode {
  return (
    <>
      <p class="hint">{plural('passphrase_hint', LOCK_PASSPHRASE_MIN)}</p>
      <SecretField label={t('field_passphrase_again')} value={again} />
      <p class="hint">{t('lock_forgotten')}</p>
      <p class="hint">{t('view_only_role')}</p>
    </>
  );
}
