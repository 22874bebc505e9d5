import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t, tell } from '../../lib/client/translate.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { quietnessWords } from '../../lib/domain/notice-words.ts';
import { hearingChoices } from '../../lib/domain/snooze.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import { hearingItems } from '../hearing-items.ts';

interface Props {
  readonly model: OptionsModel;
  readonly connection: Connection;
}

/** Whether the person hears of a connection, and how to change that. */
export function HearingFact({ model, connection }: Props): VNode {
  const words = quietnessWords(connection, model.now.value);
  const items = hearingItems(hearingChoices(connection), (choice) =>
    model.actions.hear(connection, choice),
  );
  return (
    <>
      <span>{words === null ? t('hearing_on') : tell(words)}</span>
      <div class="choices">
        {items.map(({ id, label, run }) => (
          <ChangeButton key={id} class="button" onClick={run}>
            {label}
          </ChangeButton>
        ))}
      </div>
    </>
  );
}
