import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t, tell } from '../../lib/client/translate.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { quietnessWords } from '../../lib/domain/notice-words.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import type { MenuItem } from '../Menu.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly connection: Connection;
}

/** Whether the person hears of a connection, and how to change that. */
export function HearingFact({ model, connection }: Props): VNode {
  const words = quietnessWords(connection, model.now.value);
  return (
    <>
      <span>{words === null ? t('hearing_on') : tell(words)}</span>
      <div class="choices">
        {hearingItems(model, connection).map(({ id, label, run }) => (
          <ChangeButton key={id} class="button" onClick={run}>
            {label}
          </ChangeButton>
        ))}
      </div>
    </>
  );
}

/** What can be done about it, for a menu too. There is nothing to snooze in what asks for nothing. */
export function hearingItems(
  { actions }: OptionsModel,
  connection: Connection,
): readonly MenuItem[] {
  const { health, isMuted = false, snoozedUntil } = connection;
  const mute: MenuItem = {
    id: 'mute',
    isChange: true,
    label: t(isMuted ? 'action_unmute' : 'action_mute'),
    run: () => void actions.mute(connection, !isMuted),
  };
  if (snoozedUntil !== undefined)
    return [
      {
        id: 'end-snooze',
        isChange: true,
        label: t('action_end_snooze'),
        run: () => void actions.snooze(connection, null),
      },
      mute,
    ];
  if (health.kind !== 'reconnect' && health.kind !== 'expiring') return [mute];
  const snoozes = (['hour', 'tomorrow', 'week'] as const).map((choice) => ({
    id: `snooze-${choice}`,
    isChange: true,
    label: t(`snooze_${choice}`),
    run: () => void actions.snooze(connection, choice),
  }));
  return [...snoozes, mute];
}
