import { statedDayProblem } from '../domain/stated-days.ts';
import type { EditDraft } from './options-edit-draft.ts';
import { t } from './translate.ts';

type Typed = Pick<EditDraft, 'lastDay' | 'isDayUnfinished' | 'changes'>;

/**
 * What is wrong with the last day of a key as it was typed, in words; `undefined` when nothing is.
 * @param now epoch ms
 */
export function lastDayProblem(draft: Typed, now: number): string | undefined {
  // One that stands there already is nobody's mistake.
  if (!('statedEndAt' in draft.changes())) return undefined;
  const typed = { day: draft.lastDay.value, isUnfinished: draft.isDayUnfinished.value };
  switch (statedDayProblem(typed, now)) {
    case 'unfinished':
      return t('edit_day_unfinished');
    case 'out-of-range':
      return t('edit_day_out_of_range');
    case null:
      return undefined;
  }
}
