import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { plural, t } from '../../lib/client/translate.ts';
import { AUTO_LOCK_CHOICES } from '../../lib/domain/vault-lock.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import { useChange } from '../use-change.ts';
import { PasskeysSetting } from './PasskeysSetting.tsx';

interface Props {
  readonly model: OptionsModel;
}

/** Where secrets are, what protects them, and the passphrase that does. */
export function VaultGroup({ model }: Props): VNode {
  const { vault, records } = model;
  const lock = records.vaultLock.value;
  return (
    <section class="settings-group" aria-label={t('settings_secrets')}>
      <h2>{t('settings_secrets')}</h2>
      <p>{t('settings_secrets_where')}</p>
      <p>{t('settings_secrets_against')}</p>
      <p>
        {lock.kind === 'none'
          ? t('settings_secrets_not')
          : lock.kind === 'locked'
            ? t('settings_secrets_locked')
            : t('settings_secrets_unlocked')}
      </p>
      {lock.kind === 'none' && (
        <div class="provider-actions">
          <ChangeButton class="button" onClick={() => vault.show('protect')}>
            {t('action_set_passphrase')}
          </ChangeButton>
        </div>
      )}
      {lock.kind === 'unlocked' && <Unlocked model={model} minutes={lock.autoLockMinutes} />}
      {lock.kind === 'locked' && (
        <div class="setting">
          <div class="provider-actions">
            <ForgetSecrets model={model} />
          </div>
          <p class="hint">{t('forget_secrets_hint')}</p>
        </div>
      )}
    </section>
  );
}

function Unlocked({ model, minutes }: Props & { readonly minutes: number | null }): VNode {
  const { vault } = model;
  const id = useId();
  const change = useChange();
  return (
    <>
      <div class="provider-actions">
        <button type="button" class="button" onClick={() => void vault.lock()}>
          {t('action_lock_now')}
        </button>
        <ChangeButton class="button" onClick={() => vault.show('change')}>
          {t('action_change_passphrase')}
        </ChangeButton>
        <ChangeButton class="button" onClick={() => vault.show('unprotect')}>
          {t('action_remove_passphrase')}
        </ChangeButton>
      </div>
      <div class="setting">
        <label for={id}>{t('auto_lock')}</label>
        <select
          {...change}
          id={id}
          class="field"
          value={minutes === null ? '' : String(minutes)}
          onChange={(event) => {
            const { value } = event.currentTarget;
            void vault.setAutoLock(value === '' ? null : Number(value));
          }}
        >
          <option value="">{t('auto_lock_never')}</option>
          {AUTO_LOCK_CHOICES.map((choice) => (
            <option key={choice} value={String(choice)}>
              {choice % 60 === 0 ? plural('hours', choice / 60) : plural('minutes', choice)}
            </option>
          ))}
        </select>
        <p class="hint">{t('auto_lock_hint')}</p>
      </div>
      <PasskeysSetting passkeys={vault.passkeys} />
    </>
  );
}

/** The way out where a passphrase is forgotten: the vault's, or the one of view only. */
export function ForgetSecrets({ model: { records, vault } }: Props): VNode {
  return (
    <ChangeButton
      class="button"
      isChange={records.viewOnly.value.kind !== 'passphrase'}
      onClick={() => vault.show('forget')}
    >
      {t('action_forget_secrets')}
    </ChangeButton>
  );
}

/** The end of everything that is kept here. */
export function DeleteEverythingGroup({ model }: Props): VNode {
  return (
    <section class="settings-group" aria-label={t('delete_everything')}>
      <h2>{t('delete_everything')}</h2>
      <p>{t('delete_everything_explained')}</p>
      <div class="provider-actions">
        <ChangeButton class="button" onClick={() => model.vault.show('delete-everything')}>
          {t('delete_everything')}
        </ChangeButton>
      </div>
    </section>
  );
}
