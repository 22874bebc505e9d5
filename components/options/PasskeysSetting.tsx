import type { VNode } from 'preact';
import type { PasskeyDialogs } from '../../lib/client/options-passkeys.ts';
import { t } from '../../lib/client/translate.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import { OptionIcon } from './OptionIcon.tsx';

/** The passkeys beside the passphrase. Those that there are can be removed wherever they were made. */
export function PasskeysSetting({ passkeys }: { readonly passkeys: PasskeyDialogs }): VNode {
  const all = passkeys.all.value;
  const canAdd = passkeys.work.value !== false;
  return (
    <div class="setting passkeys">
      <h3>{t('passkeys')}</h3>
      <p class="hint">{t(canAdd ? 'passkeys_hint' : 'passkeys_unsupported')}</p>
      {all.length > 0 && (
        <ul class="environments" aria-label={t('passkeys')}>
          {all.map((passkey) => (
            <li key={passkey.id} class="environment">
              <bdi class="one-line">{passkey.name}</bdi>
              <span class="hint">{t('passkey_added', { at: passkey.addedAt, as: 'day' })}</span>
              <ChangeButton
                class="button button-icon"
                aria-label={t('passkey_remove_named', passkey.name)}
                onClick={() => passkeys.remove(passkey)}
              >
                <OptionIcon name="delete" />
              </ChangeButton>
            </li>
          ))}
        </ul>
      )}
      {canAdd && (
        <ChangeButton class="button" onClick={passkeys.add}>
          {t('action_add_passkey')}
        </ChangeButton>
      )}
    </div>
  );
}
