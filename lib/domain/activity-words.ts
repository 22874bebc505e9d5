/** What a line of the activity says, and what a strip of days does. */
import type { Activity } from './activity.ts';
import { DAY_STATES, noonOf, type DayState } from './day-strip.ts';
import { doubtWords, rejectionWords, type Words } from './words.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** What happened, and how or why; each a part of its own. */
export function activityWords({ happening, at }: Activity): readonly Words[] {
  switch (happening.kind) {
    case 'broke':
      return [{ key: 'activity_broke' }, rejectionWords(happening.reason, at)];
    case 'mended': {
      const how = happening.how.replaceAll('-', '_') as
        | 'reconnected'
        | 'session'
        | 'key_replaced'
        | 'by_itself';
      return [{ key: 'activity_mended' }, { key: `activity_mended_${how}` }];
    }
    case 'doubted':
      return [{ key: 'activity_doubted' }, doubtWords(happening.doubt)];
    case 'ends-soon':
      return [
        { key: 'activity_ends_soon' },
        { key: 'activity_ends_on', args: [{ at: happening.endsAt, as: 'day' }] },
      ];
    case 'renamed':
      return [{ key: 'activity_renamed', args: [happening.from] }];
    case 'edited':
      return [
        { key: 'activity_edited' },
        ...happening.fields.map((field) => ({
          key: `activity_field_${field === 'stated-end' ? 'stated_end' : field}` as const,
        })),
      ];
    case 'snoozed': {
      const as = happening.until - at < DAY_MS ? 'time' : 'day';
      return [{ key: 'activity_snoozed', args: [{ at: happening.until, as }] }];
    }
    case 'notified':
      return [{ key: `activity_notified_${happening.about}` }];
    case 'snooze-ended':
      return [{ key: 'activity_snooze_ended' }];
    default:
      return [{ key: `activity_${happening.kind}` }];
  }
}

/** One day of a strip. @param day as `dayOf` numbers it */
export function dayWords(state: DayState, day: number): Words {
  return { key: `strip_day_${state}`, args: [{ at: noonOf(day), as: 'day' }] };
}

/** How many days there are of each state, the good first, those that there are none of left out. */
export function daysWords(counts: Readonly<Record<DayState, number>>): readonly Words[] {
  const order = [...DAY_STATES.slice(1), 'unwatched'] as const;
  return order
    .filter((state) => counts[state] > 0)
    .map((state) => ({ key: `strip_${state}`, args: [counts[state]] }));
}
