import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t } from '../../lib/client/translate.ts';
import { useChange } from '../use-change.ts';

interface Props {
  readonly model: OptionsModel;
}

/** Where people sign in: in the browser's own window, or in a tab. */
export function SignInGroup({ model: { actions, records } }: Props): VNode {
  const change = useChange();
  const hintId = useId();
  return (
    <section class="settings-group" aria-label={t('settings_signing_in')}>
      <h2>{t('settings_signing_in')}</h2>
      <div class="setting">
        <label class="choice">
          <input
            {...change}
            type="checkbox"
            aria-describedby={hintId}
            checked={records.settings.value.signsInInTab}
            onChange={(event) =>
              void actions.saveSettings({ signsInInTab: event.currentTarget.checked })
            }
          />
          {t('settings_sign_in_tab')}
        </label>
        <p id={hintId} class="hint">
          {t('settings_sign_in_tab_hint')}
        </p>
      </div>
    </section>
  );
}
