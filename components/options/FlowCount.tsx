import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { hashOf } from '../../lib/client/route.ts';
import { plural } from '../../lib/client/translate.ts';
import type { Connection } from '../../lib/domain/connection.ts';

interface Props {
  readonly model: OptionsModel;
  readonly connection: Connection;
}

/** The cell that says how many flows use a connection, and leads to them; empty until they were read. */
export function FlowCount({ model, connection: { id, name } }: Props): VNode {
  const { flows, router } = model;
  const count = flows.countOf(id);
  const opened = { id, tab: 'flows', isReconnecting: false } as const;
  return (
    <td class="cell-flows">
      {count > 0 ? (
        <a
          href={hashOf({ ...router.list.value, opened })}
          aria-label={plural('flows_of', count, name)}
        >
          {count}
        </a>
      ) : (
        flows.all.value !== null && <span class="quiet">0</span>
      )}
    </td>
  );
}
