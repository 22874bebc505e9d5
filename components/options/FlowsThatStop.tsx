import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { plural, t } from '../../lib/client/translate.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { dependents } from '../../lib/domain/flow.ts';

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
  const rest = stopped.length - NAMES_SHOWN;
  return (
    <div class="note flows-that-stop">
      <p>{t('delete_flows')}</p>
      <ul class="names" aria-label={t('delete_flows')}>
        {stopped.slice(0, NAMES_SHOWN).map(({ id, name }) => (
          <li key={id}>
            <bdi>{name}</bdi>
          </li>
        ))}
        {rest > 0 && <li class="quiet">{plural('notice_more', rest)}</li>}
      </ul>
    </div>
  );
}
