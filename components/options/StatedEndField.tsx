import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t } from '../../lib/client/translate.ts';
import { dayEndingAt, endOfDay } from '../../lib/domain/calendar-day.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { useChange } from '../use-change.ts';

interface Props {
  readonly model: OptionsModel;
  readonly connection: Connection;
}

/** The last day of a key, which no provider tells: Patchbay warns before it. */
export function StatedEndField({ model, connection }: Props): VNode {
  const { statedEndAt } = connection;
  return (
    <>
      <input
        {...useChange()}
        class="field"
        type="date"
        aria-label={t('field_stated_end')}
        value={statedEndAt === undefined ? '' : dayEndingAt(statedEndAt)}
        onChange={(event) => {
          const { value, validity } = event.currentTarget;
          // A day that is half typed in is no wish to forget the one before.
          if (!validity.badInput) void model.actions.setStatedEnd(connection, endOfDay(value));
        }}
      />
      <p class="hint">{t('stated_end_hint')}</p>
    </>
  );
}
