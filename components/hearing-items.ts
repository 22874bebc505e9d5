import { t } from '../lib/client/translate.ts';
import type { HearingChoice } from '../lib/domain/snooze.ts';
import type { MenuItem } from './Menu.tsx';

const LABELS = {
  hour: 'snooze_hour',
  tomorrow: 'snooze_tomorrow',
  week: 'snooze_week',
  'end-snooze': 'action_end_snooze',
  mute: 'action_mute',
  unmute: 'action_unmute',
} as const satisfies Record<HearingChoice, string>;

/** Mute and snooze in a menu: the same words wherever they stand. */
export function hearingItems(
  choices: readonly HearingChoice[],
  choose: (choice: HearingChoice) => void,
): readonly MenuItem[] {
  return choices.map((choice) => ({
    id: choice,
    isChange: true,
    label: t(LABELS[choice]),
    run: () => choose(choice),
  }));
}
