import type { VNode } from 'preact';
import { environmentName } from '../../lib/client/environments.ts';
import { absoluteText } from '../../lib/client/moments.ts';
import type { ActivityDay } from '../../lib/client/options-activity.ts';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { hashOf } from '../../lib/client/route.ts';
import { plural, t, tell } from '../../lib/client/translate.ts';
import type { Activity, HappeningKind } from '../../lib/domain/activity.ts';
import { activityWords } from '../../lib/domain/activity-words.ts';
import { dayOf, noonOf } from '../../lib/domain/day-strip.ts';
import type { HealthKind } from '../../lib/domain/health.ts';
import { HealthMark } from '../HealthMark.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly day: ActivityDay;
}

/** What happened on one day. */
export function ActivityDayList({ model, day: { day, lines } }: Props): VNode {
  const name = dayName(day, model.now.value);
  return (
    <section class="activity-day" aria-label={name}>
      <h2>{name}</h2>
      <ol>
        {lines.map((line) => (
          <Line key={line.id} model={model} line={line} />
        ))}
      </ol>
    </section>
  );
}

function dayName(day: number, now: number): string {
  const ago = dayOf(now) - day;
  if (ago === 0) return t('activity_today');
  return ago === 1 ? t('activity_yesterday') : t('activity_moment', { at: noonOf(day), as: 'day' });
}

function Line({ model, line }: { readonly model: OptionsModel; readonly line: Activity }): VNode {
  const { at, count, environmentId, happening, providerName } = line;
  const environment = model.records.environments.value.find(({ id }) => id === environmentId);
  const [what, ...rest] = activityWords(line).map(tell);
  const mark = MARKS[happening.kind];
  return (
    <li class="activity-line">
      <time
        class="activity-time quiet"
        dateTime={new Date(at).toISOString()}
        title={absoluteText(at)}
      >
        {t('activity_moment', { at, as: 'time' })}
      </time>
      <span class="activity-mark">{mark !== undefined && <HealthMark kind={mark} />}</span>
      <div class="activity-text">
        <p>
          <Name model={model} line={line} />
          {count > 1 && ` ${plural('notice_more', count - 1)}`}
        </p>
        <p>
          <strong dir="auto">{what}</strong>
          {rest.length > 0 && <span> · {rest.join(', ')}</span>}
        </p>
        <p class="quiet">
          <bdi>{providerName}</bdi>
          {' · '}
          <bdi>{environment === undefined ? environmentId : environmentName(environment)}</bdi>
        </p>
      </div>
    </li>
  );
}

/** As it was called then; it leads to where it is now. */
function Name({ model, line }: { readonly model: OptionsModel; readonly line: Activity }): VNode {
  const [id] = line.connectionIds;
  const isThere = id !== undefined && line.count === 1 && model.records.find(id) !== undefined;
  if (!isThere) return <bdi>{line.name}</bdi>;
  const opened = { id, tab: 'overview', isReconnecting: false } as const;
  return (
    <a href={hashOf({ ...model.router.list.value, opened })}>
      <bdi>{line.name}</bdi>
    </a>
  );
}

/** What the connection came to by it; its words stand beside the mark. */
const MARKS: Partial<Record<HappeningKind, HealthKind>> = {
  broke: 'reconnect',
  mended: 'active',
  verified: 'active',
  connected: 'active',
  reauthorized: 'active',
  doubted: 'unverified',
  imported: 'unverified',
  copied: 'unauthorized',
  'ends-soon': 'expiring',
};
