import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { hashOf } from '../../lib/client/route.ts';
import { t, tell } from '../../lib/client/translate.ts';
import { ALL_ACTIVITY } from '../../lib/domain/activity.ts';
import { daysWords, dayWords } from '../../lib/domain/activity-words.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { countDays, dayOf, STRIP_DAYS } from '../../lib/domain/day-strip.ts';

interface Props {
  readonly model: OptionsModel;
  readonly connection: Connection;
}

/** The last 90 days of a connection, and the way to all that happened to it. */
export function DayStrip({ model, connection }: Props): VNode {
  const now = model.now.value;
  const days = model.activity.stripOf(connection, now);
  const first = dayOf(now) - STRIP_DAYS + 1;
  const text = daysWords(countDays(days)).map(tell).join(', ');
  const filter = { ...ALL_ACTIVITY, connectionId: connection.id };
  return (
    <figure class="day-strip">
      <div class="strip-days" role="img" aria-label={t('strip_named', text)}>
        {days.map((state, at) => (
          <span
            key={first + at}
            class={`strip-day strip-${state}`}
            title={tell(dayWords(state, first + at))}
          />
        ))}
      </div>
      <figcaption class="fact-line">
        {/* Said by the name of the picture already. */}
        <span class="hint" aria-hidden="true">
          {t('strip')}: {text}
        </span>
        <a href={hashOf({ kind: 'activity', filter })}>{t('activity_all_of')}</a>
      </figcaption>
    </figure>
  );
}
