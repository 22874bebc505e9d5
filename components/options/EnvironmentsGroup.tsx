import type { VNode } from 'preact';
import { environmentName } from '../../lib/client/environments.ts';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t } from '../../lib/client/translate.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import { OptionIcon } from './OptionIcon.tsx';

/** The environments, those that come along and the person's own. */
export function EnvironmentsGroup({ model }: { readonly model: OptionsModel }): VNode {
  const { environmentDialogs, records } = model;
  return (
    <section class="settings-group" aria-label={t('settings_environments')}>
      <h2>{t('settings_environments')}</h2>
      <p class="hint">{t('settings_environments_hint')}</p>
      <ul class="environments" aria-label={t('settings_environments')}>
        {records.environments.value.map((environment) => {
          const name = environmentName(environment);
          return (
            <li key={environment.id} class="environment">
              <bdi class="one-line">{name}</bdi>
              {environment.name !== null && (
                <>
                  <ChangeButton
                    class="button button-icon"
                    aria-label={t('rename_named', name)}
                    onClick={() => environmentDialogs.rename(environment)}
                  >
                    <OptionIcon name="rename" />
                  </ChangeButton>
                  <ChangeButton
                    class="button button-icon"
                    aria-label={t('dialog_environment_remove', name)}
                    onClick={() => environmentDialogs.remove(environment)}
                  >
                    <OptionIcon name="delete" />
                  </ChangeButton>
                </>
              )}
            </li>
          );
        })}
      </ul>
      <div>
        <ChangeButton class="button" onClick={environmentDialogs.add}>
          {t('action_add_environment')}
        </ChangeButton>
      </div>
    </section>
  );
}
