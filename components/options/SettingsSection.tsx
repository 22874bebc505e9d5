import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { plural, t } from '../../lib/client/translate.ts';
import { PERIOD_MINUTES_CHOICES } from '../../lib/domain/settings.ts';
import { EnvironmentSelect } from '../EnvironmentSelect.tsx';
import { useChange } from '../use-change.ts';
import { EnvironmentsGroup } from './EnvironmentsGroup.tsx';
import { NoticesGroup } from './NoticesGroup.tsx';
import { SignInGroup } from './SignInGroup.tsx';
import { TransferSettings } from './TransferSettings.tsx';
import { DeleteEverythingGroup, VaultGroup } from './VaultGroup.tsx';
import { ViewOnlyGroup } from './ViewOnlyGroup.tsx';

interface Props {
  readonly model: OptionsModel;
}

/** What the person chose for all connections, and where their secrets are. */
export function SettingsSection({ model }: Props): VNode {
  const { records, actions } = model;
  const settings = records.settings.value;
  const change = useChange();
  const periodId = useId();
  const environmentId = useId();
  return (
    <main class="page">
      <header class="page-header">
        <h1>{t('settings')}</h1>
      </header>
      <section class="settings-group" aria-label={t('settings_checking')}>
        <h2>{t('settings_checking')}</h2>
        <div class="setting">
          <label for={periodId}>{t('settings_period')}</label>
          <select
            {...change}
            id={periodId}
            class="field"
            value={String(settings.periodMinutes)}
            onChange={(event) =>
              void actions.saveSettings({ periodMinutes: Number(event.currentTarget.value) })
            }
          >
            {periods(settings.periodMinutes).map((minutes) => (
              <option key={minutes} value={String(minutes)}>
                {periodText(minutes)}
              </option>
            ))}
          </select>
          <p class="hint">{t('settings_period_hint')}</p>
        </div>
        <div class="setting">
          <label for={environmentId}>{t('environment')}</label>
          <EnvironmentSelect
            id={environmentId}
            environments={records.environments.value}
            value={settings.environmentId}
            onChange={(chosen) => void actions.saveSettings({ environmentId: chosen })}
          />
          <p class="hint">{t('settings_environment_hint')}</p>
        </div>
      </section>
      <NoticesGroup model={model} />
      <SignInGroup model={model} />
      <EnvironmentsGroup model={model} />
      <TransferSettings model={model} />
      <ViewOnlyGroup model={model} />
      <VaultGroup model={model} />
      <DeleteEverythingGroup model={model} />
    </main>
  );
}

/** The choices, and the one that was made elsewhere. */
function periods(chosen: number): readonly number[] {
  const choices: readonly number[] = PERIOD_MINUTES_CHOICES;
  return choices.includes(chosen) ? choices : [...choices, chosen].sort((a, b) => a - b);
}

function periodText(minutes: number): string {
  return minutes % 60 === 0 ? plural('hours', minutes / 60) : plural('minutes', minutes);
}
