import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { hashOf } from '../../lib/client/route.ts';
import { t, tell } from '../../lib/client/translate.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { flowsStoppedWords } from '../../lib/domain/words.ts';

interface Props {
  readonly model: OptionsModel;
  readonly connection: Connection;
}

/** How many flows a broken connection stops, and the way to them. */
export function StoppedFlows({ model, connection: { id, health } }: Props): VNode | null {
  const count = health.kind === 'reconnect' ? model.flows.countOf(id) : 0;
  if (count === 0) return null;
  const opened = { id, tab: 'flows', isReconnecting: false } as const;
  return (
    <p>
      {tell(flowsStoppedWords(count))}{' '}
      <a href={hashOf({ ...model.router.list.value, opened })}>{t('action_show')}</a>
    </p>
  );
}
