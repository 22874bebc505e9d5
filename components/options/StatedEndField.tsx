import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import { lastDayProblem } from '../../lib/client/options-last-day.ts';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t } from '../../lib/client/translate.ts';
import { dayEndingAt } from '../../lib/domain/calendar-day.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { statedDays } from '../../lib/domain/stated-days.ts';
import { useChange } from '../use-change.ts';
import { fieldAttributes, FieldNotes } from './FieldNotes.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly connection: Connection;
}

/**
 * The last day of a key, which no provider tells: Patchbay warns before it. Saved when the field is
 * left or by Enter: while it is typed, a browser tells of another real day with each key.
 */
export function StatedEndField({ model, connection }: Props): VNode {
  const id = useId();
  const { lastDay } = model.inPlace;
  const now = model.now.value;
  const draft = lastDay.of(connection);
  const isTyping = useSignal(false);
  const kept = connection.statedEndAt === undefined ? '' : dayEndingAt(connection.statedEndAt);
  const { first, last } = statedDays(now);
  const notes = {
    hint: t('stated_end_hint'),
    problem: draft === undefined || isTyping.value ? undefined : lastDayProblem(draft, now),
    theirs: draft !== undefined && draft.movedBy(connection).size > 0 ? kept : undefined,
  };
  const save = (): void => {
    isTyping.value = false;
    void lastDay.save(connection);
  };
  return (
    <>
      <input
        {...fieldAttributes(id, notes)}
        {...useChange()}
        class="field"
        type="date"
        min={first}
        max={last}
        aria-label={t('field_stated_end')}
        value={draft?.lastDay.value ?? kept}
        onInput={(event) => {
          const { value, validity } = event.currentTarget;
          isTyping.value = true;
          lastDay.type(connection, (typed) => {
            typed.lastDay.value = value;
            typed.isDayUnfinished.value = validity.badInput;
          });
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') save();
        }}
        onBlur={save}
      />
      <FieldNotes id={id} notes={notes} />
    </>
  );
}
