import type { VNode } from 'preact';
import type { ExportForm } from '../../lib/client/options-transfer-export.ts';
import { t } from '../../lib/client/translate.ts';
import {
  SEAL_PASSPHRASE_MIN,
  type PassphraseStrength,
} from '../../lib/domain/transfer/passphrase-strength.ts';
import type { MessageKey } from '../../lib/domain/words.ts';
import { FormDialog } from './FormDialog.tsx';
import { SecretField } from './SecretField.tsx';

interface Props {
  readonly form: ExportForm;
  readonly onClose: () => void;
}

const STRENGTH: Record<PassphraseStrength, MessageKey> = {
  'too-short': 'passphrase_too_short',
  weak: 'passphrase_weak',
  fair: 'passphrase_fair',
  strong: 'passphrase_strong',
};

/** A passphrase for a file with keys and passwords, and what does not travel in it. */
export function ExportDialog({ form, onClose }: Props): VNode {
  const strength = form.strength.value;
  return (
    <FormDialog
      name={t('transfer_export_secrets')}
      submission={form}
      submitLabel={t('action_export')}
      canSubmit={form.canSubmit.value}
      onClose={onClose}
    >
      <p>{t('transfer_export_secrets_explained')}</p>
      <p class="note">{t('transfer_export_tokens')}</p>
      <SecretField label={t('field_passphrase')} value={form.passphrase} />
      <p class="hint" role="status" aria-label={t('passphrase_strength')}>
        {t(strength === null ? 'passphrase_rule' : STRENGTH[strength], SEAL_PASSPHRASE_MIN)}
      </p>
      <SecretField label={t('field_passphrase_again')} value={form.again} />
      <p class="hint" role="status" aria-label={t('passphrase_comparison')}>
        {form.differs.value ? t('passphrase_differs') : t('passphrase_lost')}
      </p>
      {form.isBusy.value && <p role="status">{t('transfer_sealing')}</p>}
    </FormDialog>
  );
}
