import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { wordOf, type VaultDialog as Model } from '../../lib/client/options-vault.ts';
import { t } from '../../lib/client/translate.ts';
import {
  SEAL_PASSPHRASE_MIN,
  type PassphraseStrength,
} from '../../lib/domain/transfer/passphrase-strength.ts';
import type { MessageKey } from '../../lib/domain/words.ts';
import { FormDialog } from './FormDialog.tsx';
import { GrantsEndFields } from './GrantsEndFields.tsx';
import { SecretField } from './SecretField.tsx';
import { TextField } from './TextField.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly dialog: Model;
}

interface Texts {
  readonly name: MessageKey;
  readonly explained: readonly MessageKey[];
  readonly action: MessageKey;
}

const TEXTS: Record<Model['kind'], Texts> = {
  protect: {
    name: 'action_set_passphrase',
    explained: ['vault_protect_explained', 'vault_protect_paused', 'vault_passphrase_lost'],
    action: 'action_set_passphrase',
  },
  change: {
    name: 'action_change_passphrase',
    explained: ['vault_passphrase_lost', 'vault_change_passkeys'],
    action: 'action_change_passphrase',
  },
  unprotect: {
    name: 'action_remove_passphrase',
    explained: ['vault_unprotect_explained'],
    action: 'action_remove_passphrase',
  },
  forget: {
    name: 'action_forget_secrets',
    explained: ['forget_secrets_explained'],
    action: 'action_forget_secrets',
  },
  'delete-everything': {
    name: 'delete_everything',
    explained: ['delete_everything_explained'],
    action: 'delete_everything',
  },
};

const STRENGTH: Record<PassphraseStrength, MessageKey> = {
  'too-short': 'passphrase_too_short',
  weak: 'passphrase_weak',
  fair: 'passphrase_fair',
  strong: 'passphrase_strong',
};

/** One step about the vault's passphrase, or about deleting what it holds. */
export function VaultDialog({ model, dialog }: Props): VNode {
  const { close } = model.vault;
  const { kind, isBusy, canSubmit } = dialog;
  const texts = TEXTS[kind];
  const isTold = dialog.grants?.isTold.value === true;
  const isWayOut = kind === 'forget' && dialog.isConfirmed;
  return (
    <FormDialog
      name={t(texts.name)}
      submission={dialog}
      submitLabel={t(isTold ? 'delete_everything_anyway' : texts.action)}
      canSubmit={canSubmit.value}
      isDanger={kind === 'forget' || kind === 'delete-everything'}
      isChange={!isWayOut}
      onClose={close}
      status={<span role="status">{isBusy.value && t('vault_working')}</span>}
    >
      {texts.explained.map((key) => (
        <p key={key}>{t(key)}</p>
      ))}
      {isWayOut && <p>{t('forget_secrets_view_only')}</p>}
      {dialog.grants !== null && (
        <GrantsEndFields grants={dialog.grants} onAgain={() => void dialog.submit()} />
      )}
      <Fields dialog={dialog} />
    </FormDialog>
  );
}

function Fields({ dialog }: Pick<Props, 'dialog'>): VNode | null {
  const { kind, current, passphrase, again, strength, confirmation } = dialog;
  switch (kind) {
    case 'forget':
    case 'delete-everything':
      return dialog.isConfirmed ? (
        <TextField label={t('delete_everything_type', t(wordOf(kind)))} value={confirmation} />
      ) : null;
    case 'unprotect':
      return <SecretField label={t('field_passphrase_current')} value={current} />;
    case 'protect':
    case 'change': {
      const differs = again.value !== '' && again.value !== passphrase.value;
      return (
        <>
          {kind === 'change' && (
            <SecretField label={t('field_passphrase_current')} value={current} />
          )}
          <SecretField label={t('field_passphrase_new')} value={passphrase} />
          <p class="hint" role="status" aria-label={t('passphrase_strength')}>
            {t(
              strength.value === null ? 'passphrase_rule' : STRENGTH[strength.value],
              SEAL_PASSPHRASE_MIN,
            )}
          </p>
          <SecretField label={t('field_passphrase_again')} value={again} />
          <p class="hint" role="status" aria-label={t('passphrase_comparison')}>
            {differs && t('passphrase_differs')}
          </p>
        </>
      );
    }
  }
}
