import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t } from '../../lib/client/translate.ts';
import { clockText, minutesOf, type QuietHours } from '../../lib/domain/quiet-hours.ts';
import { useChange } from '../use-change.ts';

interface Props {
  readonly model: OptionsModel;
}

/** What a person is notified of, and when not. */
export function NoticesGroup({ model }: Props): VNode {
  const { actions, records } = model;
  const { endNotices, notifications } = records.settings.value;
  return (
    <section class="settings-group" aria-label={t('settings_notices')}>
      <h2>{t('settings_notices')}</h2>
      <Choice
        name={t('settings_notifications')}
        hint={t('settings_notifications_hint')}
        isOn={notifications}
        onChange={(isOn) => void actions.saveSettings({ notifications: isOn })}
      />
      <Choice
        name={t('settings_end_notices')}
        hint={t('settings_end_notices_hint')}
        isOn={endNotices}
        onChange={(isOn) => void actions.saveSettings({ endNotices: isOn })}
      />
      <Quiet model={model} />
    </section>
  );
}

function Quiet({ model }: Props): VNode {
  const hours = model.records.settings.value.quietHours;
  // What was changed alone: the rest may have been changed since it was read.
  const save = (quietHours: Partial<QuietHours>): void =>
    void model.actions.saveSettings({ quietHours });
  return (
    <>
      <Choice
        name={t('settings_quiet')}
        hint={t('settings_quiet_hint')}
        isOn={hours.isOn}
        onChange={(isOn) => save({ isOn })}
      />
      {hours.isOn && (
        <div class="setting">
          <div class="quiet-hours" role="group" aria-label={t('settings_quiet')}>
            <Time
              name={t('settings_quiet_from')}
              minutes={hours.from}
              onChange={(from) => save({ from })}
            />
            <Time
              name={t('settings_quiet_to')}
              minutes={hours.to}
              onChange={(to) => save({ to })}
            />
          </div>
          {hours.from === hours.to && <p class="hint">{t('settings_quiet_same')}</p>}
        </div>
      )}
    </>
  );
}

interface TimeProps {
  readonly name: string;
  readonly minutes: number;
  readonly onChange: (minutes: number) => void;
}

function Time({ name, minutes, onChange }: TimeProps): VNode {
  const change = useChange();
  const id = useId();
  return (
    <>
      <label for={id}>{name}</label>
      <input
        {...change}
        id={id}
        class="field"
        type="time"
        required
        value={clockText(minutes)}
        onChange={(event) => {
          const typed = minutesOf(event.currentTarget.value);
          // Half of a time is none: what was kept stays, and is shown again.
          if (typed === null) event.currentTarget.value = clockText(minutes);
          else if (typed !== minutes) onChange(typed);
        }}
      />
    </>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly hint: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

function Choice({ name, hint, isOn, onChange }: ChoiceProps): VNode {
  const change = useChange();
  return (
    <div class="setting">
      <label class="choice">
        <input
          {...change}
          type="checkbox"
          checked={isOn}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        {name}
      </label>
      <p class="hint">{hint}</p>
    </div>
  );
}
