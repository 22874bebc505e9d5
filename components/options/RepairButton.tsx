import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { plural } from '../../lib/client/translate.ts';

/** Over the list: the way to the queue that reconnects one after the other. */
export function RepairButton({ model }: { readonly model: OptionsModel }): VNode | null {
  const { list, repair } = model;
  const broken = list.counts.value.reconnect;
  if (broken < 2) return null;
  const { environmentId } = list.query.value;
  return (
    <button type="button" class="button" onClick={() => repair.open(environmentId)}>
      {plural('action_reconnect_all', broken)}
    </button>
  );
}
