import type { VNode } from 'preact';
import type { FlowUse } from '../../lib/client/options-flows.ts';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { hashOf } from '../../lib/client/route.ts';
import { plural, t, tell } from '../../lib/client/translate.ts';
import { beginningOf } from '../../lib/domain/beginning.ts';
import { healthKindWords } from '../../lib/domain/words.ts';
import { HealthMark } from '../HealthMark.tsx';
import { Marked } from '../Marked.tsx';
import { MoreItem } from './MoreItem.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly use: FlowUse;
}

/** How many connections are listed, the most urgent first, before the rest is only counted. */
const SHOWN_MAX = 6;

/** The connections of a flow with their health; each leads to its details. */
export function FlowConnections({ model, use: { connections, going } }: Props): VNode | null {
  const { flows, router } = model;
  const { shown, left } = beginningOf(connections, SHOWN_MAX);
  if (connections.length + going === 0) return null;
  return (
    <ul class="flow-connections">
      {shown.map(({ id, name, health: { kind } }) => {
        const opened = { id, tab: 'flows', isReconnecting: false } as const;
        return (
          <li key={id} class="flow-connection">
            <HealthMark kind={kind} />
            <a class="one-line" href={hashOf({ ...router.list.value, opened })} title={name}>
              <bdi>
                <Marked text={name} search={flows.search.value} />
              </bdi>
            </a>
            <span class={kind === 'active' ? 'hidden-visually' : 'quiet'}>
              {tell(healthKindWords(kind))}
            </span>
          </li>
        );
      })}
      <MoreItem left={left} />
      {going > 0 && <li class="quiet">{plural('flow_going', going)}</li>}
    </ul>
  );
}

/** Whether a flow can run, as far as its connections tell. */
export function FlowStateText({ use: { state } }: Pick<Props, 'use'>): VNode {
  return (
    <span class={`flow-state flow-state-${state}`}>
      {state !== 'unused' && <HealthMark kind={state === 'stopped' ? 'reconnect' : 'active'} />}
      {t(`flow_state_${state}`)}
    </span>
  );
}
