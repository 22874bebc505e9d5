import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t } from '../../lib/client/translate.ts';

interface Props {
  readonly model: OptionsModel;
  /** `null`: of all. */
  readonly connectionId: string | null;
  /** What the way back to all is called. */
  readonly all: string;
  readonly onShowAll: () => void;
}

/** Of which connection alone something is shown, and the way back to all. */
export function OnlyOf({ model, connectionId, all, onShowAll }: Props): VNode | null {
  const { records } = model;
  // Until they were read, none is known to be gone.
  if (connectionId === null || records.connections.value === null) return null;
  const connection = records.find(connectionId);
  return (
    <p class="only-of">
      <span dir="auto">
        {connection === undefined ? t('only_of_gone') : t('only_of', connection.name)}
      </span>
      <button type="button" class="button" onClick={onShowAll}>
        {all}
      </button>
    </p>
  );
}
