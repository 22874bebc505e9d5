import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t } from '../../lib/client/translate.ts';
import { beginningOf } from '../../lib/domain/beginning.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { dependents } from '../../lib/domain/flow.ts';
import { MoreItem } from './MoreItem.tsx';

interface Props {
  readonly model: OptionsModel;
  /** What shall be deleted. */
  readonly connections: readonly Connection[];
}

/** How many names are listed before the rest is only counted. */
const NAMES_SHOWN = 8;

/** The flows that depend on what is about to be deleted, by name; nothing where there are none. */
export function FlowsThatStop({ model, connections }: Props): VNode | null {
  const all = model.flows.all.value;
  const stopped = useMemo(
    () => dependents(all ?? [], new Set(connections.map(({ id }) => id))),
    [all, connections],
  );
  if (stopped.length === 0) return null;
  const { shown, left } = beginningOf(stopped, NAMES_SHOWN);
  return (
    <div class="note flows-that-stop">
      <p>{t('delete_flows')}</p>
      <ul class="names" aria-label={t('delete_flows')}>
        {shown.map(({ id, name }) => (
          <li key={id}>
            <bdi>{name}</bdi>
          </li>
        ))}
        <MoreItem left={left} />
      </ul>
    </div>
  );
}
