import type { VNode } from 'preact';
import type { PasskeyDialog as Model, PasskeyDialogs } from '../../lib/client/options-passkeys.ts';
import { t } from '../../lib/client/translate.ts';
import { FormDialog } from './FormDialog.tsx';
import { SecretField } from './SecretField.tsx';
import { TextField } from './TextField.tsx';

interface Props {
  readonly passkeys: PasskeyDialogs;
  readonly dialog: Model;
}

/** Adds a passkey, or removes one; both take who knows the passphrase. */
export function PasskeyDialog({ passkeys, dialog }: Props): VNode {
  const { removed, passphrase, name, isBusy, canSubmit } = dialog;
  const isNew = removed === null;
  const action = t(isNew ? 'action_add_passkey' : 'action_remove_passkey');
  return (
    <FormDialog
      name={isNew ? action : t('passkey_remove_named', removed.name)}
      submission={dialog}
      submitLabel={action}
      canSubmit={canSubmit.value}
      onClose={passkeys.close}
      status={
        <span role="status">{isBusy.value && t(isNew ? 'passkey_waiting' : 'vault_working')}</span>
      }
    >
      <p>{t(isNew ? 'passkey_add_explained' : 'passkey_remove_explained')}</p>
      {isNew && <TextField label={t('field_passkey_name')} value={name} maxLength={60} />}
      <SecretField label={t('field_passphrase')} value={passphrase} />
    </FormDialog>
  );
}
