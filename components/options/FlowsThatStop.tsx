import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { namesText } from '../../lib/client/names-text.ts';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t } from '../../lib/client/translate.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { dependents } from '../../lib/domain/flow.ts';
import { NameList } from './NameList.tsx';

interface Props {
  readonly model: OptionsModel;
  /** What shall be deleted. */
  readonly connections: readonly Connection[];
}

/**
 * The flows that depend on what is about to be deleted, by name, and what each of them loses; nothing
 * where there are none. That they are not known yet, or cannot be, is said.
 */
export function FlowsThatStop({ model, connections }: Props): VNode | null {
  const { all, trouble } = model.flows;
  const flows = all.value;
  const names = useMemo(
    () => new Map(connections.map(({ id, name }) => [id, name])),
    [connections],
  );
  const stopped = useMemo(() => dependents(flows ?? [], new Set(names.keys())), [flows, names]);
  if (trouble.value !== null) return <p class="note note-bad">{t('delete_flows_unreadable')}</p>;
  if (flows === null) return <p role="status">{t('delete_flows_reading')}</p>;
  if (stopped.length === 0) return null;
  return (
    <div class="note flows-that-stop">
      <p>{t('delete_flows')}</p>
      <NameList all={stopped} label={t('delete_flows')}>
        {({ name, connectionIds }) => (
          <>
            <bdi>{name}</bdi>
            {names.size > 1 && (
              <span class="quiet">
                {' · '}
                {t(
                  'delete_flow_loses',
                  namesText(connectionIds.flatMap((id) => names.get(id) ?? [])),
                )}
              </span>
            )}
          </>
        )}
      </NameList>
    </div>
  );
}
